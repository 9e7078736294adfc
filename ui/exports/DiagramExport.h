#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/OpenNodes.h"
#include "ui/exports/Figure.h"
#include "ui/painting/Theme.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <stop_token>

namespace resnet::ui {

enum class ExportFormat { Svg, Pdf, Png, Dot, Tikz, Mermaid };
enum class ExportPage { Tight, A4, Widescreen };

// "svg", "pdf", "png", "dot", "tex", "mmd": names of formats and extensions of their files.
QString extensionOf(ExportFormat format);
inline constexpr ExportFormat allExportFormats[] = {ExportFormat::Svg,  ExportFormat::Pdf,
                                                    ExportFormat::Png,  ExportFormat::Dot,
                                                    ExportFormat::Tikz, ExportFormat::Mermaid};
// The format of a file by its extension, or the one asked for. Throws Error if the name has no known
// extension and no format is given, or if the two disagree.
ExportFormat exportFormatOf(const QString& path, const QString& format = {});

// What of the network goes into a file, and how.
struct DiagramExportOptions {
    enum class Subject { Network, Stage, Unit, UnitKindsFigure };
    Subject subject = Subject::Network;
    OpenNodes open;  // of Network and Stage
    int stage = 0;   // from 0; of Stage and Unit
    int unit = 0;    // of Unit
    ExportPage page = ExportPage::Tight;
    Theme::Kind theme = Theme::Kind::Light;
    bool isTransparent = false;
    bool textAsPaths = false;
    bool isTikzFragment = false;  // a picture for a LaTeX document, not one of its own
    double scale = 1.0;
    int width = 0;  // pixels; 0: as `scale` says

    // How many pixels one of the figure's units becomes.
    double scaleOf(const Figure& figure) const { return width > 0 ? width / figure.size.width() : scale; }
    // What can be asked for: a scale of 0.05 to 64, a width of 0 or 16 to 16,000. Throws Error.
    void validate() const;
};

// The drawing with its legend below, in the size of its page. Throws Error if there is nothing to draw.
Figure diagramFigure(const Graph& graph, const DiagramContent& content, const DiagramExportOptions& options);

// Throws Error if the format has no room for a figure at this scale.
void checkExportedSize(const Figure& figure, ExportFormat format, double scale);

// A whole file: the same for the same input.
struct ExportedDiagram {
    QByteArray bytes;
    // A line each of what its readers may not take, or what cannot be read on its page.
    QStringList notes;
};
// Throws Error, also for what no reader of the format takes, and when stopped.
ExportedDiagram exportedDiagram(const Graph& graph, const DiagramContent& content, ExportFormat format,
                                const DiagramExportOptions& options, const std::stop_token& stop = {});

// The same into a file, whole or not at all; returns the notes.
QStringList exportDiagram(const QString& path, const Graph& graph, const DiagramContent& content,
                          ExportFormat format, const DiagramExportOptions& options,
                          const std::stop_token& stop = {});

}  // namespace resnet::ui

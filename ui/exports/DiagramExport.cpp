#include "ui/exports/DiagramExport.h"

#include "core/Error.h"
#include "ui/exports/DiagramSheet.h"
#include "ui/exports/DotWriter.h"
#include "ui/exports/MermaidWriter.h"
#include "ui/exports/PdfWriter.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/TikzWriter.h"
#include "ui/exports/WholeFile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace resnet::ui {

namespace {

constexpr double readableText = 6.0;  // points

struct Notes {
    Q_DECLARE_TR_FUNCTIONS(DiagramExport)
};

// Of drawings on a page whose size is fixed.
QStringList notesOfPage(const DiagramSheet& sheet, double scale) {
    const double text = sheet.smallestText() * scale;
    if (text >= readableText - 0.05)
        return {};
    constexpr double millimetresPerPixel = 25.4 / 96.0;
    const double wanted = std::ceil(scale * readableText / text * 20.0) / 20.0;
    const QSizeF size = sheet.size * wanted * millimetresPerPixel;
    return {Notes::tr("The smallest text is %1 points high on this page; at scale %2 (%3 × %4 mm) it is %5")
                .arg(text, 0, 'f', 1)
                .arg(wanted)
                .arg(std::lround(size.width()))
                .arg(std::lround(size.height()))
                .arg(readableText)};
}

QStringList notesOfMermaid(const QByteArray& flowchart) {
    QStringList notes;
    const auto letters = QString::fromUtf8(flowchart).size();
    if (letters > mostMermaidLetters)
        notes << Notes::tr(
                     "The flowchart has %1 letters: Mermaid takes %2, unless its maxTextSize is set higher")
                     .arg(letters)
                     .arg(mostMermaidLetters);
    if (const int edges = mermaidEdges(flowchart); edges > mostMermaidEdges)
        notes << Notes::tr("The flowchart has %1 edges: Mermaid takes %2, unless its maxEdges is set higher")
                     .arg(edges)
                     .arg(mostMermaidEdges);
    return notes;
}

QStringList notesOfTikz(const QByteArray& picture) {
    const int strokes = tikzStrokes(picture);
    if (strokes <= mostTikzStrokes)
        return {};
    return {
        Notes::tr(
            "The picture has %1 strokes: beyond %2 pdflatex and xelatex may run out of memory, lualatex does not")
            .arg(strokes)
            .arg(mostTikzStrokes)};
}

}  // namespace

QString extensionOf(ExportFormat format) {
    switch (format) {
        case ExportFormat::Svg:
            return QStringLiteral("svg");
        case ExportFormat::Pdf:
            return QStringLiteral("pdf");
        case ExportFormat::Png:
            return QStringLiteral("png");
        case ExportFormat::Dot:
            return QStringLiteral("dot");
        case ExportFormat::Tikz:
            return QStringLiteral("tex");
        case ExportFormat::Mermaid:
            return QStringLiteral("mmd");
    }
    return {};
}

ExportFormat exportFormatOf(const QString& path, const QString& format) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    std::optional<ExportFormat> bySuffix;
    std::optional<ExportFormat> byName;
    for (const ExportFormat each : allExportFormats) {
        if (suffix == extensionOf(each))
            bySuffix = each;
        if (format == extensionOf(each))
            byName = each;
    }
    if (!format.isEmpty() && !byName)
        throw Error("unknown format \"" + format.toStdString() +
                    "\": expected svg, pdf, png, dot, tex or mmd");
    if (byName && bySuffix && *byName != *bySuffix)
        throw Error(path.toStdString() + ": the name says ." + suffix.toStdString() + ", the format " +
                    format.toStdString());
    if (!byName && !bySuffix)
        throw Error(path.toStdString() +
                    ": no format for this name: expected .svg, .pdf, .png, .dot, .tex or .mmd");
    return byName ? *byName : *bySuffix;
}

void DiagramExportOptions::validate() const {
    const auto text = [](double value) { return QByteArray::number(value, 'g', 6).toStdString(); };
    if (!(scale >= 0.05 && scale <= 64.0))
        throw Error("scale " + text(scale) + " is out of range: expected 0.05 to 64");
    if (width != 0 && (width < 16 || width > widestPng))
        throw Error("width " + std::to_string(width) + " is out of range: expected 16 to " +
                    std::to_string(widestPng));
}

Figure diagramFigure(const Graph& graph, const DiagramContent& content, const DiagramExportOptions& options) {
    return figureOf(sheetOf(graph, content, options), content, options);
}

void checkExportedSize(const Figure& figure, ExportFormat format, double scale) {
    switch (format) {
        case ExportFormat::Png:
            pixelSizeOf(figure, scale);
            break;
        case ExportFormat::Pdf:
            checkPdfSize(figure.size, scale);
            break;
        case ExportFormat::Tikz:
            checkTikzSize(figure.size, scale);
            break;
        case ExportFormat::Svg:
        case ExportFormat::Dot:
        case ExportFormat::Mermaid:
            break;
    }
}

ExportedDiagram exportedDiagram(const Graph& graph, const DiagramContent& content, ExportFormat format,
                                const DiagramExportOptions& options, const std::stop_token& stop) {
    options.validate();
    const DiagramSheet sheet = sheetOf(graph, content, options);
    const Theme& theme = Theme::of(options.theme);
    const Figure figure = figureOf(sheet, content, options);
    const double scale = options.scaleOf(figure);
    ExportedDiagram exported;
    switch (format) {
        case ExportFormat::Svg:
            exported.bytes = svgOf(figure, scale);
            break;
        case ExportFormat::Pdf:
            exported.bytes = pdfOf(figure, scale);
            break;
        case ExportFormat::Png:
            exported.bytes = pngOf(figure, scale, stop);
            break;
        case ExportFormat::Dot:
            exported.bytes =
                dotOf(graph, sheet.layout, content.edits, sheet.title, theme, options.isTransparent);
            return exported;
        case ExportFormat::Tikz:
            exported.bytes =
                tikzOf(sheet, content, {theme, options.isTransparent, options.isTikzFragment, scale});
            exported.notes = notesOfTikz(exported.bytes);
            break;
        case ExportFormat::Mermaid:
            exported.bytes = mermaidOf(graph, sheet.layout, content.edits, sheet.title, theme);
            exported.notes = notesOfMermaid(exported.bytes);
            return exported;
    }
    if (options.page != ExportPage::Tight)
        exported.notes += notesOfPage(sheet, scale);
    return exported;
}

QStringList exportDiagram(const QString& path, const Graph& graph, const DiagramContent& content,
                          ExportFormat format, const DiagramExportOptions& options,
                          const std::stop_token& stop) {
    ExportedDiagram exported = exportedDiagram(graph, content, format, options, stop);
    writeWholeFile(path, exported.bytes);
    return std::move(exported.notes);
}

}  // namespace resnet::ui

#include "ui/exports/DiagramExport.h"

#include "core/Error.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/exports/DotWriter.h"
#include "ui/exports/MermaidWriter.h"
#include "ui/exports/PdfWriter.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/TikzWriter.h"
#include "ui/exports/WholeFile.h"
#include "ui/painting/DiagramLegend.h"

#include <QFileInfo>
#include <QPainter>

namespace resnet::ui {

namespace {

constexpr double besideLegend = 16.0;
constexpr double narrowestLegend = 150.0;
constexpr double belowLegend = 8.0;
constexpr double legendRoom = DiagramLegend::rowHeight + belowLegend;  // of one row
constexpr double tightAspect = 1.7;                                    // of a folded drawing on no page
constexpr double foldBeyond = 2600.0;
constexpr double pageMargin = 32.0;

std::optional<QSizeF> sizeOf(ExportPage page) {
    if (page == ExportPage::A4)
        return QSizeF(1122.52, 793.7);  // 297 x 210 mm
    if (page == ExportPage::Widescreen)
        return QSizeF(1280.0, 720.0);
    return std::nullopt;
}

DiagramLayout layoutOf(const Graph& graph, const DiagramExportOptions& options) {
    using Subject = DiagramExportOptions::Subject;
    const auto page = sizeOf(options.page);
    const double aspect =
        page ? (page->width() - 2 * pageMargin) / (page->height() - 2 * pageMargin - legendRoom) : 0.0;
    if (options.subject == Subject::UnitKindsFigure)
        return layoutUnitKindsFigure(graph);
    if (options.subject == Subject::Unit)
        return layoutSection(graph, {Group::Kind::Unit, options.stage, options.unit}, aspect);
    LayoutOptions layout;
    if (options.subject == Subject::Stage)
        layout.stage = options.stage;
    DiagramLayout drawn = layoutDiagram(graph, options.open, layout);
    if (!page && drawn.bounds.width() <= foldBeyond)
        return drawn;
    return layoutDiagram(graph, options.open,
                         foldedFor(graph, options.open, page ? aspect : tightAspect, layout.stage));
}

QString titleOf(const Graph& graph, const DiagramExportOptions& options) {
    const QString network = QString::fromStdString(displayName(graph.spec()));
    using Subject = DiagramExportOptions::Subject;
    switch (options.subject) {
        case Subject::Network:
            return network;
        case Subject::Stage:
            return QStringLiteral("%1, stage %2").arg(network).arg(options.stage + 1);
        case Subject::Unit:
            return QStringLiteral("%1, stage %2, unit %3")
                .arg(network)
                .arg(options.stage + 1)
                .arg(options.unit + 1);
        case Subject::UnitKindsFigure:
            return QStringLiteral("%1, residual units").arg(network);
    }
    return network;
}

Figure figureOf(const Graph& graph, const DiagramLayout& layout, const DiagramContent& content,
                const DiagramExportOptions& options) {
    const Theme& theme = Theme::of(options.theme);
    DiagramPaintOptions paint;
    paint.textAsPaths = options.textAsPaths;
    const DiagramLegend legend(layout, content, theme, paint);
    const QRectF& bounds = layout.bounds;
    const double width = std::max(bounds.width(), narrowestLegend + 2 * besideLegend);
    const QRectF legendRect(besideLegend, bounds.height(), width - 2 * besideLegend,
                            legend.heightFor(width - 2 * besideLegend));
    const QSizeF drawn(width, legendRect.bottom() + belowLegend);
    const QSizeF size = sizeOf(options.page).value_or(drawn);
    const double fit = options.page == ExportPage::Tight
                           ? 1.0
                           : std::min((size.width() - 2 * pageMargin) / drawn.width(),
                                      (size.height() - 2 * pageMargin) / drawn.height());
    const QPointF origin((size.width() - drawn.width() * fit) / 2,
                         (size.height() - drawn.height() * fit) / 2);
    Figure figure;
    figure.title = titleOf(graph, options);
    figure.size = size;
    figure.background = options.isTransparent ? QColor() : theme.panel;
    figure.paint = [=](QPainter& painter, const QRectF& visible) {
        painter.save();
        painter.translate(origin);
        painter.scale(fit, fit);
        DiagramPaintOptions part = paint;
        if (!visible.isEmpty())
            part.visible =
                QRectF((visible.topLeft() - origin) / fit, visible.size() / fit).adjusted(-8, -8, 8, 8);
        paintDiagram(painter, layout, content, theme, part);
        legend.paint(painter, legendRect);
        painter.restore();
    };
    return figure;
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
    return figureOf(graph, layoutOf(graph, options), content, options);
}

QByteArray exportedDiagram(const Graph& graph, const DiagramContent& content, ExportFormat format,
                           const DiagramExportOptions& options) {
    options.validate();
    const DiagramLayout layout = layoutOf(graph, options);
    if (layout.nodes.empty())
        throw Error(displayName(graph.spec()) + " has no residual units to draw: it has no shortcuts");
    const Figure figure = figureOf(graph, layout, content, options);
    const double scale = options.scaleOf(figure);
    switch (format) {
        case ExportFormat::Svg:
            return svgOf(figure, scale);
        case ExportFormat::Pdf:
            return pdfOf(figure, scale);
        case ExportFormat::Png:
            return pngOf(figure, scale);
        case ExportFormat::Dot:
            return dotOf(graph, layout, figure.title, Theme::of(options.theme), options.isTransparent);
        case ExportFormat::Tikz:
            return tikzOf(layout, content, figure.title, Theme::of(options.theme), options.isTransparent,
                          scale);
        case ExportFormat::Mermaid:
            return mermaidOf(graph, layout, figure.title, Theme::of(options.theme));
    }
    return {};
}

void exportDiagram(const QString& path, const Graph& graph, const DiagramContent& content,
                   ExportFormat format, const DiagramExportOptions& options) {
    writeWholeFile(path, exportedDiagram(graph, content, format, options));
}

}  // namespace resnet::ui

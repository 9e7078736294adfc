#include "ui/exports/DiagramSheet.h"

#include "core/Error.h"
#include "ui/Words.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/exports/Figure.h"
#include "ui/painting/DiagramText.h"
#include "ui/words/EditWords.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

// The legend of a file says which parts are changed, a title in full and as --edit reads it.
constexpr int mostToldEdits = 4;

DiagramLegend legendOf(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                       const DiagramPaintOptions& paint) {
    DiagramLegend legend(layout, content, theme, paint);
    legend.addCaption(mapsCaption(layout, content));
    if (!content.edits.isEmpty())
        legend.addCaption(Words::tr("Changed: %1").arg(editsWords(content.edits, mostToldEdits)));
    return legend;
}

using Subject = DiagramExportOptions::Subject;

constexpr double besideLegend = 16.0;
constexpr double narrowestLegend = 150.0;
constexpr double belowLegend = 8.0;
constexpr double smallestLegend = 0.9;  // of its size: 9 pixels
constexpr double tightAspect = 1.7;     // of a folded drawing on no page
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
    const auto page = sizeOf(options.page);
    constexpr double legendRoom = DiagramLegend::rowHeight + belowLegend;  // of one row
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
    QString network = QString::fromStdString(displayName(graph.spec()));
    switch (options.subject) {
        case Subject::Network:
            return network;
        case Subject::Stage:
            return Words::tr("%1, stage %2").arg(network).arg(options.stage + 1);
        case Subject::Unit:
            return Words::tr("%1, stage %2, unit %3")
                .arg(network)
                .arg(options.stage + 1)
                .arg(options.unit + 1);
        case Subject::UnitKindsFigure:
            return Words::tr("%1, residual units").arg(network);
    }
    return network;
}

// Of a drawing that is shrunk by `fit`: the smallest zoom at which as many labels have room in full as have
// at its own size. Placed for that zoom they are as large on the page as they can be.
double textZoomFor(const DiagramLayout& layout, double fit) {
    const auto inFull = [&](double zoom) {
        return std::ranges::count_if(placedLabels(layout, zoom), [](const PlacedLabel& placed) {
            return placed.text == placed.label->text;
        });
    };
    const auto wanted = inFull(1.0);
    if (inFull(fit) >= wanted)
        return fit;
    double without = fit;
    double with = 1.0;
    for (int halvings = 0; halvings < 10; ++halvings) {
        const double between = (without + with) / 2;
        (inFull(between) >= wanted ? with : without) = between;
    }
    return with;
}

void placeTightly(DiagramSheet& sheet) {
    const QRectF& bounds = sheet.layout.bounds;
    const double width = std::max(bounds.width(), narrowestLegend + 2 * besideLegend);
    const double legendWidth = width - 2 * besideLegend;
    sheet.legendRect =
        QRectF(besideLegend, bounds.height(), legendWidth, sheet.legend.heightFor(legendWidth));
    sheet.size = QSizeF(width, sheet.legendRect.bottom() + belowLegend);
}

// In the middle of the page, as large as it has room for.
void placeOnPage(DiagramSheet& sheet, const QSizeF& page, const DiagramContent& content, const Theme& theme,
                 const DiagramPaintOptions& paint) {
    const QSizeF room = page - QSizeF(2 * pageMargin, 2 * pageMargin);
    const QSizeF drawing = sheet.layout.bounds.size();
    double legendHeight = 0.0;
    double legendWidth = 0.0;
    // The legend shrinks with the drawing as far as it can be read, and takes room from it.
    for (int round = 0; round < 3; ++round) {
        sheet.fit =
            std::min(room.width() / drawing.width(), (room.height() - legendHeight) / drawing.height());
        sheet.legendScale = std::max(sheet.fit, smallestLegend);
        sheet.legend = legendOf(sheet.layout, content, theme, paint);
        const auto heightFor = [&](double width) {
            return sheet.legend.heightFor(width / sheet.legendScale);
        };
        const double beside = 2 * besideLegend * sheet.legendScale;
        legendWidth = drawing.width() * sheet.fit - beside;
        if (heightFor(legendWidth) > heightFor(room.width() - beside))
            legendWidth = room.width() - beside;
        legendHeight =
            (sheet.legend.heightFor(legendWidth / sheet.legendScale) + belowLegend) * sheet.legendScale;
    }
    sheet.size = page;
    sheet.origin = QPointF((page.width() - drawing.width() * sheet.fit) / 2,
                           (page.height() - drawing.height() * sheet.fit - legendHeight) / 2);
    sheet.legendRect =
        QRectF((page.width() - legendWidth) / 2, sheet.origin.y() + drawing.height() * sheet.fit, legendWidth,
               legendHeight - belowLegend * sheet.legendScale);
    if (sheet.fit < 1.0)
        sheet.textZoom = textZoomFor(sheet.layout, sheet.fit);
}

}  // namespace

double DiagramSheet::smallestText() const {
    double smallest = pixelSize(TextRole::Small) * legendScale;
    for (const PlacedLabel& label : placedLabels(layout, textZoom))
        smallest = std::min(smallest, pixelSize(label.role) * label.scale * fit);
    return smallest * pointsPerPixel;
}

QRectF DiagramSheet::drawn() const {
    const QRectF drawing(origin, layout.bounds.size() * fit);
    return drawing.united(legendRect).adjusted(0, 0, 0, belowLegend * legendScale);
}

DiagramSheet sheetOf(const Graph& graph, const DiagramContent& content, const DiagramExportOptions& options) {
    const Theme& theme = Theme::of(options.theme);
    DiagramPaintOptions paint;
    paint.textAsPaths = options.textAsPaths;
    DiagramLayout layout = layoutOf(graph, options);
    if (layout.nodes.empty())
        throw Error(displayName(graph.spec()) + " has no residual units to draw: it has no shortcuts");
    const DiagramLegend legend = legendOf(layout, content, theme, paint);
    DiagramSheet sheet{.layout = std::move(layout), .legend = legend, .title = titleOf(graph, options)};
    if (!content.edits.isEmpty())
        sheet.title += QStringLiteral(" · ") + QString::fromStdString(textOf(content.edits, graph));
    if (const auto page = sizeOf(options.page))
        placeOnPage(sheet, *page, content, theme, paint);
    else
        placeTightly(sheet);
    return sheet;
}

Figure figureOf(DiagramSheet sheet, const DiagramContent& content, const DiagramExportOptions& options) {
    const Theme& theme = Theme::of(options.theme);
    Figure figure;
    figure.title = sheet.title;
    figure.size = sheet.size;
    figure.background = options.isTransparent ? QColor() : theme.panel;
    DiagramPaintOptions paint;
    paint.textAsPaths = options.textAsPaths;
    paint.zoom = sheet.textZoom;
    paint.normZoom = sheet.normZoom();
    figure.paint = [=, &theme, sheet = std::move(sheet)](QPainter& painter, const QRectF& visible) {
        painter.save();
        painter.translate(sheet.origin);
        painter.scale(sheet.fit, sheet.fit);
        DiagramPaintOptions part = paint;
        if (!visible.isEmpty())
            part.visible = QRectF((visible.topLeft() - sheet.origin) / sheet.fit, visible.size() / sheet.fit)
                               .adjusted(-8, -8, 8, 8);
        paintDiagram(painter, sheet.layout, content, theme, part);
        painter.restore();
        painter.save();
        painter.translate(sheet.legendRect.topLeft());
        painter.scale(sheet.legendScale, sheet.legendScale);
        sheet.legend.paint(painter, QRectF(QPointF(), sheet.legendRect.size() / sheet.legendScale));
        painter.restore();
    };
    return figure;
}

}  // namespace resnet::ui

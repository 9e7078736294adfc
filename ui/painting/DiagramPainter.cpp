#include "ui/painting/DiagramPainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

std::vector<QRectF> sheetsOf(const DiagramNode& node) {
    if (node.picture.isNull())
        return {};
    const QRectF room = node.picture;
    const double unit = std::min(room.width(), room.height());
    if (node.shape.isVector())
        return {QRectF(room.center().x() - unit * 0.07, room.top(), unit * 0.14, room.height())};
    const int count = std::clamp(int(std::log2(double(node.shape.channels))) - 4, 1, 6);
    const double side = std::log2(std::sqrt(double(node.shape.pixels()))) / 10.0 + 0.12;  // 1024 fills it
    const double step = unit * 0.06;
    const QSizeF size = room.size() * std::min(1.0 - 0.06 * (count - 1), side);
    const QPointF spread(step * (count - 1), -step * (count - 1));
    const QPointF corner = room.center() - QPointF(size.width(), size.height()) / 2 + spread / 2;
    std::vector<QRectF> sheets;
    sheets.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        sheets.emplace_back(corner - QPointF(step, -step) * i, size);
    return sheets;
}

void paintDiagram(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                  const Theme& theme, const DiagramPaintOptions& options) {
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrames(painter, layout, theme, options);
    paintEdges(painter, layout, content, theme, options);
    paintNodes(painter, layout, content, theme, options);
    paintEditTags(painter, layout, content, theme, options);
    if (options.labelOpacity > 0.0)
        paintLabels(painter, layout, theme, options);
}

void paintFrames(QPainter& painter, const DiagramLayout& layout, const Theme& theme,
                 const DiagramPaintOptions& options) {
    painter.setPen(QPen(theme.line, std::max(1.0, 1.0 / options.zoom)));
    painter.setBrush(theme.background);
    for (const DiagramFrame& frame : layout.frames)
        if (isVisible(frame.box, options))
            painter.drawRoundedRect(frame.box, 8, 8);
}

double shadedValue(const DiagramNode& node, const NodeShading& shading) {
    if (!shading.addsUp)
        return node.last >= 0 && std::size_t(node.last) < shading.values.size()
                   ? shading.values[std::size_t(node.last)]
                   : 0.0;
    double sum = 0.0;
    for (StepId step = std::max(node.first, 0); step <= node.last; ++step)
        if (std::size_t(step) < shading.values.size())
            sum += shading.values[std::size_t(step)];
    return sum;
}

double highestShade(const DiagramLayout& layout, const NodeShading& shading) {
    if (shading.highest > 0.0)
        return shading.highest;
    double highest = 0.0;
    for (const DiagramNode& node : layout.nodes)
        highest = std::max(highest, shadedValue(node, shading));
    return highest;
}

QColor shadeColor(double share, const Theme& theme) {
    // The darkest shade leaves the text on it a contrast of 4.5 to 1.
    const double darkest = theme.kind == Theme::Kind::Light ? 0.6 : theme.isDark() ? 0.45 : 0.4;
    const QColor& strong = theme.mainPath;
    const double t = darkest * std::clamp(share, 0.0, 1.0);
    const auto mix = [t](int a, int b) { return qRound(a + (b - a) * t); };
    return QColor(mix(theme.panel.red(), strong.red()), mix(theme.panel.green(), strong.green()),
                  mix(theme.panel.blue(), strong.blue()));
}

}  // namespace resnet::ui

#include "ui/painting/DiagramPainter.h"

#include "ui/painting/DiagramText.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {

void paintDiagram(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                  const Theme& theme, const DiagramPaintOptions& options) {
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrames(painter, layout, theme, options);
    paintEdges(painter, layout, content, theme, options);
    paintNodes(painter, layout, content, theme, options);
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
    double sum = 0.0;
    for (StepId step = std::max(node.first, 0); step <= node.last; ++step)
        if (std::size_t(step) < shading.values.size())
            sum += shading.values[std::size_t(step)];
    return sum;
}

double highestShade(const DiagramLayout& layout, const NodeShading& shading) {
    double highest = 0.0;
    for (const DiagramNode& node : layout.nodes)
        highest = std::max(highest, shadedValue(node, shading));
    return highest;
}

QColor shadeColor(double share, const Theme& theme) {
    const QColor strong = theme.kind == Theme::Kind::Print ? QColor(0x55, 0x55, 0x55) : theme.mainPath;
    const double t = std::clamp(share, 0.0, 1.0);
    const auto mix = [t](int a, int b) { return qRound(a + (b - a) * t); };
    return QColor(mix(theme.panel.red(), strong.red()), mix(theme.panel.green(), strong.green()),
                  mix(theme.panel.blue(), strong.blue()));
}

void paintShadingLegend(QPainter& painter, const QRectF& rect, const DiagramLayout& layout,
                        const NodeShading& shading, const Theme& theme, bool textAsPaths) {
    constexpr double rampWidth = 90.0;
    const QString low = QStringLiteral("%1: 0").arg(shading.title);
    const double highest = highestShade(layout, shading);
    const QString high = QString::number(highest, 'f',
                                         highest < 10.0    ? 2
                                         : highest < 100.0 ? 1
                                                           : 0) +
                         QLatin1Char(' ') + shading.unit;
    const double lowWidth = textWidth(low, TextRole::Secondary);
    const double highWidth = textWidth(high, TextRole::Secondary);
    const double left = rect.right() - lowWidth - rampWidth - highWidth - 12.0;
    const DiagramText text{theme.secondaryText, TextRole::Secondary, 1.0, textAsPaths};
    drawText(painter, low, QRectF(left, rect.top(), lowWidth, rect.height()), Qt::AlignLeft, text);
    const QRectF ramp(left + lowWidth + 6.0, rect.center().y() - 4.0, rampWidth, 8.0);
    QLinearGradient gradient(ramp.topLeft(), ramp.topRight());
    gradient.setColorAt(0, shadeColor(0, theme));
    gradient.setColorAt(1, shadeColor(1, theme));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(gradient);
    painter.drawRect(ramp);
    drawText(painter, high, QRectF(ramp.right() + 6.0, rect.top(), highWidth, rect.height()), Qt::AlignLeft,
             text);
}

}  // namespace resnet::ui

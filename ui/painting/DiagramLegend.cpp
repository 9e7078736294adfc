#include "ui/painting/DiagramLegend.h"

#include "ui/painting/DiagramText.h"
#include "ui/words/NumberText.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double sampleWidth = 24.0;
constexpr double wordGap = 6.0;
constexpr double itemGap = 20.0;

double wordWidth(const QString& word) {
    return textWidth(word, TextRole::Small);
}

void drawSample(QPainter& painter, const QPointF& left, const QColor& color, double width, bool isDashed) {
    QPen pen(color, width);
    pen.setCapStyle(Qt::FlatCap);
    if (isDashed)
        pen.setDashPattern(projectionDashes);
    painter.setPen(pen);
    painter.drawLine(left, left + QPointF(sampleWidth, 0));
}

}  // namespace

DiagramLegend::DiagramLegend(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                             const DiagramPaintOptions& options)
    : m_theme(theme), m_textAsPaths(options.textAsPaths) {
    const auto has = [&](bool isProjection) {
        return std::ranges::any_of(layout.edges, [&](const DiagramEdge& edge) {
            return edge.way == Way::Shortcut && edge.isProjection == isProjection;
        });
    };
    addLine(theme.mainPath, 1.6, false, QStringLiteral("main path F(x)"));
    if (has(false))
        addLine(theme.shortcut, 2.4, false, QStringLiteral("shortcut x, identity"));
    if (has(true))
        addLine(theme.shortcut, 2.4, true, QStringLiteral("shortcut, 1×1 projection"));
    if (has(false) || has(true))
        addSum();
    if (const double highest = highestNorm(layout, content); highest > 0.0)
        addNorms(highest, Theme::mainPathWidth * layout.lineScale * options.zoom);
    if (content.shading)
        addShading(*content.shading, highestShade(layout, *content.shading));
}

void DiagramLegend::leaveOutLines() {
    std::erase_if(m_items, [](const Item& item) { return item.isOfLines; });
}

void DiagramLegend::add(double width, bool isOfLines, PaintItem paint) {
    m_items.push_back({width, isOfLines, std::move(paint)});
}

void DiagramLegend::drawWord(QPainter& painter, const QString& word, const QPointF& leftMiddle) const {
    drawText(painter, word, QRectF(leftMiddle - QPointF(0, 8), QSizeF(wordWidth(word), 16)), Qt::AlignLeft,
             {m_theme.secondaryText, TextRole::Small, 1.0, m_textAsPaths});
}

void DiagramLegend::addLine(const QColor& color, double width, bool isDashed, const QString& meaning) {
    add(sampleWidth + wordGap + wordWidth(meaning), true,
        [=](const DiagramLegend& legend, QPainter& painter, const QPointF& at) {
            drawSample(painter, at, color, width, isDashed);
            legend.drawWord(painter, meaning, at + QPointF(sampleWidth + wordGap, 0));
        });
}

void DiagramLegend::addSum() {
    constexpr double radius = 5.5;
    constexpr double arm = 3.0;
    const QString meaning = QStringLiteral("sum F(x) + x, then ReLU");
    add(2 * radius + wordGap + wordWidth(meaning), true,
        [=](const DiagramLegend& legend, QPainter& painter, const QPointF& at) {
            const QPointF centre = at + QPointF(radius, 0);
            painter.setPen(QPen(legend.m_theme.ink, 1.2));
            painter.setBrush(legend.m_theme.panel);
            painter.drawEllipse(centre, radius, radius);
            painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0));
            painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm));
            legend.drawWord(painter, meaning, at + QPointF(2 * radius + wordGap, 0));
        });
}

void DiagramLegend::addNorms(double highest, double lineWidth) {
    const QString name = QStringLiteral("Thickness: norm of what flows");
    add(wordWidth(name) - itemGap + 2 * wordGap, false,
        [=](const DiagramLegend& legend, QPainter& painter, const QPointF& at) {
            legend.drawWord(painter, name, at);
        });
    for (const double share : {0.04, 0.25, 1.0}) {
        const QString value = axisText(share * highest);
        const double thickness = std::max(1.0, lineWidth * normThickness(share));
        add(sampleWidth + wordGap + wordWidth(value) - (share < 1.0 ? itemGap - 2 * wordGap : 0.0), false,
            [=](const DiagramLegend& legend, QPainter& painter, const QPointF& at) {
                drawSample(painter, at, legend.m_theme.mainPath, thickness, false);
                legend.drawWord(painter, value, at + QPointF(sampleWidth + wordGap, 0));
            });
    }
}

void DiagramLegend::addShading(const NodeShading& shading, double highest) {
    constexpr double rampWidth = 90.0;
    const QString low = QStringLiteral("%1: 0").arg(shading.title);
    const QString high = axisText(highest) + QLatin1Char(' ') + shading.unit;
    const double rampLeft = wordWidth(low) + wordGap;
    add(rampLeft + rampWidth + wordGap + wordWidth(high), false,
        [=](const DiagramLegend& legend, QPainter& painter, const QPointF& at) {
            legend.drawWord(painter, low, at);
            const QRectF ramp(at + QPointF(rampLeft, -4), QSizeF(rampWidth, 8));
            QLinearGradient gradient(ramp.topLeft(), ramp.topRight());
            gradient.setColorAt(0, shadeColor(0, legend.m_theme));
            gradient.setColorAt(1, shadeColor(1, legend.m_theme));
            painter.setPen(QPen(legend.m_theme.inactive, 1));
            painter.setBrush(gradient);
            painter.drawRect(ramp);
            legend.drawWord(painter, high, at + QPointF(rampLeft + rampWidth + wordGap, 0));
        });
}

double DiagramLegend::flow(double width,
                           const std::function<void(const Item&, const QPointF&)>& place) const {
    QPointF at(0, rowHeight / 2);
    for (const Item& item : m_items) {
        if (at.x() > 0.0 && at.x() + item.width > width)
            at = QPointF(0, at.y() + rowHeight);
        place(item, at);
        at.rx() += item.width + itemGap;
    }
    return m_items.empty() ? 0.0 : at.y() + rowHeight / 2;
}

double DiagramLegend::heightFor(double width) const {
    return flow(width, [](const Item&, const QPointF&) {});
}

void DiagramLegend::paint(QPainter& painter, const QRectF& rect) const {
    flow(rect.width(),
         [&](const Item& item, const QPointF& at) { item.paint(*this, painter, rect.topLeft() + at); });
}

}  // namespace resnet::ui

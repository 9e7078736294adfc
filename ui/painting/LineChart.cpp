#include "ui/painting/LineChart.h"

#include "ui/words/NumberText.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double legendRowHeight = 15.0;
constexpr double lineAxisWidth = 34.0;
constexpr double swatch = 16.0;

QColor colorOf(LineChart::Tone tone, const Theme& theme) {
    switch (tone) {
        case LineChart::Tone::Accent:
            return theme.mainPath;
        case LineChart::Tone::Ink:
            return theme.ink;
        case LineChart::Tone::Quiet:
            break;
    }
    return theme.inactive;
}

double xAt(const LineChart& chart, const QRectF& plot, double value) {
    const double span = chart.places.back() - chart.places.front();
    return plot.left() + (span > 0.0 ? (value - chart.places.front()) / span : 0.0) * plot.width();
}

double xOf(const LineChart& chart, const QRectF& plot, std::size_t place) {
    return xAt(chart, plot, chart.places[place]);
}

double yOf(const LineChart& chart, const QRectF& plot, double value) {
    const double share = (value - chart.low) / (chart.high - chart.low);
    return plot.bottom() - std::clamp(share, 0.0, 1.0) * plot.height();
}

QPen penOf(const LineChart::Line& line, const Theme& theme) {
    return {colorOf(line.tone, theme), Theme::mainPathWidth, line.isDashed ? Qt::DashLine : Qt::SolidLine,
            Qt::FlatCap, Qt::RoundJoin};
}

void paintAxis(QPainter& painter, const QRectF& plot, const LineChart& chart, const Theme& theme) {
    painter.setFont(font(TextRole::Small));
    std::vector<double> marks{chart.low, chart.high};
    if (chart.low < 0.0 && chart.high > 0.0)
        marks.push_back(0.0);
    for (const double mark : marks) {
        const double y = yOf(chart, plot, mark);
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), theme.line);
        painter.setPen(theme.secondaryText);
        painter.drawText(QRectF(plot.left() - lineAxisWidth, y - 8, lineAxisWidth - 4, 16),
                         Qt::AlignRight | Qt::AlignVCenter, axisText(mark));
    }
    const QRectF below(plot.left(), plot.bottom() + 3, plot.width(), legendRowHeight);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop, chart.firstLabel);
    painter.drawText(below, Qt::AlignRight | Qt::AlignTop, chart.lastLabel);
}

void paintNames(QPainter& painter, const QRectF& room, const LineChart& chart, const Theme& theme) {
    painter.setFont(font(TextRole::BodyBold));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(room.left(), room.top(), room.width(), legendRowHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, chart.title);
    painter.setFont(font(TextRole::Small));
    double y = room.top() + legendRowHeight + 2;
    for (const LineChart::Line& line : chart.lines) {
        painter.setPen(penOf(line, theme));
        painter.drawLine(QPointF(room.left(), y + legendRowHeight / 2),
                         QPointF(room.left() + swatch, y + legendRowHeight / 2));
        painter.setPen(theme.ink);
        painter.drawText(QRectF(room.left() + swatch + 6, y, room.width() - swatch - 6, legendRowHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, line.name);
        y += legendRowHeight;
    }
}

void paintLine(QPainter& painter, const QRectF& plot, const LineChart& chart, const LineChart::Line& line,
               const Theme& theme) {
    QPainterPath path;
    bool isOn = false;
    for (std::size_t i = 0; i < line.values.size() && i < chart.places.size(); ++i) {
        const std::optional<double>& value = line.values[i];
        if (!value || !std::isfinite(*value)) {
            isOn = false;
            continue;
        }
        const QPointF point(xOf(chart, plot, i), yOf(chart, plot, *value));
        if (isOn)
            path.lineTo(point);
        else
            path.moveTo(point);
        isOn = true;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colorOf(line.tone, theme));
        painter.drawEllipse(point, 2.0, 2.0);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(penOf(line, theme));
    painter.drawPath(path);
}

}  // namespace

QRectF plotOf(const LineChart& chart, const QRectF& room) {
    return room.adjusted(lineAxisWidth, legendRowHeight * (1.0 + double(chart.lines.size())) + 14, -6,
                         -legendRowHeight - 5);
}

std::optional<int> placeAt(const LineChart& chart, const QRectF& room, const QPointF& point) {
    const QRectF plot = plotOf(chart, room);
    if (chart.isEmpty() || !plot.adjusted(-8, -8, 8, 20).contains(point))
        return std::nullopt;
    int nearest = 0;
    for (int i = 1; i < int(chart.places.size()); ++i)
        if (std::abs(xOf(chart, plot, std::size_t(i)) - point.x()) <
            std::abs(xOf(chart, plot, std::size_t(nearest)) - point.x()))
            nearest = i;
    return nearest;
}

void paintLineChart(QPainter& painter, const QRectF& room, const LineChart& chart, int hovered,
                    const Theme& theme) {
    if (chart.isEmpty())
        return;
    painter.save();
    const QRectF plot = plotOf(chart, room);
    paintNames(painter, room, chart, theme);
    paintAxis(painter, plot, chart, theme);
    if (chart.mark)
        painter.fillRect(QRectF(xAt(chart, plot, *chart.mark) - 1, plot.top(), 3, plot.height()),
                         theme.selection);
    if (hovered >= 0 && hovered < int(chart.places.size()))
        painter.fillRect(QRectF(xOf(chart, plot, std::size_t(hovered)), plot.top(), 1, plot.height()),
                         theme.selection);
    for (const LineChart::Line& line : chart.lines)
        paintLine(painter, plot, chart, line, theme);
    painter.restore();
}

}  // namespace resnet::ui

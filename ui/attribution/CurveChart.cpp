#include "ui/attribution/CurveChart.h"

#include "ui/words/NumberText.h"

#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

CurveChart::CurveChart(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setLeastSize(150, 80);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CurveChart::setChart(LineChart chart) {
    m_chart = std::move(chart);
    setAccessibleName(m_chart.title);
    update();
}

void CurveChart::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QString CurveChart::textAt(int place) const {
    QStringList said;
    for (const LineChart::Line& line : m_chart.lines)
        if (std::size_t(place) < line.values.size() && line.values[std::size_t(place)])
            said << tr("%1: %2").arg(line.name, valueText(*line.values[std::size_t(place)]));
    return said.join(QStringLiteral(", "));
}

void CurveChart::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    paintLineChart(painter, area(), m_chart, m_hovered, *m_theme);
}

void CurveChart::setHovered(int place) {
    if (std::exchange(m_hovered, place) == place)
        return;
    update();
    Q_EMIT hovered(place);
}

void CurveChart::mouseMoveEvent(QMouseEvent* event) {
    setHovered(placeAt(m_chart, area(), event->position()).value_or(-1));
}

void CurveChart::leaveEvent(QEvent*) {
    setHovered(-1);
}

}  // namespace resnet::ui

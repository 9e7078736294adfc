#include "ui/attribution/BarChart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

BarChart::BarChart(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(320, 120);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BarChart::setChart(ColumnChart chart) {
    m_chart = std::move(chart);
    update();
}

void BarChart::setChosen(int column) {
    m_chosen = column;
    update();
}

void BarChart::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QRectF BarChart::columnRect(int column) const {
    return ColumnChartLayout(m_chart, rect()).columnRect(column);
}

void BarChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintColumnChart(painter, rect(), m_chart, m_chosen, m_hovered, *m_theme);
}

void BarChart::setHovered(int column) {
    if (std::exchange(m_hovered, column) == column)
        return;
    update();
    Q_EMIT hovered(column);
}

void BarChart::mouseMoveEvent(QMouseEvent* event) {
    setHovered(
        m_chart.isEmpty() ? -1 : ColumnChartLayout(m_chart, rect()).columnAt(event->position()).value_or(-1));
}

void BarChart::leaveEvent(QEvent*) {
    setHovered(-1);
}

void BarChart::mousePressEvent(QMouseEvent* event) {
    if (m_chart.isEmpty() || event->button() != Qt::LeftButton)
        return;
    if (const std::optional<int> column = ColumnChartLayout(m_chart, rect()).columnAt(event->position()))
        Q_EMIT chosen(*column);
}

void BarChart::keyPressEvent(QKeyEvent* event) {
    const int next = m_chosen + (event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0);
    if (next == m_chosen)
        return QWidget::keyPressEvent(event);
    if (next >= 0 && next < m_chart.columns)
        Q_EMIT chosen(next);
}

}  // namespace resnet::ui

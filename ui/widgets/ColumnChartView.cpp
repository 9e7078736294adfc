#include "ui/widgets/ColumnChartView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

ColumnChartView::ColumnChartView(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ColumnChartView::setChart(ColumnChart chart) {
    m_chart = std::move(chart);
    update();
}

void ColumnChartView::setCurrent(int column) {
    m_current = column;
    update();
}

void ColumnChartView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void ColumnChartView::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QRectF ColumnChartView::columnRect(int column) const {
    return ColumnChartLayout(m_chart, area()).columnRect(column);
}

void ColumnChartView::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_chart.isEmpty()) {
        painter.setPen(m_theme->secondaryText);
        painter.setFont(ui::font(TextRole::Body));
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    paintColumnChart(painter, area(), m_chart, m_current, m_hovered, *m_theme);
}

void ColumnChartView::setHovered(int column) {
    if (column == m_hovered)
        return;
    m_hovered = column;
    update();
    if (column < 0)
        Q_EMIT hoverLeft();
    else
        Q_EMIT columnHovered(column);
}

void ColumnChartView::mouseMoveEvent(QMouseEvent* event) {
    setHovered(
        m_chart.isEmpty() ? -1 : ColumnChartLayout(m_chart, area()).columnAt(event->position()).value_or(-1));
}

void ColumnChartView::leaveEvent(QEvent*) {
    setHovered(-1);
}

void ColumnChartView::mousePressEvent(QMouseEvent* event) {
    if (m_chart.isEmpty() || event->button() != Qt::LeftButton)
        return;
    if (const std::optional<int> column = ColumnChartLayout(m_chart, area()).columnAt(event->position()))
        Q_EMIT columnPicked(*column);
}

void ColumnChartView::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0 || (event->modifiers() & ~Qt::KeypadModifier)) {
        event->ignore();
        return;
    }
    if (const int next = m_current + step; next >= 0 && next < m_chart.columns)
        Q_EMIT columnPicked(next);
}

}  // namespace resnet::ui

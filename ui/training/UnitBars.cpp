#include "ui/training/UnitBars.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace resnet::ui {

UnitBars::UnitBars(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void UnitBars::setChart(ColumnChart chart) {
    m_chart = std::move(chart);
    if (m_pointed >= m_chart.columns)
        point(-1);
    update();
}

void UnitBars::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void UnitBars::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

QRectF UnitBars::columnRect(int column) const {
    return ColumnChartLayout(m_chart, area()).columnRect(column);
}

void UnitBars::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_chart.isEmpty())
        return paintColumnChart(painter, area(), m_chart, -1, m_pointed, *m_theme);
    painter.setFont(ui::font(TextRole::Body));
    painter.setPen(m_theme->secondaryText);
    painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

void UnitBars::point(int column) {
    if (std::exchange(m_pointed, column) == column)
        return;
    update();
    Q_EMIT pointed(column);
}

void UnitBars::mouseMoveEvent(QMouseEvent* event) {
    point(m_chart.isEmpty() ? -1
                            : ColumnChartLayout(m_chart, area()).columnAt(event->position()).value_or(-1));
}

void UnitBars::mousePressEvent(QMouseEvent* event) {
    mouseMoveEvent(event);
    if (m_pointed >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT chosen(m_pointed);
}

void UnitBars::leaveEvent(QEvent*) {
    point(-1);
}

void UnitBars::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by != 0 && !m_chart.isEmpty())
        return point(std::clamp(m_pointed + by, 0, m_chart.columns - 1));
    if (event->key() == Qt::Key_Return && m_pointed >= 0)
        Q_EMIT chosen(m_pointed);
    else
        Canvas::keyPressEvent(event);
}

}  // namespace resnet::ui

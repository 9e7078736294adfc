#include "ui/widgets/ColumnCanvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace resnet::ui {

ColumnCanvas::ColumnCanvas(ArrowKeys keys, QWidget* parent) : Canvas(parent), m_keys(keys) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ColumnCanvas::setCurrent(int column) {
    m_current = column;
    update();
}

void ColumnCanvas::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void ColumnCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void ColumnCanvas::columnsChanged() {
    if (m_hovered >= columns())
        setHovered(-1);
    update();
}

void ColumnCanvas::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (columns() > 0)
        return paintColumns(painter, m_current, m_hovered, *m_theme);
    painter.setPen(m_theme->secondaryText);
    painter.setFont(ui::font(TextRole::Body));
    painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
}

void ColumnCanvas::setHovered(int column) {
    if (std::exchange(m_hovered, column) == column)
        return;
    setCursor(column >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    if (column < 0)
        Q_EMIT hoverLeft();
    else
        Q_EMIT columnHovered(column);
}

void ColumnCanvas::mouseMoveEvent(QMouseEvent* event) {
    setHovered(columns() > 0 ? columnAt(event->position()).value_or(-1) : -1);
}

void ColumnCanvas::leaveEvent(QEvent*) {
    setHovered(-1);
}

void ColumnCanvas::mousePressEvent(QMouseEvent* event) {
    mouseMoveEvent(event);
    if (m_hovered >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT columnPicked(m_hovered);
}

void ColumnCanvas::goBy(int step) {
    const int from = m_keys == ArrowKeys::Point && m_hovered >= 0 ? m_hovered : m_current;
    const int next = from < 0 && step < 0 ? 0 : from + step;
    if (next < 0 || next >= columns())
        return;
    if (m_keys == ArrowKeys::Point)
        setHovered(next);
    else
        Q_EMIT columnPicked(next);
}

void ColumnCanvas::keyPressEvent(QKeyEvent* event) {
    const bool isPlain = !(event->modifiers() & ~Qt::KeypadModifier);
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isPlain && step != 0)
        goBy(step);
    else if (isPlain && isReturn && m_keys == ArrowKeys::Point && m_hovered >= 0)
        Q_EMIT columnPicked(m_hovered);
    else
        Canvas::keyPressEvent(event);
}

}  // namespace resnet::ui

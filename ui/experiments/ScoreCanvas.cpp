#include "ui/experiments/ScoreCanvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

ScoreCanvas::ScoreCanvas(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("The score, unit by unit"));
    setFocusPolicy(Qt::StrongFocus);
}

void ScoreCanvas::setContent(Content content, int current, const QString& placeholder) {
    m_content = std::move(content);
    m_current = current;
    m_placeholder = placeholder;
    update();
}

void ScoreCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

int ScoreCanvas::columns() const {
    const auto* strip = std::get_if<ExitStrip>(&m_content);
    return strip ? int(strip->columns.size()) : std::get<ColumnChart>(m_content).columns;
}

std::optional<int> ScoreCanvas::columnAt(const QPointF& point) const {
    if (columns() == 0)
        return std::nullopt;
    const auto* strip = std::get_if<ExitStrip>(&m_content);
    return strip ? ExitStripLayout(*strip, area()).columnAt(point)
                 : ColumnChartLayout(std::get<ColumnChart>(m_content), area()).columnAt(point);
}

QRectF ScoreCanvas::columnRect(int column) const {
    const auto* strip = std::get_if<ExitStrip>(&m_content);
    return strip ? ExitStripLayout(*strip, area()).cellOf(0, column)
                 : ColumnChartLayout(std::get<ColumnChart>(m_content), area()).columnRect(column);
}

void ScoreCanvas::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (columns() == 0) {
        painter.setPen(m_theme->secondaryText);
        painter.setFont(ui::font(TextRole::Body));
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    } else if (const auto* strip = std::get_if<ExitStrip>(&m_content)) {
        paintExitStrip(painter, area(), *strip, m_current, m_hovered, *m_theme);
    } else {
        paintColumnChart(painter, area(), std::get<ColumnChart>(m_content), m_current, m_hovered, *m_theme);
    }
}

void ScoreCanvas::setHovered(int column) {
    if (column == m_hovered)
        return;
    m_hovered = column;
    setCursor(column >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    if (column >= 0)
        Q_EMIT hovered(column);
    else
        Q_EMIT hoverLeft();
}

void ScoreCanvas::mouseMoveEvent(QMouseEvent* event) {
    setHovered(columnAt(event->position()).value_or(-1));
}

void ScoreCanvas::leaveEvent(QEvent*) {
    setHovered(-1);
}

void ScoreCanvas::mousePressEvent(QMouseEvent* event) {
    const std::optional<int> column = columnAt(event->position());
    if (column && event->button() == Qt::LeftButton)
        Q_EMIT picked(*column);
}

void ScoreCanvas::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const int from = m_hovered >= 0 ? m_hovered : m_current;
    if (step != 0 && from + step >= 0 && from + step < columns())
        return setHovered(from + step);
    if (m_hovered >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        return Q_EMIT picked(m_hovered);
    Canvas::keyPressEvent(event);
}

}  // namespace resnet::ui

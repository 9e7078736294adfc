#include "ui/experiments/LesionChartView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

using Part = LesionChart::Part;

LesionChartView::LesionChartView(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The class with one way of one unit off at a time"));
}

void LesionChartView::setChart(LesionChart chart, int current) {
    m_chart = std::move(chart);
    m_current = current;
    if (m_hovered && m_hovered->first >= int(m_chart.columns.size()))
        m_hovered.reset();
    update();
}

void LesionChartView::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void LesionChartView::paint(QPainter& painter) {
    if (m_chart.isEmpty())
        return;
    paintLesionChart(painter, area(), m_chart, m_current, m_hovered, *m_theme);
}

void LesionChartView::setHovered(const std::optional<Place>& place) {
    if (place == m_hovered)
        return;
    m_hovered = place;
    setCursor(place ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    if (place)
        Q_EMIT hovered(place->first, place->second);
    else
        Q_EMIT hoverLeft();
}

void LesionChartView::mouseMoveEvent(QMouseEvent* event) {
    setHovered(m_chart.isEmpty() ? std::nullopt
                                 : LesionChartLayout(m_chart, area()).placeAt(event->position()));
}

void LesionChartView::leaveEvent(QEvent*) {
    setHovered(std::nullopt);
}

void LesionChartView::mousePressEvent(QMouseEvent* event) {
    if (m_chart.isEmpty() || event->button() != Qt::LeftButton)
        return event->ignore();
    if (const auto place = LesionChartLayout(m_chart, area()).placeAt(event->position()))
        Q_EMIT picked(place->first, place->second);
}

// Keys that it uses are not the window's.
bool LesionChartView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && !m_chart.isEmpty()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isPlain = !(key->modifiers() & ~Qt::KeypadModifier);
        if (isPlain && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right ||
                        (key->key() == Qt::Key_Space && m_hovered)))
            event->accept();
    }
    return Canvas::event(event);
}

void LesionChartView::keyPressEvent(QKeyEvent* event) {
    const int bars = 2 * int(m_chart.columns.size());
    const auto barOf = [](const Place& place) { return 2 * place.first + (place.second == Part::Shortcut); };
    const int key = (event->modifiers() & ~Qt::KeypadModifier) ? 0 : event->key();
    if (bars > 0 && (key == Qt::Key_Left || key == Qt::Key_Right)) {
        const int from = m_hovered ? barOf(*m_hovered) : 2 * std::max(m_current, 0) - (key == Qt::Key_Right);
        const int to = std::clamp(from + (key == Qt::Key_Right ? 1 : -1), 0, bars - 1);
        return setHovered(Place(to / 2, to % 2 == 1 ? Part::Shortcut : Part::MainPath));
    }
    if (m_hovered && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space))
        return Q_EMIT picked(m_hovered->first, m_hovered->second);
    Canvas::keyPressEvent(event);
}

}  // namespace resnet::ui

#include "ui/training/LandscapeCanvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double smallestSide = 100.0;
constexpr double largestSide = 560.0;

}  // namespace

LandscapeCanvas::LandscapeCanvas(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LandscapeCanvas::setPicture(LandscapePicture picture) {
    m_picture = std::move(picture);
    if (m_place && (m_place->panel >= int(m_picture.panels.size())))
        point({});
    fit();
}

void LandscapeCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void LandscapeCanvas::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void LandscapeCanvas::fit() {
    if (!m_picture.panels.empty()) {
        m_picture.side = 0.0;
        const QSizeF around = sizeOf(m_picture);
        m_picture.side = std::floor(
            std::clamp(std::min((area().width() - around.width()) / double(m_picture.panels.size()),
                                area().height() - around.height()),
                       smallestSide, largestSide));
    }
    update();
}

QPointF LandscapeCanvas::origin() const {
    return {std::max(0.0, std::floor((area().width() - sizeOf(m_picture).width()) / 2)), 0.0};
}

QPointF LandscapeCanvas::pointOf(const Place& place) const {
    const QRectF plane = planeOf(m_picture, place.panel).translated(origin());
    return {plane.left() + plane.width() * place.column / lastIndex(),
            plane.bottom() - plane.height() * place.row / lastIndex()};
}

void LandscapeCanvas::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.panels.empty()) {
        painter.setFont(ui::font(TextRole::Body));
        painter.setPen(m_theme->secondaryText);
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    painter.translate(origin());
    paintLandscape(painter, m_picture, *m_theme);
    painter.translate(-origin());
    if (m_place) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme->panel, 4.0));
        painter.drawEllipse(pointOf(*m_place), 5.0, 5.0);
        painter.setPen(QPen(m_theme->selection, Theme::selectionWidth));
        painter.drawEllipse(pointOf(*m_place), 5.0, 5.0);
    }
}

void LandscapeCanvas::resizeEvent(QResizeEvent*) {
    fit();
}

void LandscapeCanvas::point(const std::optional<Place>& place) {
    if (m_place == place)
        return;
    m_place = place;
    update();
    Q_EMIT pointed(place);
}

void LandscapeCanvas::mouseMoveEvent(QMouseEvent* event) {
    for (int panel = 0; panel < int(m_picture.panels.size()); ++panel) {
        const QRectF plane = planeOf(m_picture, panel).translated(origin());
        if (!plane.contains(event->position()))
            continue;
        const QPointF from = event->position() - plane.bottomLeft();
        return point(Place{panel, int(std::lround(-from.y() / plane.height() * lastIndex())),
                           int(std::lround(from.x() / plane.width() * lastIndex()))});
    }
    point({});
}

void LandscapeCanvas::leaveEvent(QEvent*) {
    point({});
}

void LandscapeCanvas::focusOutEvent(QFocusEvent* event) {
    point({});
    Canvas::focusOutEvent(event);
}

void LandscapeCanvas::keyPressEvent(QKeyEvent* event) {
    const int right = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int up = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if ((right == 0 && up == 0) || m_picture.panels.empty())
        return Canvas::keyPressEvent(event);
    if (!m_place)
        return point(Place{0, lastIndex() / 2, lastIndex() / 2});
    Place next = *m_place;
    next.row = std::clamp(next.row + up, 0, lastIndex());
    next.column += right;
    const int panels = int(m_picture.panels.size());
    if (next.column > lastIndex() && next.panel + 1 < panels)
        next = {next.panel + 1, next.row, 0};
    else if (next.column < 0 && next.panel > 0)
        next = {next.panel - 1, next.row, lastIndex()};
    next.column = std::clamp(next.column, 0, lastIndex());
    point(next);
}

}  // namespace resnet::ui

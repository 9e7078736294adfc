#include "ui/training/LandscapeCanvas.h"

#include "ui/painting/ReliefPainter.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

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
    picture.relief = m_picture.relief;
    m_picture = std::move(picture);
    m_heights.clear();
    for (int panel = 0; panel < int(m_picture.panels.size()); ++panel)
        m_heights.push_back(heightsOf(m_picture, panel));
    if (m_place && (m_place->panel >= int(m_picture.panels.size()) || m_place->row > lastIndex() ||
                    m_place->column > lastIndex()))
        point({});
    fit();
}

void LandscapeCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void LandscapeCanvas::setRelief(bool isRelief) {
    m_picture.relief = isRelief ? std::optional(m_picture.relief.value_or(ReliefAngle())) : std::nullopt;
    update();
}

void LandscapeCanvas::turn(double by, double tilt) {
    ReliefAngle& angle = *m_picture.relief;
    angle.turn = std::fmod(angle.turn + by + 360.0, 360.0);
    angle.tilt = std::clamp(angle.tilt + tilt, 10.0, 85.0);
    update();
}

void LandscapeCanvas::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void LandscapeCanvas::setStand(const std::optional<Place>& stand) {
    if (m_stand == stand)
        return;
    m_stand = stand;
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
    if (m_picture.relief)
        return reliefPoint(
            plane, *m_picture.relief, place.row, place.column, lastIndex(),
            m_heights[std::size_t(place.panel)][std::size_t(place.row)][std::size_t(place.column)]);
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
    if (m_stand && m_stand->panel < int(m_picture.panels.size())) {
        painter.setPen(QPen(m_theme->panel, 2.0));
        painter.setBrush(m_theme->selection);
        painter.drawEllipse(pointOf(*m_stand), 5.0, 5.0);
    }
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

std::optional<LandscapeCanvas::Place> LandscapeCanvas::placeAt(const QPointF& at) const {
    for (int panel = 0; panel < int(m_picture.panels.size()); ++panel) {
        const QRectF plane = planeOf(m_picture, panel).translated(origin());
        if (!plane.contains(at))
            continue;
        const QPointF from = at - plane.bottomLeft();
        if (!m_picture.relief)
            return Place{panel, int(std::lround(-from.y() / plane.height() * lastIndex())),
                         int(std::lround(from.x() / plane.width() * lastIndex()))};
        Place nearest{panel, 0, 0};
        double distance = std::numeric_limits<double>::infinity();
        for (int row = 0; row <= lastIndex(); ++row)
            for (int column = 0; column <= lastIndex(); ++column) {
                const QPointF away = pointOf({panel, row, column}) - at;
                if (const double length = std::hypot(away.x(), away.y()); length < distance) {
                    distance = length;
                    nearest = {panel, row, column};
                }
            }
        constexpr double beside = 14.0;
        return distance <= beside ? std::optional(nearest) : std::nullopt;
    }
    return std::nullopt;
}

void LandscapeCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position();
    m_isDragged = false;
}

void LandscapeCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed && m_picture.relief) {
        const QPointF by = event->position() - *m_pressed;
        m_isDragged = m_isDragged || by.manhattanLength() > QApplication::startDragDistance();
        if (m_isDragged) {
            constexpr double degrees = 0.5;  // per pixel
            turn(by.x() * degrees, by.y() * degrees);
            m_pressed = event->position();
            return point({});
        }
    }
    point(placeAt(event->position()));
}

void LandscapeCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_pressed && !m_isDragged)
        if (const std::optional<Place> place = placeAt(event->position()))
            Q_EMIT chosen(*place);
    m_pressed.reset();
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
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && m_place)
        return Q_EMIT chosen(*m_place);
    if ((right == 0 && up == 0) || m_picture.panels.empty())
        return Canvas::keyPressEvent(event);
    if (m_picture.relief && event->modifiers().testFlag(Qt::ShiftModifier)) {
        constexpr double degrees = 6.0;
        return turn(right * degrees, up * degrees);
    }
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

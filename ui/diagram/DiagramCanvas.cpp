#include "ui/diagram/DiagramCanvas.h"

#include "ui/diagram/LayoutMorph.h"
#include "ui/painting/DiagramPainter.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double largestZoom = 6.0;

// The point at the same share of another rectangle's width and height.
QPointF carried(const QPointF& point, const QRectF& from, const QRectF& to) {
    const QPointF in = point - from.topLeft();
    return to.topLeft() + QPointF(in.x() / from.width() * to.width(), in.y() / from.height() * to.height());
}

}  // namespace

DiagramCanvas::DiagramCanvas(QWidget* parent) : QWidget(parent), m_motion(this) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Diagram of the network"));
    setAccessibleDescription(
        tr("Left and right walk along the data, up and down between main path and shortcut. Enter opens a "
           "unit."));
    connect(&m_motion, &DiagramMotion::moved, this, [this] {
        m_viewport = m_motion.viewport();
        update();
    });
}

void DiagramCanvas::setGraph(const Graph* graph) {
    m_graph = graph;
    m_open = graph ? OpenNodes::at(m_detail, *graph) : OpenNodes();
    relayout();
    fit();
    Q_EMIT drawingChanged();
}

void DiagramCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void DiagramCanvas::relayout() {
    m_layout = {};
    if (!m_graph)
        return;
    const double aspect = double(std::max(width(), 1)) / std::max(height(), 1);
    m_options = m_detail == Detail::Layer ? foldedFor(*m_graph, m_open, aspect)
                                          : riverFor(*m_graph, m_open, QSizeF(size()));
    m_layout = layoutDiagram(*m_graph, m_open, m_options);
}

void DiagramCanvas::moveTo(DiagramLayout layout, const Viewport& viewport) {
    m_motion.start(isMoving() ? m_motion.between(m_layout) : m_layout, m_viewport, viewport);
    m_layout = std::move(layout);
    Q_EMIT drawingChanged();
}

void DiagramCanvas::setViewport(const Viewport& viewport) {
    m_motion.stop();
    m_isFitted = false;
    m_viewport = keptInReach(viewport, m_layout.bounds, QRectF(rect()));
    update();
}

void DiagramCanvas::setDetail(Detail detail) {
    m_detail = detail;
    if (m_graph) {
        m_open = OpenNodes::at(detail, *m_graph);
        DiagramLayout before = m_layout;
        relayout();
        DiagramLayout after = std::exchange(m_layout, std::move(before));
        const Viewport view = fitted(after.bounds, QRectF(rect()));
        m_isFitted = true;
        moveTo(std::move(after), view);
    }
    Q_EMIT detailChanged();
}

void DiagramCanvas::toggle(const Group& group, std::optional<QPointF> kept) {
    if (!m_graph)
        return;
    const auto [first, last] = stepsOf(*m_graph, group);
    m_open.toggle(group);
    DiagramLayout after = layoutDiagram(*m_graph, m_open, m_options);
    const QRectF from = placeOf(m_layout, first, last);
    const QRectF to = placeOf(after, first, last);
    const QPointF point = kept ? m_viewport.toDrawing(*kept) : from.center();
    const Viewport view = m_viewport.withPointAt(carried(point, from, to), m_viewport.toWidget(point));
    m_isFitted = false;
    moveTo(std::move(after), view);
}

void DiagramCanvas::toggleCurrent() {
    const DiagramNode* node =
        m_graph && m_content && m_content->current ? m_layout.nodeOf(*m_content->current) : nullptr;
    if (!node)
        return;
    if (const auto group = node->group())
        toggle(*group);
    else if (const DiagramFrame* frame = m_layout.frameAt(node->box.center()))
        toggle(frame->group);
}

void DiagramCanvas::fit() {
    setViewport(fitted(m_layout.bounds, QRectF(rect())));
    m_isFitted = true;
}

void DiagramCanvas::zoomBy(double factor) {
    zoomAround(QRectF(rect()).center(), factor);
}

void DiagramCanvas::zoomAround(const QPointF& position, double factor) {
    const double smallest = 0.5 * fitted(m_layout.bounds, QRectF(rect())).zoom;
    const double zoom = std::clamp(m_viewport.zoom * factor, smallest, largestZoom);
    setViewport(m_viewport.zoomedAround(position, zoom / m_viewport.zoom));
}

void DiagramCanvas::centreOn(const QPointF& point) {
    setViewport(m_viewport.withPointAt(point, QRectF(rect()).center()));
}

void DiagramCanvas::reveal(StepId step) {
    const DiagramNode* node = m_layout.nodeOf(step);
    if (!node || m_pressed || m_isFitted)
        return;  // fitted, all of it is in sight
    const Viewport& view = isMoving() ? m_motion.end() : m_viewport;
    const QPointF by = shiftInto(view.toWidget(node->box), QRectF(rect()).adjusted(24, 12, -24, -12));
    if (by.isNull())
        return;
    if (isMoving())
        m_motion.shiftEnd(by);
    else
        setViewport({view.zoom, view.offset + by});
}

void DiagramCanvas::setMinimapShown(bool shown) {
    m_isMinimapShown = shown;
    update();
}

Minimap DiagramCanvas::minimap() const {
    return {m_isMinimapShown ? m_layout.bounds : QRectF(), m_viewport, QRectF(rect())};
}

void DiagramCanvas::paintEvent(QPaintEvent*) {
    if (!m_graph || !m_content)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    DiagramPaintOptions options;
    options.zoom = m_viewport.zoom;
    options.visible = m_viewport.toDrawing(QRectF(rect()));
    painter.save();
    painter.translate(m_viewport.offset);
    painter.scale(m_viewport.zoom, m_viewport.zoom);
    if (isMoving()) {
        options.labelOpacity = m_motion.labelOpacity();
        paintDiagram(painter, m_motion.between(m_layout), *m_content, *m_theme, options);
    } else {
        paintDiagram(painter, m_layout, *m_content, *m_theme, options);
    }
    painter.restore();
    minimap().paint(painter, m_layout, *m_content, *m_theme);
    if (hasFocus() && m_isFocusShown) {
        painter.setPen(QPen(m_theme->mainPath, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
}

// The mouse shows where it is by itself.
void DiagramCanvas::focusInEvent(QFocusEvent* event) {
    m_isFocusShown = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                     event->reason() == Qt::ShortcutFocusReason;
    QWidget::focusInEvent(event);
}

void DiagramCanvas::resizeEvent(QResizeEvent*) {
    if (!m_graph)
        return;
    if (!m_isFitted)
        return setViewport(m_viewport);
    relayout();
    fit();
    Q_EMIT drawingChanged();
}

const DiagramNode* DiagramCanvas::nodeAt(const QPointF& position) const {
    return minimap().contains(position) ? nullptr : m_layout.nodeAt(m_viewport.toDrawing(position));
}

std::optional<Group> DiagramCanvas::groupAt(const QPointF& position) const {
    if (const DiagramNode* node = nodeAt(position); node && node->group())
        return node->group();
    if (const DiagramFrame* frame = m_layout.frameAt(m_viewport.toDrawing(position)))
        return frame->group;
    return std::nullopt;
}

void DiagramCanvas::showTip(const QPoint& position, const QPoint& global) {
    const DiagramNode* node = nodeAt(position);
    if (!node || !m_description)
        return QToolTip::hideText();
    QString text = m_description(node->step);
    if (node->group())
        text = node->name + QLatin1Char('\n') + text + QLatin1Char('\n') + tr("Double click opens it");
    QToolTip::showText(global, text, this, rectOf(*node).toAlignedRect());
}

bool DiagramCanvas::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        showTip(help->pos(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAround(gesture->position(), 1.0 + gesture->value());
            return true;
        }
    }
    return QWidget::event(event);
}

void DiagramCanvas::wheelEvent(QWheelEvent* event) {
    if (!event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase &&
        !(event->modifiers() & Qt::ControlModifier))
        setViewport({m_viewport.zoom, m_viewport.offset + event->pixelDelta()});
    else
        zoomAround(event->position(), std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void DiagramCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mousePressEvent(event);
    m_pressed = event->position();
    m_isDragging = false;
    m_isInMinimap = minimap().contains(event->position());
    if (m_isInMinimap)
        centreOn(minimap().toDrawing(event->position()));
}

void DiagramCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed)
        return setCursor(nodeAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (m_isInMinimap)
        return centreOn(minimap().toDrawing(event->position()));
    const QPointF moved = event->position() - *m_pressed;
    if (!m_isDragging && moved.manhattanLength() < 5)
        return;
    m_isDragging = true;
    m_pressed = event->position();
    setCursor(Qt::ClosedHandCursor);
    setViewport({m_viewport.zoom, m_viewport.offset + moved});
}

void DiagramCanvas::mouseReleaseEvent(QMouseEvent* event) {
    const bool wasClick = m_pressed && !m_isDragging && !m_isInMinimap && event->button() == Qt::LeftButton;
    m_pressed.reset();
    m_isDragging = false;
    setCursor(Qt::ArrowCursor);
    if (const DiagramNode* node = nodeAt(event->position()); node && wasClick)
        Q_EMIT stepClicked(node->step);
}

void DiagramCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (minimap().contains(event->position()))
        return;
    if (const auto group = groupAt(event->position()))
        toggle(*group, event->position());
    else
        fit();
}

void DiagramCanvas::keyPressEvent(QKeyEvent* event) {
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    switch (isPlain ? event->key() : 0) {
        case Qt::Key_Left:
            return Q_EMIT walkRequested(WalkDirection::Left);
        case Qt::Key_Right:
            return Q_EMIT walkRequested(WalkDirection::Right);
        case Qt::Key_Up:
            return Q_EMIT walkRequested(WalkDirection::Up);
        case Qt::Key_Down:
            return Q_EMIT walkRequested(WalkDirection::Down);
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(keyZoom);
        case Qt::Key_Minus:
            return zoomBy(1.0 / keyZoom);
        case Qt::Key_0:
        case Qt::Key_F:
            return fit();
        case Qt::Key_1:
            return setDetail(Detail::Network);
        case Qt::Key_2:
            return setDetail(Detail::Unit);
        case Qt::Key_3:
            return setDetail(Detail::Layer);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return toggleCurrent();
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace resnet::ui

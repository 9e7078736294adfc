// What mouse, wheel, gestures and keys do to the canvas.

#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/StepDescription.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>

#include <cmath>

namespace resnet::ui {

namespace {

constexpr double lineReach = 6.0;  // pixels: a thin line is easy to miss

}  // namespace

void DiagramCanvas::showTip(const QPoint& position, const QPoint& global) {
    const DiagramNode* node = nodeAt(position);
    if (!node && m_graph && !minimap().contains(position)) {
        const DiagramEdge* edge =
            m_layout.edgeAt(m_viewport.toDrawing(position), lineReach / m_viewport.zoom);
        return QToolTip::showText(global, edge ? descriptionOf(*m_graph, *edge, m_layout) : QString(), this);
    }
    if (!node || !m_description)
        return QToolTip::hideText();
    QString text = m_description(node->step);
    if (node->group())
        text = titleOf(*m_graph, *node) + QLatin1Char('\n') + text + QLatin1Char('\n') +
               tr("Double click opens it");
    QToolTip::showText(global, text, this, toScreen(rectOf(*node)).toAlignedRect());
}

bool DiagramCanvas::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        showTip(toArea(help->pos()).toPoint(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAround(toArea(gesture->position()), 1.0 + gesture->value());
            return true;
        }
    }
    return Canvas::event(event);
}

void DiagramCanvas::wheelEvent(QWheelEvent* event) {
    if (!event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase &&
        !(event->modifiers() & Qt::ControlModifier))
        setViewport({m_viewport.zoom, m_viewport.offset + toArea(QPointF(event->pixelDelta()))});
    else
        zoomAround(toArea(event->position()), std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void DiagramCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return Canvas::mousePressEvent(event);
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

std::optional<UnitId> DiagramCanvas::unitAt(const QPointF& position) const {
    if (!m_graph || minimap().contains(position))
        return std::nullopt;
    if (const DiagramNode* node = nodeAt(position))
        return node->unit >= 0 ? std::optional(UnitId{node->stage, node->unit}) : std::nullopt;
    const DiagramEdge* edge = m_layout.edgeAt(m_viewport.toDrawing(position), lineReach / m_viewport.zoom);
    const DiagramNode* to = edge ? &m_layout.nodes[std::size_t(edge->to)] : nullptr;
    if (to && edge->unit >= 0)
        return UnitId{to->stage, edge->unit};
    return to && to->unit >= 0 ? std::optional(UnitId{to->stage, to->unit}) : std::nullopt;
}

// From the keyboard it is about the current unit.
void DiagramCanvas::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() != QContextMenuEvent::Keyboard) {
        if (const std::optional<UnitId> unit = unitAt(toArea(QPointF(event->pos()))))
            Q_EMIT unitMenuRequested(*unit, event->globalPos());
        return;
    }
    const DiagramNode* node =
        m_content && m_content->current ? m_layout.nodeOf(*m_content->current) : nullptr;
    const ResidualUnit* unit = node && m_graph ? m_graph->unitOf(*m_content->current) : nullptr;
    if (unit)
        Q_EMIT unitMenuRequested(idOf(*unit), mapToGlobal(toScreen(rectOf(*node).center()).toPoint()));
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
        case Qt::Key_X:
            return Q_EMIT toggleRequested(event->modifiers() & Qt::ShiftModifier ? Way::Shortcut
                                                                                 : Way::MainPath);
        default:
            Canvas::keyPressEvent(event);
    }
}

}  // namespace resnet::ui

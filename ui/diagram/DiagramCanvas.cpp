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

constexpr int animationMilliseconds = 200;
constexpr double largestZoom = 6.0;
constexpr double largestFit = 1.6;
constexpr double minimapWidth = 168.0;
constexpr double minimapHeight = 84.0;
constexpr double keyZoom = 1.25;

}  // namespace

DiagramCanvas::DiagramCanvas(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Diagram of the network"));
    setAccessibleDescription(
        tr("Left and right walk along the data, up and down between main path and shortcut. Enter opens a "
           "unit."));
    m_animation.setDuration(animationMilliseconds);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const double t = value.toDouble();
        m_zoom = m_startView.zoom + (m_endView.zoom - m_startView.zoom) * t;
        m_offset = m_startView.offset + (m_endView.offset - m_startView.offset) * t;
        update();
    });
}

void DiagramCanvas::setGraph(const Graph* graph) {
    m_graph = graph;
    m_animation.stop();
    m_open = graph ? OpenNodes::at(m_detail, *graph) : OpenNodes();
    relayout();
    m_isFitted = true;
    fit();
    Q_EMIT drawingChanged();
}

void DiagramCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void DiagramCanvas::relayout() {
    if (!m_graph) {
        m_layout = {};
        return;
    }
    const double aspect = double(std::max(width(), 1)) / std::max(height(), 1);
    m_options = m_detail == Detail::Layer ? foldedFor(*m_graph, m_open, aspect)
                                          : riverFor(*m_graph, m_open, QSizeF(size()));
    m_layout = layoutDiagram(*m_graph, m_open, m_options);
}

DiagramCanvas::View DiagramCanvas::fittedView(const DiagramLayout& layout) const {
    View view;
    if (layout.bounds.isEmpty())
        return view;
    view.zoom = std::min({width() / layout.bounds.width(), height() / layout.bounds.height(), largestFit});
    view.offset = QRectF(rect()).center() - layout.bounds.center() * view.zoom;
    return view;
}

void DiagramCanvas::animateTo(DiagramLayout layout, const View& view) {
    m_start = m_animation.state() == QVariantAnimation::Running
                  ? morphed(m_start, m_layout, m_animation.currentValue().toDouble())
                  : m_layout;
    m_startView = {m_zoom, m_offset};
    m_endView = view;
    m_layout = std::move(layout);
    m_animation.stop();
    m_animation.start();
}

void DiagramCanvas::setDetail(Detail detail) {
    m_detail = detail;
    if (m_graph) {
        const DiagramLayout before = m_layout;
        m_open = OpenNodes::at(detail, *m_graph);
        relayout();
        DiagramLayout after = std::exchange(m_layout, before);
        const View view = fittedView(after);
        m_isFitted = true;
        animateTo(std::move(after), view);
    }
    Q_EMIT detailChanged();
    Q_EMIT drawingChanged();
}

void DiagramCanvas::toggle(const Group& group) {
    if (!m_graph)
        return;
    // The group's steps tell where it stands before and after.
    StepId first = m_graph->stepCount();
    StepId last = -1;
    for (const Step& step : m_graph->steps()) {
        const bool isInside = group.kind == Group::Kind::Stem ? step.way == Way::Stem
                              : group.kind == Group::Kind::Head
                                  ? step.way == Way::Head
                                  : step.stage == group.stage && (group.unit < 0 || step.unit == group.unit);
        if (isInside) {
            first = std::min(first, step.id);
            last = std::max(last, step.id);
        }
    }
    m_open.toggle(group);
    DiagramLayout after = layoutDiagram(*m_graph, m_open, m_options);
    const QPointF kept = placeOf(m_layout, first, last).center() * m_zoom + m_offset;
    View view{m_zoom, kept - placeOf(after, first, last).center() * m_zoom};
    m_isFitted = false;
    animateTo(std::move(after), view);
    Q_EMIT drawingChanged();
}

void DiagramCanvas::fit() {
    m_isFitted = true;
    const View view = fittedView(m_layout);
    m_zoom = view.zoom;
    m_offset = view.offset;
    m_endView = view;
    update();
}

void DiagramCanvas::zoomBy(double factor) {
    zoomAround(QRectF(rect()).center(), factor);
}

void DiagramCanvas::zoomAround(const QPointF& position, double factor) {
    m_animation.stop();
    const QPointF kept = toDrawing(position);
    m_zoom = std::clamp(m_zoom * factor, 0.5 * fittedView(m_layout).zoom, largestZoom);
    m_offset = position - kept * m_zoom;
    m_isFitted = false;
    keepInReach();
    update();
}

// A part of the drawing stays in sight.
void DiagramCanvas::keepInReach() {
    const QRectF drawn(m_offset + m_layout.bounds.topLeft() * m_zoom, m_layout.bounds.size() * m_zoom);
    constexpr double reach = 80.0;
    m_offset.rx() += std::max(0.0, reach - drawn.right()) - std::max(0.0, drawn.left() - (width() - reach));
    m_offset.ry() += std::max(0.0, reach - drawn.bottom()) - std::max(0.0, drawn.top() - (height() - reach));
}

void DiagramCanvas::reveal(StepId step) {
    const DiagramNode* node = m_layout.nodeOf(step);
    if (!node || m_pressed || m_isFitted)
        return;  // fitted, all of it is in sight
    const QRectF place(node->box.topLeft() * m_endView.zoom + m_endView.offset,
                       node->box.size() * m_endView.zoom);
    const bool isMoving = m_animation.state() == QVariantAnimation::Running;
    const QRectF shown = isMoving ? place : rectOf(*node);
    const QRectF wanted = QRectF(rect()).adjusted(24, 12, -24, -12);
    QPointF by(std::max(0.0, wanted.left() - shown.left()) - std::max(0.0, shown.right() - wanted.right()),
               std::max(0.0, wanted.top() - shown.top()) - std::max(0.0, shown.bottom() - wanted.bottom()));
    if (by.isNull())
        return;
    m_endView.offset += by;
    if (!isMoving) {
        m_offset += by;
        update();
    }
}

void DiagramCanvas::setMinimapShown(bool shown) {
    m_isMinimapShown = shown;
    update();
}

QRectF DiagramCanvas::rectOf(const DiagramNode& node) const {
    return {node.box.topLeft() * m_zoom + m_offset, node.box.size() * m_zoom};
}

QRectF DiagramCanvas::minimapRect() const {
    const QRectF shown(m_offset + m_layout.bounds.topLeft() * m_zoom, m_layout.bounds.size() * m_zoom);
    if (!m_isMinimapShown || m_layout.bounds.isEmpty() ||
        QRectF(rect()).adjusted(-24, -24, 24, 24).contains(shown))
        return {};
    const double scale =
        std::min(minimapWidth / m_layout.bounds.width(), minimapHeight / m_layout.bounds.height());
    const QSizeF size = m_layout.bounds.size() * scale + QSizeF(8, 8);
    return {QPointF(width() - size.width() - 4, height() - size.height() - 4), size};
}

void DiagramCanvas::paintMinimap(QPainter& painter) {
    const QRectF map = minimapRect();
    if (map.isEmpty())
        return;
    painter.setPen(QPen(m_theme->line, 1));
    painter.setBrush(m_theme->panel);
    painter.drawRoundedRect(map, 6, 6);
    const double scale = (map.width() - 8) / m_layout.bounds.width();
    painter.save();
    painter.translate(map.topLeft() + QPointF(4, 4));
    painter.scale(scale, scale);
    paintDiagram(painter, m_layout, *m_content, *m_theme, {scale, {}, false, 0.0});
    painter.restore();
    const QRectF seen = QRectF(toDrawing({}), QSizeF(size()) / m_zoom).intersected(m_layout.bounds);
    painter.setPen(QPen(m_theme->selection, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(map.topLeft() + QPointF(4, 4) + seen.topLeft() * scale, seen.size() * scale));
}

void DiagramCanvas::centreFromMinimap(const QPointF& position) {
    const QRectF map = minimapRect();
    if (map.isEmpty())
        return;
    const double scale = (map.width() - 8) / m_layout.bounds.width();
    const QPointF target = (position - map.topLeft() - QPointF(4, 4)) / scale;
    m_offset = QRectF(rect()).center() - target * m_zoom;
    m_isFitted = false;
    keepInReach();
    update();
}

void DiagramCanvas::paintEvent(QPaintEvent*) {
    if (!m_graph || !m_content)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    DiagramPaintOptions options;
    options.zoom = m_zoom;
    options.visible = QRectF(toDrawing({}), QSizeF(size()) / m_zoom);
    painter.save();
    painter.translate(m_offset);
    painter.scale(m_zoom, m_zoom);
    if (m_animation.state() == QVariantAnimation::Running) {
        const double t = m_animation.currentValue().toDouble();
        options.labelOpacity = std::max(0.0, 2.0 * t - 1.0);
        paintDiagram(painter, morphed(m_start, m_layout, t), *m_content, *m_theme, options);
    } else {
        paintDiagram(painter, m_layout, *m_content, *m_theme, options);
    }
    painter.restore();
    paintMinimap(painter);
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
    if (m_isFitted) {
        m_animation.stop();
        relayout();
        fit();
        Q_EMIT drawingChanged();
    } else {
        keepInReach();
    }
}

std::optional<Group> DiagramCanvas::groupAt(const QPointF& position) const {
    const QPointF point = toDrawing(position);
    if (const DiagramNode* node = m_layout.nodeAt(point); node && node->group())
        return node->group();
    if (const DiagramFrame* frame = m_layout.frameAt(point))
        return frame->group;
    return std::nullopt;
}

bool DiagramCanvas::showTip(const QPoint& position, const QPoint& global) {
    const DiagramNode* node = m_layout.nodeAt(toDrawing(position));
    if (!node || !m_description) {
        QToolTip::hideText();
        return true;
    }
    QString text = m_description(node->step);
    if (const auto group = node->group())
        text = node->name + QLatin1Char('\n') + text + QLatin1Char('\n') + tr("Double click opens it");
    QToolTip::showText(global, text, this, rectOf(*node).toAlignedRect());
    return true;
}

bool DiagramCanvas::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        return showTip(help->pos(), help->globalPos());
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
        !(event->modifiers() & Qt::ControlModifier)) {
        m_animation.stop();
        m_offset += event->pixelDelta();
        m_isFitted = false;
        keepInReach();
        update();
    } else {
        zoomAround(event->position(), std::pow(1.0015, event->angleDelta().y()));
    }
    event->accept();
}

void DiagramCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mousePressEvent(event);
    m_pressed = event->position();
    m_isDragging = false;
    m_isInMinimap = minimapRect().contains(event->position());
    if (m_isInMinimap)
        centreFromMinimap(event->position());
}

void DiagramCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed && m_isInMinimap)
        return centreFromMinimap(event->position());
    if (m_pressed) {
        const QPointF moved = event->position() - *m_pressed;
        if (!m_isDragging && moved.manhattanLength() < 5)
            return;
        m_isDragging = true;
        m_animation.stop();
        m_offset += moved;
        m_pressed = event->position();
        m_isFitted = false;
        keepInReach();
        setCursor(Qt::ClosedHandCursor);
        return update();
    }
    const bool isOnNode =
        !minimapRect().contains(event->position()) && m_layout.nodeAt(toDrawing(event->position()));
    setCursor(isOnNode ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void DiagramCanvas::mouseReleaseEvent(QMouseEvent* event) {
    const bool wasClick = m_pressed && !m_isDragging && !m_isInMinimap && event->button() == Qt::LeftButton;
    m_pressed.reset();
    m_isDragging = false;
    setCursor(Qt::ArrowCursor);
    if (!wasClick)
        return;
    if (const DiagramNode* node = m_layout.nodeAt(toDrawing(event->position())))
        Q_EMIT stepClicked(node->step);
}

void DiagramCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (minimapRect().contains(event->position()))
        return;
    if (const auto group = groupAt(event->position()))
        toggle(*group);
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
            if (m_graph && m_content && m_content->current)
                if (const DiagramNode* node = m_layout.nodeOf(*m_content->current)) {
                    if (const auto group = node->group())
                        toggle(*group);
                    else if (const DiagramFrame* frame = m_layout.frameAt(node->box.center()))
                        toggle(frame->group);
                }
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace resnet::ui

#include "ui/diagram/DiagramCanvas.h"

#include "ui/drawing/LayoutMorph.h"
#include "ui/painting/Halo.h"
#include "ui/words/StepWords.h"

#include <QPainter>

#include <algorithm>
#include <limits>

namespace resnet::ui {

namespace {

constexpr double largestZoom = 6.0;
constexpr double leastLayer = 24.0;   // pixels that a layer takes at least at the start
constexpr double readableZoom = 0.8;  // where it would take less
constexpr double besideLegend = 4.0;

// The point at the same share of another rectangle's width and height.
QPointF carried(const QPointF& point, const QRectF& from, const QRectF& to) {
    const QPointF in = point - from.topLeft();
    return to.topLeft() + QPointF(in.x() / from.width() * to.width(), in.y() / from.height() * to.height());
}

}  // namespace

DiagramCanvas::DiagramCanvas(QWidget* parent) : Canvas(parent), m_motion(this) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Diagram of the network"));
    setAccessibleDescription(tr(
        "Left and right walk along the data, up and down between main path and shortcut. Enter opens a unit, X switches its F(x) off, Shift+X its shortcut."));
    connect(&m_motion, &DiagramMotion::moved, this, [this] {
        m_viewport = m_motion.viewport();
        update();
    });
}

void DiagramCanvas::setGraph(const Graph* graph) {
    m_graph = graph;
    m_open = graph ? OpenNodes::at(m_detail, *graph) : OpenNodes();
    relayout();
    showStart();
    Q_EMIT drawingChanged();
}

void DiagramCanvas::setTheme(const Theme& theme) {
    m_theme = &theme;
    contentChanged();
}

void DiagramCanvas::contentChanged() {
    m_minimapPicture = {};
    const double height = m_isLegendShown ? legend().heightFor(area().width() - 2 * besideLegend) : 0.0;
    if (m_graph && height != m_legendHeight) {
        m_legendHeight = height;
        refit();
    }
    update();
    tellSpoken();
}

QString DiagramCanvas::spoken() const {
    if (!m_graph)
        return tr("no network");
    if (!m_content || !m_content->current || *m_content->current == inputStep)
        return tr("the picture, before the first step");
    return tr("%1, step %2 of %3")
        .arg(titleOf(*m_graph, *m_content->current))
        .arg(*m_content->current + 1)
        .arg(m_graph->stepCount());
}

QRectF DiagramCanvas::place() const {
    return area().adjusted(0, 0, 0, -m_legendHeight);
}

// What thickness and shade stand for is told in any case, what the lines mean where there is room.
DiagramLegend DiagramCanvas::legend() const {
    DiagramPaintOptions options;
    options.zoom = m_viewport.zoom;
    const DiagramContent nothing;
    DiagramLegend legend(m_layout, m_content ? *m_content : nothing, *m_theme, options);
    if (legend.heightFor(area().width() - 2 * besideLegend) > DiagramLegend::rowHeight)
        legend.leaveOutLines();
    if (m_content) {
        DiagramLegend captioned = legend;
        captioned.addCaption(mapsCaption(m_layout, *m_content));
        if (captioned.heightFor(area().width() - 2 * besideLegend) <= DiagramLegend::rowHeight)
            return captioned;
    }
    return legend;
}

void DiagramCanvas::relayout() {
    m_layout = {};
    m_minimapPicture = {};
    if (!m_graph)
        return;
    const QSizeF size = place().size().expandedTo({1, 1});
    m_options = m_detail == Detail::Layer ? foldedFor(*m_graph, m_open, size.width() / size.height())
                                          : riverFor(*m_graph, m_open, size);
    m_layout = layoutDiagram(*m_graph, m_open, m_options);
}

void DiagramCanvas::moveTo(DiagramLayout layout, const Viewport& viewport) {
    m_motion.start(isMoving() ? m_motion.between(m_layout) : m_layout, m_viewport, viewport);
    m_layout = std::move(layout);
    m_minimapPicture = {};
    Q_EMIT drawingChanged();
}

void DiagramCanvas::setViewport(const Viewport& viewport) {
    m_motion.stop();
    m_isFitted = false;
    m_isAtStart = false;
    m_viewport = keptInReach(viewport, m_layout.bounds, place());
    update();
}

// All of the drawing; where its layers would be too small to tell apart, those around the current step.
Viewport DiagramCanvas::startOf(const DiagramLayout& layout) const {
    const Viewport whole = fitted(layout.bounds, place());
    double least = std::numeric_limits<double>::infinity();
    for (const DiagramNode& node : layout.nodes)
        if (node.kind == NodeKind::Step)
            least = std::min(least, std::max(node.box.width(), node.box.height()));
    if (m_detail != Detail::Layer || whole.zoom * least >= leastLayer)
        return whole;
    const DiagramNode* node =
        m_content && m_content->current ? layout.nodeOf(*m_content->current) : &layout.nodes.front();
    const Viewport near = Viewport{readableZoom, {}}.withPointAt(
        (node ? *node : layout.nodes.front()).box.center(), place().center());
    return filling(near, layout.bounds, place());
}

void DiagramCanvas::showStart() {
    if (m_layout.nodes.empty())
        return fit();
    const Viewport view = startOf(m_layout);
    setViewport(view);
    m_isFitted = view.zoom == fitted(m_layout.bounds, place()).zoom;
    m_isAtStart = true;
}

void DiagramCanvas::setDetail(Detail detail) {
    m_detail = detail;
    if (m_graph) {
        m_open = OpenNodes::at(detail, *m_graph);
        DiagramLayout before = m_layout;
        relayout();
        DiagramLayout after = std::exchange(m_layout, std::move(before));
        const Viewport view = startOf(after);
        m_isFitted = view.zoom == fitted(after.bounds, place()).zoom;
        m_isAtStart = true;
        moveTo(std::move(after), view);
    }
    Q_EMIT detailChanged();
}

void DiagramCanvas::toggle(const Group& group, std::optional<QPointF> kept) {
    if (!m_graph)
        return;
    const std::span<const Step> steps = stepsOf(*m_graph, group);
    const StepId first = steps.front().id;
    const StepId last = steps.back().id;
    m_open.toggle(group);
    DiagramLayout after = layoutDiagram(*m_graph, m_open, m_options);
    const QRectF from = placeOf(m_layout, first, last);
    const QRectF to = placeOf(after, first, last);
    const QPointF point = kept ? m_viewport.toDrawing(*kept) : from.center();
    const Viewport view = m_viewport.withPointAt(carried(point, from, to), m_viewport.toWidget(point));
    m_isFitted = false;
    m_isAtStart = false;
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
    setViewport(fitted(m_layout.bounds, place()));
    m_isFitted = true;
}

void DiagramCanvas::zoomBy(double factor) {
    zoomAround(place().center(), factor);
}

void DiagramCanvas::zoomAround(const QPointF& position, double factor) {
    const double smallest = 0.5 * fitted(m_layout.bounds, place()).zoom;
    const double zoom = std::clamp(m_viewport.zoom * factor, smallest, largestZoom);
    setViewport(m_viewport.zoomedAround(position, zoom / m_viewport.zoom));
}

void DiagramCanvas::centreOn(const QPointF& point) {
    setViewport(m_viewport.withPointAt(point, place().center()));
}

void DiagramCanvas::reveal(StepId step) {
    const DiagramNode* node = m_layout.nodeOf(step);
    if (!node || m_pressed || m_isFitted)
        return;  // fitted, all of it is in sight
    const Viewport& view = isMoving() ? m_motion.end() : m_viewport;
    const QPointF by = shiftInto(view.toWidget(node->box), place().adjusted(24, 12, -24, -12));
    if (by.isNull())
        return;
    if (isMoving())
        m_motion.shiftEnd(by);
    else
        setViewport({view.zoom, view.offset + by});
}

void DiagramCanvas::setLegendShown(bool shown) {
    m_isLegendShown = shown;
    relayout();
}

void DiagramCanvas::setHalo(std::optional<StepId> step) {
    m_halo = step;
    update();
}

void DiagramCanvas::setMinimapShown(bool shown) {
    m_isMinimapShown = shown;
    update();
}

Minimap DiagramCanvas::minimap() const {
    return {m_isMinimapShown ? m_layout.bounds : QRectF(), m_viewport, place()};
}

void DiagramCanvas::paintMinimap(QPainter& painter) {
    const Minimap map = minimap();
    if (map.rect().isEmpty())
        return;
    if (m_minimapPicture.isNull() || m_minimapPicture.devicePixelRatio() != pixelRatio())
        m_minimapPicture = map.picture(m_layout, *m_content, *m_theme, pixelRatio());
    map.paint(painter, m_minimapPicture, *m_theme);
}

void DiagramCanvas::paint(QPainter& painter) {
    if (!m_graph || !m_content)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    DiagramPaintOptions options;
    options.zoom = m_viewport.zoom;
    options.fadesByZoom = !m_isFitted;
    options.visible = m_viewport.toDrawing(place());
    painter.save();
    painter.setClipRect(place());
    painter.translate(m_viewport.offset);
    painter.scale(m_viewport.zoom, m_viewport.zoom);
    if (isMoving()) {
        options.labelOpacity = m_motion.labelOpacity();
        paintDiagram(painter, m_motion.between(m_layout), *m_content, *m_theme, options);
    } else {
        paintDiagram(painter, m_layout, *m_content, *m_theme, options);
    }
    painter.restore();
    if (const DiagramNode* node = m_halo && !isMoving() ? m_layout.nodeOf(*m_halo) : nullptr)
        paintHalo(painter, rectOf(*node), *m_theme);
    paintMinimap(painter);
    if (m_isLegendShown)
        legend().paint(painter, area().adjusted(besideLegend, place().height(), -besideLegend, 0));
}

void DiagramCanvas::resizeEvent(QResizeEvent*) {
    if (m_graph)
        refit();
}

// The place has another size: what was fitted to it is fitted again.
void DiagramCanvas::refit() {
    if (!m_isFitted && !m_isAtStart)
        return setViewport(m_viewport);
    relayout();
    m_isAtStart ? showStart() : fit();
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

}  // namespace resnet::ui

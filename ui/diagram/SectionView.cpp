#include "ui/diagram/SectionView.h"

#include "ui/diagram/StepDescription.h"
#include "ui/painting/DiagramPainter.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace resnet::ui {

SectionView::SectionView(QWidget* parent) : Canvas(parent) {
    setProperty("role", QStringLiteral("inset"));
    setMouseTracking(true);
    setAccessibleName(tr("The selected unit"));
}

void SectionView::setSection(const Graph* graph, const Section& section) {
    m_graph = graph;
    m_section = section;
    if (graph)
        setAccessibleDescription(titleOf(section) + QStringLiteral(": ") + explanationOf(*graph, section));
    relayout();
}

void SectionView::setContent(DiagramContent content) {
    m_content = std::move(content);
    update();
}

void SectionView::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void SectionView::relayout() {
    m_layout = {};
    const QRectF room = area().adjusted(4, 4, -4, -4);
    if (m_graph && room.height() > 10 && room.width() > 10) {
        m_layout = layoutSection(*m_graph, m_section, room.width() / room.height());
        m_viewport = fitted(m_layout.bounds, room);
    }
    update();
}

void SectionView::resizeEvent(QResizeEvent* event) {
    Canvas::resizeEvent(event);
    relayout();
}

void SectionView::paint(QPainter& painter) {
    if (!m_graph)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(m_viewport.offset);
    painter.scale(m_viewport.zoom, m_viewport.zoom);
    DiagramPaintOptions options;
    options.zoom = m_viewport.zoom;
    paintDiagram(painter, m_layout, m_content, *m_theme, options);
}

const DiagramNode* SectionView::nodeAt(const QPointF& position) const {
    return m_layout.nodeAt(m_viewport.toDrawing(position));
}

QString SectionView::tipAt(const QPointF& position) const {
    constexpr double reach = 6.0;
    if (const DiagramNode* node = nodeAt(position))
        return m_description ? m_description(node->step) : QString();
    if (const DiagramEdge* edge = m_layout.edgeAt(m_viewport.toDrawing(position), reach))
        return descriptionOf(*m_graph, *edge, m_layout);
    return {};
}

bool SectionView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_graph) {
        auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tipAt(toArea(QPointF(help->pos()))), this);
        return true;
    }
    if (event->type() == QEvent::MouseMove)
        setCursor(nodeAt(toArea(static_cast<QMouseEvent*>(event)->position())) ? Qt::PointingHandCursor
                                                                               : Qt::ArrowCursor);
    return Canvas::event(event);
}

void SectionView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const DiagramNode* node = nodeAt(event->position()))
        Q_EMIT stepClicked(node->step);
}

}  // namespace resnet::ui

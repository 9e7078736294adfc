#include "ui/diagram/SectionView.h"

#include "ui/diagram/StepDescription.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace resnet::ui {

namespace {

constexpr double headerHeight = 32.0;

}  // namespace

SectionView::SectionView(QWidget* parent) : QFrame(parent) {
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

void SectionView::setNote(const QString& note) {
    m_note = note;
    update();
}

void SectionView::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void SectionView::relayout() {
    m_layout = {};
    const QRectF room = QRectF(rect()).adjusted(4, headerHeight, -4, -4);
    if (m_graph && room.height() > 10 && room.width() > 10) {
        m_layout = layoutSection(*m_graph, m_section, room.width() / room.height());
        m_viewport = fitted(m_layout.bounds, room);
    }
    update();
}

void SectionView::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    relayout();
}

void SectionView::paintHeader(QPainter& painter) {
    QRectF line = QRectF(rect()).adjusted(16, 8, -16, 0);
    line.setHeight(22);
    const QString title = titleOf(m_section);
    const double titleWidth = textWidth(title, TextRole::Title);
    const double noteWidth = textWidth(m_note, TextRole::Secondary);
    drawText(painter, title, line, Qt::AlignLeft, {m_theme->ink, TextRole::Title});
    drawText(painter, m_note, line, Qt::AlignRight, {m_theme->secondaryText, TextRole::Secondary});
    const QRectF rest = line.adjusted(titleWidth + 14, 0, -noteWidth - 14, 0);
    const QString said = QFontMetricsF(resnet::ui::font(TextRole::Secondary))
                             .elidedText(explanationOf(*m_graph, m_section), Qt::ElideRight, rest.width());
    drawText(painter, said, rest, Qt::AlignLeft, {m_theme->secondaryText, TextRole::Secondary});
}

void SectionView::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (!m_graph)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHeader(painter);
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
    return position.y() < headerHeight ? explanationOf(*m_graph, m_section) : QString();
}

bool SectionView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_graph) {
        auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
        return true;
    }
    if (event->type() == QEvent::MouseMove)
        setCursor(nodeAt(static_cast<QMouseEvent*>(event)->position()) ? Qt::PointingHandCursor
                                                                       : Qt::ArrowCursor);
    return QFrame::event(event);
}

void SectionView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const DiagramNode* node = nodeAt(event->position()))
        Q_EMIT stepClicked(node->step);
}

}  // namespace resnet::ui

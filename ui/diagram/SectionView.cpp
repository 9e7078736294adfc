#include "ui/diagram/SectionView.h"

#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double headerHeight = 32.0;
constexpr double largestZoom = 1.7;

}  // namespace

SectionView::SectionView(QWidget* parent) : QFrame(parent) {
    setProperty("role", QStringLiteral("inset"));
    setMouseTracking(true);
    setAccessibleName(tr("The selected unit"));
}

void SectionView::show(const Graph* graph, const Section& section) {
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
        const QRectF& bounds = m_layout.bounds;
        m_zoom = std::min({room.width() / bounds.width(), room.height() / bounds.height(), largestZoom});
        m_offset = room.center() - bounds.center() * m_zoom;
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
    painter.translate(m_offset);
    painter.scale(m_zoom, m_zoom);
    DiagramPaintOptions options;
    options.zoom = m_zoom;
    paintDiagram(painter, m_layout, m_content, *m_theme, options);
}

const DiagramNode* SectionView::nodeAt(const QPointF& position) const {
    return m_layout.nodeAt((position - m_offset) / m_zoom);
}

bool SectionView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_graph) {
        auto* help = static_cast<QHelpEvent*>(event);
        const DiagramNode* node = nodeAt(help->pos());
        const QString text = node && m_description            ? m_description(node->step)
                             : help->pos().y() < headerHeight ? explanationOf(*m_graph, m_section)
                                                              : QString();
        QToolTip::showText(help->globalPos(), text, this);
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

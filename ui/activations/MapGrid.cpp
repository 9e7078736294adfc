#include "ui/activations/MapGrid.h"

#include "ui/painting/MapPainter.h"
#include "ui/widgets/TextSize.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace resnet::ui {
namespace {

// Whether the same pictures show both.
bool looksAlike(const MapGridContent& a, const MapGridContent& b) {
    return a.pictures.isEmpty() && b.pictures.isEmpty() && a.maps == b.maps && a.colors == b.colors &&
           a.scales == b.scales;
}

}  // namespace

MapGrid::MapGrid(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Feature maps of the step"));
    followTextSize(*this, [this] { updateLayout(); });
    setAccessibleDescription(tr("Arrow keys move over channels"));
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
}

void MapGrid::setContent(MapGridContent content) {
    const bool sameOrder = content.order == m_content.order;
    const bool isSortedAnew = !sameOrder && content.maps == m_content.maps;
    const int placeBefore = m_layout.count() > 0 ? verticalScrollBar()->value() : 0;
    const QSize sizeBefore = m_layout.mapSize();
    m_areAtlasesStale = m_areAtlasesStale || !looksAlike(m_content, content);
    m_content = std::move(content);
    m_hovered = -1;
    updateLayout();
    if (sameOrder && sizeBefore == m_layout.mapSize())
        verticalScrollBar()->setValue(placeBefore);
    else if (const int position = positionOf(m_selected); position >= 0 && !isSortedAnew)
        reveal(position);
    else
        verticalScrollBar()->setValue(0);
    viewport()->update();
}

void MapGrid::setSelectedChannel(int channel) {
    if (channel == m_selected)
        return;
    m_selected = channel;
    reveal(positionOf(channel));
    viewport()->update();
}

void MapGrid::setPointedCell(std::optional<Cell> cell) {
    if (cell == m_pointed)
        return;
    m_pointed = cell;
    viewport()->update();
}

void MapGrid::setTheme(const Theme& theme) {
    m_areAtlasesStale = m_areAtlasesStale || m_theme->isDark() != theme.isDark();
    m_theme = &theme;
    viewport()->update();
}

QRect MapGrid::channelRect(int channel) const {
    const int position = positionOf(channel);
    return position < 0 ? QRect() : m_layout.rectOf(position).translated(0, -verticalScrollBar()->value());
}

int MapGrid::positionOf(int channel) const {
    const auto found = std::ranges::find(m_content.order, channel);
    return found == m_content.order.end() ? -1 : int(found - m_content.order.begin());
}

// Like a canvas, it counts pixels of text of normal size.
QSize MapGrid::room() const {
    return (QSizeF(viewport()->size()) / textScale()).toSize();
}

void MapGrid::updateLayout() {
    const QSize mapSizeBefore = m_layout.mapSize();
    m_layout = m_content.layoutIn(room());
    m_areAtlasesStale = m_areAtlasesStale || mapSizeBefore != m_layout.mapSize();
    verticalScrollBar()->setRange(0, std::max(0, m_layout.contentHeight() - room().height()));
    verticalScrollBar()->setPageStep(room().height());
    verticalScrollBar()->setSingleStep(m_layout.rowHeight() / 2);
    Q_EMIT layoutChanged();
}

void MapGrid::reveal(int position) {
    if (position < 0)
        return;
    const QRect rect = m_layout.rectOf(position).adjusted(0, -MapGridLayout::inset, 0, MapGridLayout::inset);
    QScrollBar* const bar = verticalScrollBar();
    if (rect.top() < bar->value())
        bar->setValue(rect.top());
    else if (rect.bottom() > bar->value() + room().height())
        bar->setValue(rect.bottom() - room().height());
}

void MapGrid::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.scale(textScale(), textScale());
    if (m_content.isEmpty()) {
        painter.setFont(ui::font(TextRole::Body));
        painter.setPen(m_theme->secondaryText);
        painter.drawText(QRect(QPoint(), room()), Qt::AlignCenter | Qt::TextWordWrap, m_content.placeholder);
        return;
    }
    if (std::exchange(m_areAtlasesStale, false))
        m_atlases =
            m_content.atlases(m_layout.mapSize() * textScale() * viewport()->devicePixelRatioF(), *m_theme);
    const int top = verticalScrollBar()->value();
    const int first = std::max(0, top / m_layout.rowHeight() - 1) * m_layout.columns();
    const int last =
        std::min(m_layout.count(), ((top + room().height()) / m_layout.rowHeight() + 1) * m_layout.columns());
    painter.translate(0, -top);
    for (int position = first; position < last; ++position) {
        const int channel = m_content.order[std::size_t(position)];
        paintMapGridPlace(painter, m_content, m_layout, m_atlases,
                          {position, channel == m_hovered, channel == m_selected}, *m_theme);
    }
    paintPointedCell(painter);
    paintSelection(painter);
}

void MapGrid::paintSelection(QPainter& painter) {
    const int position = positionOf(m_selected);
    if (position < 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const QRectF rect = m_layout.rectOf(position);
    painter.setPen(QPen(m_theme->panel, 1));
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setPen(QPen(hasFocus() ? m_theme->mainPath : m_theme->selection, Theme::selectionWidth));
    painter.drawRoundedRect(rect.adjusted(-1.2, -1.2, 1.2, 1.2), 2, 2);
}

void MapGrid::paintPointedCell(QPainter& painter) {
    const int position = positionOf(m_hovered >= 0 ? m_hovered : m_selected);
    const FeatureMaps& maps = *m_content.anyMaps();
    if (!m_pointed || position < 0 || m_pointed->y >= maps.height() || m_pointed->x >= maps.width())
        return;
    for (int tile = 0; tile < m_content.tileCount(); ++tile)
        paintCellMark(painter, cellRect(m_layout.tileRect(position, tile), maps.height(), maps.width(),
                                        m_pointed->y, m_pointed->x));
}

void MapGrid::resizeEvent(QResizeEvent*) {
    updateLayout();
    reveal(positionOf(m_selected));
}

std::optional<MapGrid::Hit> MapGrid::hitAt(const QPoint& viewportPoint) const {
    const FeatureMaps* maps = m_content.anyMaps();
    if (!maps)
        return std::nullopt;
    const QPoint point =
        (QPointF(viewportPoint) / textScale()).toPoint() + QPoint(0, verticalScrollBar()->value());
    const std::optional<int> position = m_layout.positionAt(point);
    if (!position)
        return std::nullopt;
    int tile = m_content.tileCount() - 1;
    while (tile > 0 && point.x() < m_layout.tileRect(*position, tile).left())
        --tile;
    const QRect rect = m_layout.tileRect(*position, tile);
    const QPoint inside = point - rect.topLeft();
    return Hit{m_content.order[std::size_t(*position)],
               tile,
               {inside.y() * maps->height() / rect.height(),
                std::min(inside.x(), rect.width() - 1) * maps->width() / rect.width()}};
}

void MapGrid::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<Hit> hit = hitAt(event->position().toPoint());
    if (!hit) {
        leave();
        return;
    }
    if (hit->channel != m_hovered)
        viewport()->update();
    m_hovered = hit->channel;
    Q_EMIT cellHovered(hit->channel, hit->cell);
}

void MapGrid::leave() {
    if (m_hovered < 0)
        return;
    m_hovered = -1;
    viewport()->update();
    Q_EMIT hoverLeft();
}

void MapGrid::mousePressEvent(QMouseEvent* event) {
    const std::optional<Hit> hit = hitAt(event->position().toPoint());
    if (hit && event->button() == Qt::LeftButton)
        Q_EMIT channelPicked(hit->channel);
}

void MapGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    const std::optional<Hit> hit = hitAt(event->position().toPoint());
    if (hit && event->button() == Qt::LeftButton)
        Q_EMIT cellPicked(hit->channel, hit->cell);
}

void MapGrid::keyPressEvent(QKeyEvent* event) {
    const int last = int(m_content.order.size()) - 1;
    const int step = event->key() == Qt::Key_Left    ? -1
                     : event->key() == Qt::Key_Right ? 1
                     : event->key() == Qt::Key_Up    ? -m_layout.columns()
                     : event->key() == Qt::Key_Down  ? m_layout.columns()
                                                     : 0;
    if (step == 0 || last < 0 || !m_content.anyMaps() || (event->modifiers() & ~Qt::KeypadModifier)) {
        // Page Up, Page Down, Home and End change the step; the window has them.
        event->ignore();
        return;
    }
    const int position = positionOf(m_selected);
    if (position < 0)
        Q_EMIT channelPicked(m_content.order.front());
    else if (const int next = position + step; next >= 0 && next <= last)
        Q_EMIT channelPicked(m_content.order[std::size_t(next)]);
}

bool MapGrid::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        leave();
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace resnet::ui

#include "ui/activations/MapGridLayout.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

// A map of this height, its cells square.
QSize sizeFor(int height, const QSize& extent) {
    return {std::max(1, qRound(double(height) * extent.width() / extent.height())), height};
}

int columnsFor(int mapWidth, int viewWidth) {
    return std::max(
        1, (viewWidth - 2 * MapGridLayout::inset + MapGridLayout::gap) / (mapWidth + MapGridLayout::gap));
}

bool fits(int count, const QSize& map, const QSize& view) {
    const int rows =
        (count + columnsFor(map.width(), view.width()) - 1) / columnsFor(map.width(), view.width());
    return map.width() + 2 * MapGridLayout::inset <= view.width() &&
           2 * MapGridLayout::inset + rows * (map.height() + MapGridLayout::gap) - MapGridLayout::gap <=
               view.height();
}

}  // namespace

MapGridLayout::MapGridLayout(int count, const QSize& extent, const QSize& view) : m_count(count) {
    if (count == 0 || extent.isEmpty())
        return;
    const int lower = std::max(4, int(smallest * std::sqrt(double(extent.height()) / extent.width())));
    int height = std::max(lower, std::min(largest, view.height() - 2 * inset));
    while (height > lower && !fits(count, sizeFor(height, extent), view))
        --height;
    // Whole pixels a cell look best, if that costs little room.
    if (const int whole = height / extent.height() * extent.height(); whole >= 0.9 * height)
        height = whole;
    m_mapSize = sizeFor(height, extent);
    m_columns = std::min(count, columnsFor(m_mapSize.width(), view.width()));
}

QRect MapGridLayout::rectOf(int position) const {
    return {QPoint(inset + position % m_columns * (m_mapSize.width() + gap),
                   inset + position / m_columns * rowHeight()),
            m_mapSize};
}

std::optional<int> MapGridLayout::positionAt(const QPoint& point) const {
    if (point.x() < inset || point.y() < inset)
        return std::nullopt;
    const int column = (point.x() - inset) / (m_mapSize.width() + gap);
    const int position = (point.y() - inset) / rowHeight() * m_columns + column;
    if (column >= m_columns || position >= m_count || !rectOf(position).contains(point))
        return std::nullopt;
    return position;
}

}  // namespace resnet::ui

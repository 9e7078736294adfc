#include "ui/activations/MapGridLayout.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr int tileGap = 2;
constexpr int nameWidth = 30;
constexpr int gapOfTiles = 20;  // between places of several tiles: they must not look like one row of maps

// A map of this height, its cells square.
QSize sizeFor(int height, const QSize& extent) {
    return {std::max(1, qRound(double(height) * extent.width() / extent.height())), height};
}

}  // namespace

MapGridLayout::MapGridLayout(int count, const QSize& extent, const QSize& view, int tiles)
    : m_count(count),
      m_tiles(tiles),
      m_nameWidth(tiles > 1 ? nameWidth : 0),
      m_columnGap(tiles > 1 ? gapOfTiles : gap) {
    if (count == 0 || extent.isEmpty())
        return;
    const int lower = std::max(4, int(smallest * std::sqrt(double(extent.height()) / extent.width())));
    int height = std::max(lower, std::min(largest, view.height() - 2 * inset));
    while (height > lower && !fits(sizeFor(height, extent), view))
        --height;
    // Where one has to scroll, as large as keeps the number of columns.
    if (!fits(sizeFor(height, extent), view)) {
        const auto columnsAt = [&](int of) { return columnsFor(sizeFor(of, extent).width(), view.width()); };
        const int columns = columnsAt(height);
        while (height < largest && columns > 1 && columnsAt(height + 1) == columns)
            ++height;
    }
    // Whole pixels per cell look best, if that costs little room.
    if (const int whole = height / extent.height() * extent.height(); whole >= 0.9 * height)
        height = whole;
    m_mapSize = sizeFor(height, extent);
    const int fitting = columnsFor(m_mapSize.width(), view.width());
    m_columns = std::min(count, fitting);
    // No empty strip at the right, unless it could be filled only by tearing the columns apart.
    if (m_columns == fitting && m_columns > 1) {
        const int left = view.width() - inset - (leftOf(m_columns - 1) + placeWidth(m_mapSize.width()));
        m_spread = std::clamp(double(left) / (m_columns - 1), 0.0, 0.3 * placeWidth(m_mapSize.width()));
    }
}

int MapGridLayout::placeWidth(int mapWidth) const {
    return m_tiles * (mapWidth + tileGap) - tileGap;
}

int MapGridLayout::leftOf(int column) const {
    return inset + m_nameWidth +
           int(column * (m_nameWidth + placeWidth(m_mapSize.width()) + m_columnGap + m_spread));
}

int MapGridLayout::columnsFor(int mapWidth, int viewWidth) const {
    return std::max(
        1, (viewWidth - 2 * inset + m_columnGap) / (m_nameWidth + placeWidth(mapWidth) + m_columnGap));
}

bool MapGridLayout::fits(const QSize& map, const QSize& view) const {
    const int columns = columnsFor(map.width(), view.width());
    const int rows = (m_count + columns - 1) / columns;
    return m_nameWidth + placeWidth(map.width()) + 2 * inset <= view.width() &&
           2 * inset + rows * (map.height() + gap) - gap <= view.height();
}

QRect MapGridLayout::rectOf(int position) const {
    return {QPoint(leftOf(position % m_columns), inset + position / m_columns * rowHeight()),
            QSize(placeWidth(m_mapSize.width()), m_mapSize.height())};
}

QRect MapGridLayout::tileRect(int position, int tile) const {
    return {rectOf(position).topLeft() + QPoint(tile * (m_mapSize.width() + tileGap), 0), m_mapSize};
}

QRect MapGridLayout::nameRect(int position) const {
    const QRect rect = rectOf(position);
    return m_tiles > 1 ? QRect(rect.left() - m_nameWidth, rect.top(), m_nameWidth - 6, rect.height())
                       : QRect();
}

std::optional<int> MapGridLayout::positionAt(const QPoint& point) const {
    if (m_count == 0 || point.y() < inset)
        return std::nullopt;
    const int first = (point.y() - inset) / rowHeight() * m_columns;
    for (int position = first; position < std::min(first + m_columns, m_count); ++position)
        if (rectOf(position).contains(point))
            return position;
    return std::nullopt;
}

}  // namespace resnet::ui

#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>

#include <optional>

namespace resnet::ui {

// Where the maps of a grid lie: as many equal places as fit beside each other, as large as the view allows
// while all are seen at once, but never smaller than can be read. A place holds one map, or several side by
// side (tiles) with room for its name at their left. Positions count from 0, row by row.
class MapGridLayout {
public:
    MapGridLayout() = default;
    // `extent` is width x height of one map in cells.
    MapGridLayout(int count, const QSize& extent, const QSize& view, int tiles = 1);

    int count() const { return m_count; }
    int columns() const { return m_columns; }
    int rows() const { return (m_count + m_columns - 1) / m_columns; }
    QSize mapSize() const { return m_mapSize; }
    int rowHeight() const { return m_mapSize.height() + gap; }
    int contentHeight() const { return m_count > 0 ? 2 * inset + rows() * rowHeight() - gap : 0; }

    // All tiles of a position.
    QRect rectOf(int position) const;
    QRect tileRect(int position, int tile) const;
    // At the left of the tiles; empty for single maps.
    QRect nameRect(int position) const;
    // Nothing between the maps and beyond the last one.
    std::optional<int> positionAt(const QPoint& point) const;

    static constexpr int gap = 4;
    static constexpr int inset = 3;  // room for the frame of the selected map
    static constexpr int smallest = 40;
    static constexpr int largest = 320;

private:
    int placeWidth(int mapWidth) const;  // without the room for the name
    int leftOf(int column) const;
    int columnsFor(int mapWidth, int viewWidth) const;
    bool fits(const QSize& map, const QSize& view) const;

    int m_count = 0;
    int m_tiles = 1;
    int m_nameWidth = 0;
    int m_columnGap = gap;
    int m_columns = 1;
    QSize m_mapSize{smallest, smallest};
    double m_spread = 0.0;  // what the view has left, shared out between the columns
};

}  // namespace resnet::ui

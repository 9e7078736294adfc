#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>

#include <optional>

namespace resnet::ui {

// Where the maps of a grid lie: as many equal cells as fit beside each other, as large as the view allows
// while all are seen at once, but never smaller than can be read. Positions count from 0, row by row.
class MapGridLayout {
public:
    MapGridLayout() = default;
    // `extent` is width x height of one map in cells.
    MapGridLayout(int count, const QSize& extent, const QSize& view);

    int count() const { return m_count; }
    int columns() const { return m_columns; }
    int rows() const { return (m_count + m_columns - 1) / m_columns; }
    QSize mapSize() const { return m_mapSize; }
    int rowHeight() const { return m_mapSize.height() + gap; }
    int contentHeight() const { return m_count > 0 ? 2 * inset + rows() * rowHeight() - gap : 0; }

    QRect rectOf(int position) const;
    // Nothing between the maps and beyond the last one.
    std::optional<int> positionAt(const QPoint& point) const;

    static constexpr int gap = 4;
    static constexpr int inset = 3;  // room for the frame of the selected map
    static constexpr int smallest = 40;
    static constexpr int largest = 320;

private:
    int m_count = 0;
    int m_columns = 1;
    QSize m_mapSize{smallest, smallest};
};

}  // namespace resnet::ui

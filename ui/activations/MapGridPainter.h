#pragma once

#include "ui/activations/UnitTerms.h"
#include "ui/painting/MapAtlas.h"
#include "ui/painting/Theme.h"

#include <QPoint>
#include <QRect>
#include <QSize>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

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

// What a grid shows: the maps of one output in an order, on one scale or one per channel; or of several
// outputs of one shape, those of a channel side by side.
struct MapGridContent {
    std::vector<FeatureMapsPtr> maps;  // one per tile, null while not computed; all null: the placeholder
    std::vector<int> order;
    ColorMap colors = ColorMap::Viridis;
    std::vector<ValueRange> scales;
    QString placeholder;
    MapAtlas pictures;       // shown in place of the maps' own, if not empty
    QStringList names = {};  // of the channels; none: their numbers

    const FeatureMaps* anyMaps() const;
    int tileCount() const { return int(maps.size()); }
    bool isEmpty() const { return order.empty() || !anyMaps(); }
    // Empty if there is nothing to lay out.
    MapGridLayout layoutIn(const QSize& room) const;
    // Of the pictures, an atlas a tile; maps larger than `cell` pixels are averaged down to it.
    std::vector<MapAtlas> atlases(const QSize& cell, const Theme& theme) const;
};

// One place: its maps, framed, and its channel's name if it has several.
struct MapGridPlace {
    int position = 0;
    bool isHovered = false;
    bool isSelected = false;
};
void paintMapGridPlace(QPainter& painter, const MapGridContent& content, const MapGridLayout& layout,
                       const std::vector<MapAtlas>& atlases, const MapGridPlace& place, const Theme& theme);

// What stands above the columns of a grid whose tiles are the terms of a residual unit.
struct UnitTitles {
    std::vector<UnitTerm> terms;
    ShortcutForm shortcutForm = ShortcutForm::Identity;
    StepId currentStep = inputStep;

    static constexpr int height = 18;
    // Above the tile of a term, in a column.
    static QRectF rect(const MapGridLayout& layout, int column, int term);
};
void paintUnitTitles(QPainter& painter, const UnitTitles& titles, const MapGridLayout& layout,
                     const Theme& theme);

}  // namespace resnet::ui

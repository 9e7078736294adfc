#pragma once

#include "ui/activations/MapGridLayout.h"
#include "ui/activations/UnitTerms.h"
#include "ui/painting/MapAtlas.h"
#include "ui/painting/Theme.h"

#include <QString>

#include <vector>

class QPainter;

namespace resnet::ui {

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

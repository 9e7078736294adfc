#include "ui/attribution/TileLayout.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double gap = 8.0;
constexpr double groupGap = 20.0;
// Rows that begin with groups may make tiles so much smaller.
constexpr double worthGrouping = 0.8;
// So may whole multiples of the cells.
constexpr double worthSharpness = 0.75;

// Tiles of one height, row by row; a group that does not fit behind the one before begins a row if groups are
// kept together.
TileLayout placed(const QRectF& room, const TilesWanted& wanted, double height, bool keepsGroups) {
    const double width = height * wanted.aspect;
    const std::size_t count = wanted.startsGroup.size();
    TileLayout tiles;
    double x = room.left();
    double y = room.top() + wanted.titleHeight;
    for (std::size_t i = 0; i < count; ++i) {
        const bool starts = i > 0 && wanted.startsGroup[i];
        if (starts)
            x += groupGap - gap;
        std::size_t together = 1;
        if (keepsGroups && (starts || i == 0))
            while (i + together < count && !wanted.startsGroup[i + together])
                ++together;
        const double needed = double(together) * (width + gap) - gap;
        if (x > room.left() && x + needed > room.right() + 0.5) {
            x = room.left();
            y += height + gap + wanted.titleHeight;
        }
        tiles.emplace_back(x, y, width, height);
        x += width + gap;
    }
    return tiles;
}

bool fits(const QRectF& room, const TileLayout& tiles) {
    return std::ranges::all_of(tiles, [&](const QRectF& tile) {
        return tile.right() <= room.right() + 0.5 && tile.bottom() <= room.bottom() + 0.5;
    });
}

double largestHeight(const QRectF& room, const TilesWanted& wanted, bool keepsGroups) {
    double height = std::floor(std::min(room.height() - wanted.titleHeight, room.width() / wanted.aspect));
    while (height > 1.0 && !fits(room, placed(room, wanted, height, keepsGroups)))
        height -= 1.0;
    return std::max(1.0, height);
}

}  // namespace

TileLayout tilesIn(const QRectF& room, const TilesWanted& wanted) {
    const double together = largestHeight(room, wanted, true);
    const double apart = largestHeight(room, wanted, false);
    const bool keepsGroups = together >= worthGrouping * apart;
    double height = keepsGroups ? together : apart;
    const double sharp =
        wanted.sharpHeight > 0 ? std::floor(height / wanted.sharpHeight) * wanted.sharpHeight : 0.0;
    if (sharp >= worthSharpness * height)
        height = sharp;
    return placed(room, wanted, height, keepsGroups);
}

}  // namespace resnet::ui

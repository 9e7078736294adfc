#pragma once

#include <QRectF>
#include <QSizeF>

#include <vector>

namespace resnet::ui {

// What is to be placed: tiles of one shape, some of which begin a group.
struct TilesWanted {
    std::vector<bool> startsGroup;  // one per tile
    double aspect = 1.0;            // width over height
    double titleHeight = 16.0;      // above each
    // Heights of tiles are a multiple of it unless that would make them much smaller: small cells stay sharp.
    int sharpHeight = 0;
};

using TileLayout = std::vector<QRectF>;  // without the titles

// The largest tiles that fit into the room, in rows that begin with a group unless that would make them much
// smaller.
TileLayout tilesIn(const QRectF& room, const TilesWanted& wanted);

}  // namespace resnet::ui

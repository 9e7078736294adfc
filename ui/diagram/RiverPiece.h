#pragma once

#include "ui/diagram/DiagramLayout.h"

namespace resnet::ui {

// A stretch of the river around its centre line y = 0, from x = 0 to `width`. Edges without a `from` leave
// the piece before this one; those on the main path are lengthened to it when the pieces are joined.
struct RiverPiece {
    DiagramLayout part;
    double width = 0.0;
    int entry = 0;  // first node on the main path
    int exit = 0;   // node that the next piece goes on from
    int stage = -1;
    QString title;  // of a piece that belongs to no stage
    QString shape;  // of a unit drawn as a block, if its stage is to tell it
};

// The pieces of a network (or of `options.stage`, after what enters it) in the order of the data.
std::vector<RiverPiece> riverPieces(const Graph& graph, const OpenNodes& open, const LayoutOptions& options);

}  // namespace resnet::ui

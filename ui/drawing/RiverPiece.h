#pragma once

#include "ui/drawing/DiagramLayout.h"

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

// What enters: the image, or the output of a step.
RiverPiece sourcePiece(const Graph& graph, StepId source);
// Stem or head as one block.
RiverPiece stemBlock(const Graph& graph, const LayoutOptions& options);
RiverPiece headBlock(const Graph& graph, bool isAfterStageBlock);
// A whole stage as one block, with one small arc per unit.
RiverPiece stageBlock(const Graph& graph, int stage, const LayoutOptions& options);
// A unit as one block, with its shortcut leaping over it into the sum.
RiverPiece unitBlock(const Graph& graph, const ResidualUnit& unit, const LayoutOptions& options);

// Opened to its steps inside a frame; a projection's steps stand on the shortcut.
RiverPiece openUnit(const Graph& graph, const ResidualUnit& unit);
// Stem or head, opened.
RiverPiece openChain(const Graph& graph, const Group& group);

// The pieces of a network (or of `options.stage`, after what enters it) in the order of the data.
std::vector<RiverPiece> riverPieces(const Graph& graph, const OpenNodes& open, const LayoutOptions& options);

}  // namespace resnet::ui

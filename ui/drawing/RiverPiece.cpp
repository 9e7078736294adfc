#include "ui/drawing/RiverPiece.h"

#include "ui/Words.h"

namespace resnet::ui {

namespace {

RiverPiece stemPiece(const Graph& graph, const OpenNodes& open, const LayoutOptions& options) {
    const Group group{Group::Kind::Stem};
    RiverPiece piece = open.contains(group) ? openChain(graph, group) : stemBlock(graph, options);
    piece.title = Words::tr("Stem");
    return piece;
}

RiverPiece headPiece(const Graph& graph, const OpenNodes& open) {
    const Group group{Group::Kind::Head};
    const Group lastStage{Group::Kind::Stage, graph.stageCount() - 1, -1};
    RiverPiece piece =
        open.contains(group) ? openChain(graph, group) : headBlock(graph, !open.contains(lastStage));
    piece.title = Words::tr("Head");
    return piece;
}

}  // namespace

std::vector<RiverPiece> riverPieces(const Graph& graph, const OpenNodes& open, const LayoutOptions& options) {
    const std::optional<int> only = options.stage;
    std::vector<RiverPiece> pieces;
    if (only)
        pieces = {sourcePiece(graph, graph.stage(*only).front().input)};
    else
        pieces = {sourcePiece(graph, inputStep), stemPiece(graph, open, options)};
    for (int stage = 0; stage < graph.stageCount(); ++stage) {
        if (only && stage != *only)
            continue;
        if (!open.contains({Group::Kind::Stage, stage, -1})) {
            pieces.push_back(stageBlock(graph, stage, options));
            continue;
        }
        for (const ResidualUnit& unit : graph.stage(stage))
            pieces.push_back(open.isUnitOpen(stage, unit.unit) ? openUnit(graph, unit)
                                                               : unitBlock(graph, unit, options));
    }
    if (!only)
        pieces.push_back(headPiece(graph, open));
    for (RiverPiece& piece : pieces)
        piece.part.bounds = extentOf(piece.part);
    return pieces;
}

}  // namespace resnet::ui

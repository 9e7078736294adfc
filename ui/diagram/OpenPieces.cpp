#include "ui/diagram/PieceParts.h"

namespace resnet::ui {

RiverPiece openUnit(const Graph& graph, const ResidualUnit& unit) {
    constexpr double lead = 34.0;  // frame edge, fork
    constexpr double forkX = 22.0;
    RiverPiece piece;
    piece.stage = unit.stage;
    double x = lead;
    for (const StepId id : {unit.conv1, unit.bn1, unit.relu1, unit.conv2, unit.bn2}) {
        const int node = addStep(piece, graph, id, {x, 0.0});
        if (node == 0)
            addEntry(piece, graph);
        else
            connect(piece, node - 1, node, piece.part.nodes[std::size_t(node) - 1].step, Way::MainPath);
        x += stepBox + stepGap;
    }
    int before = 4;
    if (unit.add) {
        const int sum = addSum(piece, graph, unit, x + 10.0);
        connect(piece, before, sum, unit.bn2, Way::MainPath);
        std::vector<int> onTheWay;
        double arcTop = -stepBox / 2 - 22.0;
        if (unit.hasProjection()) {
            arcTop = -stepBox / 2 - 28.0 - labelHeight * 2 - stepBox / 2;
            double left = lead + stepBox + stepGap;
            for (const StepId id : {*unit.projection, *unit.projectionNorm}) {
                onTheWay.push_back(addStep(piece, graph, id, {left, arcTop}));
                left += stepBox + stepGap + 24.0;
            }
        }
        addShortcut(piece, unit, sum, forkX, arcTop, onTheWay);
        before = sum;
        x += 20.0 + stepGap;
    }
    piece.exit = addStep(piece, graph, unit.relu2, {x, 0.0});
    connect(piece, before, piece.exit, unit.add.value_or(unit.bn2), unit.add ? Way::Sum : Way::MainPath);
    addFrame(piece, {Group::Kind::Unit, unit.stage, unit.unit}, unit.first(), unit.last(), x + stepBox,
             QString::fromStdString(unit.name));
    return piece;
}

RiverPiece openChain(const Graph& graph, const Group& group, StepId first, StepId last) {
    RiverPiece piece;
    double x = 26.0;
    for (StepId id = first; id <= last; ++id) {
        const int node = addStep(piece, graph, id, {x, 0.0});
        if (id == first)
            addEntry(piece, graph);
        else
            connect(piece, node - 1, node, id - 1, Way::MainPath);
        x += stepBox + stepGap;
    }
    piece.exit = last - first;
    addFrame(piece, group, first, last, x - stepGap, {});
    return piece;
}

}  // namespace resnet::ui

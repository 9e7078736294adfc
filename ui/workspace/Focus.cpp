#include "ui/workspace/Focus.h"

#include "ui/painting/BlockChannels.h"

#include <algorithm>

namespace resnet::ui {

namespace {

// The cell at the same place of a map of another size.
Cell movedTo(const FeatureShape& to, const FeatureShape& from, Cell cell) {
    return {std::clamp(cell.y * to.height / std::max(from.height, 1), 0, to.height - 1),
            std::clamp(cell.x * to.width / std::max(from.width, 1), 0, to.width - 1)};
}

}  // namespace

Focus Focus::atStep(const Graph& graph, StepId other) const {
    Focus moved = *this;
    moved.step = std::clamp(other, inputStep, graph.softmaxStep());
    const FeatureShape shape = graph.outputShape(moved.step);
    int wanted = featureChannel;
    if (isPerClass(graph, moved.step))
        wanted = chosenClass.value_or(0);
    else if (moved.step != inputStep)
        if (const auto known = channelOfStage.find(stageOf(graph, moved.step)); known != channelOfStage.end())
            wanted = known->second;
    moved.channel = std::clamp(wanted, 0, shape.channels - 1);
    if (place && !shape.isVector()) {
        moved.place = movedTo(shape, placeShape, *place);
        moved.placeShape = shape;
    }
    return moved;
}

Focus Focus::atChannel(const Graph& graph, int other) const {
    Focus moved = *this;
    moved.channel = std::clamp(other, 0, graph.outputShape(step).channels - 1);
    if (isPerClass(graph, step))
        moved.chosenClass = moved.channel;
    else
        moved.featureChannel = moved.channel;
    if (!isPerClass(graph, step) && step != inputStep)
        moved.channelOfStage[stageOf(graph, step)] = moved.channel;
    return moved;
}

Focus Focus::atClass(const Graph& graph, std::optional<int> other) const {
    Focus moved = *this;
    moved.chosenClass = other;
    return isPerClass(graph, step) ? moved.atStep(graph, step) : moved;
}

bool Focus::hasChannel(const Graph& graph) const {
    return step == inputStep || isPerClass(graph, step) || channelOfStage.contains(stageOf(graph, step));
}

Focus Focus::atCell(const Graph& graph, std::optional<Cell> other) const {
    if (other == cell(graph) && !isPlaceCarried())
        return *this;
    Focus moved = *this;
    moved.placeStep = step;
    moved.placeShape = graph.outputShape(step);
    moved.place = other ? std::optional(movedTo(moved.placeShape, moved.placeShape, *other)) : std::nullopt;
    return moved;
}

Focus Focus::inNetwork(const Graph& from, const Graph& to, bool isSameFile) const {
    Focus moved = *this;
    moved.place.reset();
    if (!isSameFile) {
        moved.chosenClass.reset();
        moved.channelOfStage.clear();
    }
    return moved.atStep(to, to.find(from.stepName(step)).value_or(firstStepToShow(to)));
}

std::optional<Cell> Focus::cell(const Graph& graph) const {
    return place && graph.outputShape(step).isVector() ? Cell{} : place;
}

StepId firstStepToShow(const Graph& graph) {
    const ResidualUnit& unit = graph.units().front();
    return unit.add.value_or(unit.output);
}

}  // namespace resnet::ui

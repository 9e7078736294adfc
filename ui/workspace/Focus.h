#pragma once

#include "core/network/Graph.h"

#include <map>
#include <optional>

namespace resnet::ui {

// What is being looked at: a step, a channel of its output, and a cell of its maps. A value: moving it gives
// another one, within what the network has.
struct Focus {
    StepId step = inputStep;
    int channel = 0;                    // of this step
    int featureChannel = 0;             // chosen last where channels are features
    std::map<int, int> channelOfStage;  // the stem is stage -1, the head belongs to the last
    std::optional<int> chosenClass;     // that explanations are about; none: the best
    std::optional<Cell> place;          // in maps of `placeShape`: the last that were no vectors
    FeatureShape placeShape;
    StepId placeStep = inputStep;  // where the place was chosen

    // Every stage keeps the channel that was chosen in it; in one where none was, the latest stays as far as
    // there are so many. Classes have a choice of their own. The cell stays at its place in the picture.
    Focus atStep(const Graph& graph, StepId other) const;
    Focus atChannel(const Graph& graph, int other) const;
    // The best one, whichever it is, for none.
    Focus atClass(const Graph& graph, std::optional<int> other) const;
    Focus atCell(const Graph& graph, std::optional<Cell> other) const;

    // The same in another network: the step of the same name, else the first to show. Cell and chosen class
    // are those of a network and go with it; settings alone keep the class.
    Focus inNetwork(const Graph& from, const Graph& to, bool isSameFile) const;

    // Whether a channel was chosen in the step's stage, or none can be: of the input and of classes.
    bool hasChannel(const Graph& graph) const;

    // Whether the selected cell came along from another step.
    bool isPlaceCarried() const { return place && placeStep != step; }
    // The selected cell; the only one of a vector.
    std::optional<Cell> cell(const Graph& graph) const;

    bool operator==(const Focus&) const = default;
};

// Where to look first: the sum of the first unit, where the two ways meet.
StepId firstStepToShow(const Graph& graph);

}  // namespace resnet::ui

#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/painting/RunContent.h"

#include <vector>

namespace resnet::ui {

// That a channel of a step is of: the stem is -1, the head's features are those of the last.
int stageOf(const Graph& graph, StepId step);

// The step whose maps say which channel of a stage is the strongest: the end of its first unit; of the stem
// its end.
StepId decidingStep(const Graph& graph, int stage);

// Which map each step of a drawing shows: all of a stage the same channel, so that x can be followed from
// unit to unit.
class BlockChannels {
public:
    explicit BlockChannels(const Graph* graph = nullptr, ChannelOfStage selected = {});

    void setSelected(ChannelOfStage selected) { m_selected = std::move(selected); }
    // What is known of a step's maps no longer holds.
    void forget(StepId step);
    void forgetAll();

    // Of a step that has maps. Where no channel is selected in its stage, the one with the largest mean at
    // the end of the stage's first unit (of the stem: at its end); until that is there, or where it has not
    // so many channels, in the step itself.
    ShownChannel of(const Step& step, const MapsOfStep& mapsOf);

private:
    // None where the step has no maps.
    std::optional<int> strongest(StepId step, const MapsOfStep& mapsOf);

    const Graph* m_graph;
    ChannelOfStage m_selected;
    std::vector<std::optional<int>> m_strongest;
};

}  // namespace resnet::ui

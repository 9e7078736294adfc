#pragma once

#include "core/experiments/RunComparison.h"
#include "ui/drawing/DiagramContent.h"

#include <functional>
#include <map>
#include <stop_token>

namespace resnet::ui {

// What is shown of a step, null while there is nothing, and where that is not its output the maps that it
// shares its scale with.
struct StepMaps {
    FeatureMapsPtr maps;
    FeatureMapsPtr scaledLike;
};
using MapsOfStep = std::function<StepMaps(StepId)>;

// The channels that are selected, as many stages as have one; the stem is stage -1.
using ChannelOfStage = std::map<int, int>;

// What a drawing is to show of a run besides the network itself.
struct ShownOfRun {
    bool areMapsShown = true;
    ShadedBy shadedBy = ShadedBy::Nothing;  // in place of the maps
    bool areNormsShown = false;             // by the thickness of the lines
    bool isOnDark = false;                  // the ground it is painted on
    ChannelOfStage selected = {};           // whose maps the blocks show
};

// Time is of the run the activations come from; memory is what the outputs take. Difference is from the run
// that `comparison` is with, in per cent of the output's size; nothing without one.
std::optional<NodeShading> shadingOf(const Graph& graph, const Run& activations, ShadedBy by,
                                     const RunComparison* comparison = nullptr);

// Norms of the outputs of every step computed; 0 for the others.
std::vector<double> normsOf(const Graph& graph, const Run& activations);

// All of that, with states, thumbnails and input of everything computed so far (or nothing: `activations`
// without outputs); not of all of it once stopped. Any thread may make it.
DiagramContent contentOf(const Graph& graph, const Run& activations, const QImage& input,
                         const ShownOfRun& shown = {}, const std::stop_token& stop = {});

// The content of the open section: one channel all along, so that F(x) + x can be followed by eye. If the
// section lacks that channel, the one of highest variance is shown.
DiagramContent sectionContent(const Graph& graph, const MapsOfStep& maps, const DiagramContent& content,
                              const std::vector<StepId>& steps, int channel, bool isOnDark = false);

}  // namespace resnet::ui

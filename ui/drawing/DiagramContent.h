#pragma once

#include "core/network/Edits.h"

#include <QImage>
#include <QString>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace resnet::ui {

// How a step stands: nothing is known of values at all, not computed yet, computed for another picture and
// being done again, or computed.
enum class StepState : unsigned char { Unknown, Empty, Stale, Done };

// Which of a step's maps is shown: the one selected in its stage, or where none is, the one with most in it.
struct ShownChannel {
    int channel = 0;
    bool isSelected = false;

    bool operator==(const ShownChannel&) const = default;
};

// What a node shows of a step's output: one of its maps, or a vector as bars if it is short, else as a field.
struct StepPictures {
    QImage map;
    std::vector<float> bars;            // 0 to 1 of the longest
    std::optional<ShownChannel> shown;  // of the maps; none of a vector
};

// A figure of this run that the diagram's blocks are shaded by.
enum class ShadedBy { Nothing, Time, Parameters, MultiplyAdds, Memory, Difference };

// A figure of every step that blocks are shaded by; a block that stands for several shows their sum.
struct NodeShading {
    QString title;  // "Multiply-adds"
    QString unit;   // "M", "ms", "MB"
    std::vector<double> values;
    bool addsUp = true;    // over the steps of a block; else the last one speaks for it
    double highest = 0.0;  // what the darkest shade stands for; 0: the highest block of the drawing
};

// What a drawing shows besides the network itself. Everything is optional; vectors are indexed by step.
struct DiagramContent {
    std::vector<StepState> states;
    std::vector<std::shared_ptr<const StepPictures>> pictures;
    QImage input;
    std::optional<StepId> current;
    std::optional<StepId> running;
    std::set<StepId> twins;
    std::set<StepId> found;
    std::vector<double> norms;  // of the outputs: thickness of the edges
    double highestNorm = 0.0;   // what the thickest line stands for; 0: the highest of the drawing
    std::optional<NodeShading> shading;
    Edits edits;

    StepState state(StepId step) const {
        return step < 0 || std::size_t(step) >= states.size() ? StepState::Unknown
                                                              : states[std::size_t(step)];
    }
    const StepPictures* picturesOf(StepId step) const {
        return step < 0 || std::size_t(step) >= pictures.size() ? nullptr : pictures[std::size_t(step)].get();
    }
};

}  // namespace resnet::ui

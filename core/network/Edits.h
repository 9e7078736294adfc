#pragma once

#include "core/network/Graph.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace resnet {

// A residual unit by its place, both from 0: layer3.2 is {2, 2}.
struct UnitId {
    int stage = 0;
    int unit = 0;

    auto operator<=>(const UnitId&) const = default;
};

inline UnitId idOf(const ResidualUnit& unit) {
    return {unit.stage, unit.unit};
}

// Those of the file, or that the network was started with.
struct OwnWeights {
    bool operator==(const OwnWeights&) const = default;
};

// Those that another unit has without edits. It must be of the same stage and of equal shapes. Two units that
// use each other's are swapped.
struct WeightsOf {
    UnitId unit;
    bool operator==(const WeightsOf&) const = default;
};

// Started anew from a seed, as initialParameters() does.
struct NewWeights {
    std::uint64_t seed = 0;
    bool operator==(const NewWeights&) const = default;
};

using UnitWeights = std::variant<OwnWeights, WeightsOf, NewWeights>;

// What is different about a unit: it adds mainPathGain * F(x) + shortcutGain * shortcut, where a gain of 0 is
// off: nothing is added, whatever the values. Its weights are all parameters of its main path and its
// shortcut.
struct UnitEdit {
    float mainPathGain = 1.0f;
    float shortcutGain = 1.0f;
    UnitWeights weights;

    bool operator==(const UnitEdit&) const = default;
};

// What is different from the network as it was opened. A value: two of the same content are equal.
class Edits {
public:
    // A unit that nothing is said about has the default.
    const UnitEdit& of(UnitId unit) const;
    void set(UnitId unit, UnitEdit edit);

    bool isEmpty() const { return m_units.empty(); }
    // The units that differ from the default.
    const std::map<UnitId, UnitEdit>& units() const { return m_units; }
    bool changesWeights() const;

    bool operator==(const Edits&) const = default;

private:
    std::map<UnitId, UnitEdit> m_units;
};

// Throws Error naming the first edit that cannot be made in this network: no such unit, a gain that is not
// finite, gains where nothing is added (the units of a plain network), weights of a unit of another stage or
// shape.
void validate(const Edits& edits, const Graph& graph);

// "layer1.1:x=0.5,layer3.2:F=0": UNIT:F=NUMBER and UNIT:x=NUMBER (gains), UNIT:weights=UNIT,
// UNIT:seed=NUMBER, in the order of the units; empty for no edits. Reading it gives the same edits back, bit
// for bit.
std::string textOf(const Edits& edits, const Graph& graph);
// Throws Error, one line, for what it cannot read and like validate().
Edits editsFrom(std::string_view text, const Graph& graph);

// The first step whose output can differ between two edits of a network; stepCount() if none can.
StepId firstDifferentStep(const Graph& graph, const Edits& a, const Edits& b);

}  // namespace resnet

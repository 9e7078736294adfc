#pragma once

#include "core/network/Edits.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A row of edits that are tried one after the other, each on the network as it was opened.
enum class SweepKind {
    Units,      // every unit's F(x) off
    Shortcuts,  // every unit's shortcut off
    Count,      // k units drawn at random, their F(x) off
    Swaps,      // every pair of units of equal shapes, swapped
    Exits       // the F(x) of all units after the first k off
};

// "units", "shortcuts", "count", "swaps", "exits". The other way round throws Error.
std::string_view nameOf(SweepKind kind);
SweepKind sweepKindNamed(std::string_view name);

struct SweepRequest {
    SweepKind kind = SweepKind::Units;
    int draws = 10;          // Count: of each k; fewer where there are no more choices
    std::uint64_t seed = 0;  // Count: of the draws

    bool operator==(const SweepRequest&) const = default;
};

struct SweepPoint {
    SweepKind kind{};
    Edits edits;
    // Where it stands: the index of the unit (Units, Shortcuts), how many units are off (Count), how far the
    // two are from each other (Swaps), how many units are left on (Exits).
    int position = 0;
    std::string label;  // "layer3.2", "3 off", "layer3.1 and layer3.2", "after layer2.1"
};

// The same every time for the same request. Throws Error where the network has nothing of the kind: no
// shortcuts, no two units of equal shapes.
std::vector<SweepPoint> sweepPoints(const Graph& graph, const SweepRequest& request);

// F(x) of the unit, or its shortcut, off.
Edits withoutMainPath(UnitId unit);
Edits withoutShortcut(UnitId unit);
Edits swapped(UnitId a, UnitId b);
// The units of the same stage and of equal shapes, whose weights a unit could have; without itself.
std::vector<UnitId> unitsLike(const Graph& graph, UnitId unit);

// What one press does to edits that are there: a way that is off comes back whole, any other goes off.
Edits withMainPathToggled(Edits edits, UnitId unit);
Edits withShortcutToggled(Edits edits, UnitId unit);
// Each computes with the weights that the other one has now, so that swaps one after the other give any
// order; their gains stay.
Edits withSwapped(Edits edits, UnitId a, UnitId b);
// The weights of a stage's units in another order, among those of equal shapes: the last one's first, or
// drawn by a seed. Their gains stay.
Edits withStageReversed(Edits edits, const Graph& graph, int stage);
Edits withStageShuffled(Edits edits, const Graph& graph, int stage, std::uint64_t seed);
// `units` changed as `like` is: by its gains, and by its weights where they can have them.
Edits withSame(Edits edits, const Graph& graph, UnitId like, const std::vector<UnitId>& units);
// F(x) of every unit after the first `count` off: what the network would say if it ended there, with the
// later projections on the way to the classes.
Edits exitAfter(const Graph& graph, int count);
// The same to edits that are there: what is off stays off, and what is weighed counts as much as it does.
Edits withExitAfter(Edits edits, const Graph& graph, int count);

}  // namespace resnet

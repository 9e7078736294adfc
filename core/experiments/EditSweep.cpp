#include "core/experiments/EditSweep.h"

#include "core/Error.h"
#include "core/network/Initialization.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

namespace resnet {

namespace {

constexpr std::array kindNames{
    std::pair{SweepKind::Units, std::string_view("units")},
    std::pair{SweepKind::Shortcuts, std::string_view("shortcuts")},
    std::pair{SweepKind::Count, std::string_view("count")},
    std::pair{SweepKind::Swaps, std::string_view("swaps")},
    std::pair{SweepKind::Exits, std::string_view("exits")},
};

void needShortcuts(const Graph& graph) {
    if (std::ranges::none_of(graph.units(), &ResidualUnit::hasAddition))
        throw Error("this network has no shortcuts: nothing of it can be switched off");
}

// min(n choose k, most)
int choices(int n, int k, int most) {
    double count = 1.0;
    for (int i = 0; i < k; ++i)
        count = count * (n - i) / (i + 1);
    return count < most ? int(count + 0.5) : most;
}

// `count` of the numbers below `size`, each subset as likely as any other.
std::set<int> drawn(int size, int count, Random& random) {
    std::vector<int> order(static_cast<std::size_t>(size));
    std::iota(order.begin(), order.end(), 0);
    for (int i = 0; i < count; ++i)
        std::swap(order[std::size_t(i)], order[std::size_t(i) + std::size_t(random.uniform() * (size - i))]);
    return {order.begin(), order.begin() + count};
}

std::vector<SweepPoint> countPoints(const Graph& graph, const SweepRequest& request) {
    needShortcuts(graph);
    std::vector<SweepPoint> points;
    const int units = int(graph.units().size());
    Random random(request.seed);
    for (int count = 0; count <= units; ++count) {
        std::set<std::set<int>> seen;
        while (int(seen.size()) < choices(units, count, request.draws)) {
            const std::set<int> chosen = drawn(units, count, random);
            if (!seen.insert(chosen).second)
                continue;
            SweepPoint point{SweepKind::Count, {}, count, std::to_string(count) + " off"};
            for (const int unit : chosen)
                point.edits.set(idOf(graph.units()[std::size_t(unit)]), {0.0f, 1.0f, {}});
            points.push_back(std::move(point));
        }
    }
    return points;
}

bool canBeSwapped(const Graph& graph, const ResidualUnit& a, const ResidualUnit& b) {
    try {
        validate(swapped(idOf(a), idOf(b)), graph);
        return true;
    } catch (const Error&) {  // of other shapes
        return false;
    }
}

std::vector<SweepPoint> swapPoints(const Graph& graph) {
    std::vector<SweepPoint> points;
    for (const ResidualUnit& a : graph.units())
        for (const UnitId other : unitsLike(graph, idOf(a)))
            if (a.unit < other.unit)
                points.push_back({SweepKind::Swaps, swapped(idOf(a), other), other.unit - a.unit,
                                  a.name + " and " + graph.unit(other.stage, other.unit)->name});
    if (points.empty())
        throw Error("this network has no two units of equal shapes in a stage: nothing to swap");
    std::ranges::stable_sort(points, {}, &SweepPoint::position);
    return points;
}

std::vector<SweepPoint> exitPoints(const Graph& graph) {
    needShortcuts(graph);
    std::vector<SweepPoint> points;
    for (int count = 0; count <= int(graph.units().size()); ++count)
        points.push_back(
            {SweepKind::Exits, exitAfter(graph, count), count,
             "after " + (count == 0 ? std::string("stem") : graph.units()[std::size_t(count - 1)].name)});
    return points;
}

}  // namespace

std::string_view nameOf(SweepKind kind) {
    return std::ranges::find(kindNames, kind, &std::pair<SweepKind, std::string_view>::first)->second;
}

SweepKind sweepKindNamed(std::string_view name) {
    const auto found = std::ranges::find(kindNames, name, &std::pair<SweepKind, std::string_view>::second);
    if (found == kindNames.end())
        throw Error("expected units, shortcuts, count, swaps or exits, found '" + std::string(name) + "'");
    return found->first;
}

Edits withoutMainPath(UnitId unit) {
    Edits edits;
    edits.set(unit, {0.0f, 1.0f, {}});
    return edits;
}

Edits withoutShortcut(UnitId unit) {
    Edits edits;
    edits.set(unit, {1.0f, 0.0f, {}});
    return edits;
}

Edits swapped(UnitId a, UnitId b) {
    Edits edits;
    edits.set(a, {1.0f, 1.0f, WeightsOf{b}});
    edits.set(b, {1.0f, 1.0f, WeightsOf{a}});
    return edits;
}

std::vector<UnitId> unitsLike(const Graph& graph, UnitId unit) {
    std::vector<UnitId> alike;
    for (const ResidualUnit& other : graph.stage(unit.stage))
        if (idOf(other) != unit && canBeSwapped(graph, *graph.unit(unit.stage, unit.unit), other))
            alike.push_back(idOf(other));
    return alike;
}

namespace {

float toggled(float gain) {
    return gain == 0.0f ? 1.0f : 0.0f;
}

}  // namespace

Edits withMainPathToggled(Edits edits, UnitId unit) {
    UnitEdit edit = edits.of(unit);
    edit.mainPathGain = toggled(edit.mainPathGain);
    edits.set(unit, edit);
    return edits;
}

Edits withShortcutToggled(Edits edits, UnitId unit) {
    UnitEdit edit = edits.of(unit);
    edit.shortcutGain = toggled(edit.shortcutGain);
    edits.set(unit, edit);
    return edits;
}

namespace {

// What a unit computes with: its own weights are those of itself.
UnitWeights weightsOf(const Edits& edits, UnitId unit) {
    const UnitWeights& weights = edits.of(unit).weights;
    return weights == UnitWeights() ? UnitWeights(WeightsOf{unit}) : weights;
}

Edits withWeights(Edits edits, UnitId unit, const UnitWeights& weights) {
    UnitEdit edit = edits.of(unit);
    edit.weights = weights;
    edits.set(unit, edit);
    return edits;
}

// Those of a stage that can have each other's weights: the most, if there are several kinds.
std::vector<UnitId> unitsOfOneShape(const Graph& graph, int stage) {
    std::vector<UnitId> most;
    for (const ResidualUnit& unit : graph.stage(stage)) {
        std::vector<UnitId> alike = unitsLike(graph, idOf(unit));
        alike.push_back(idOf(unit));
        if (alike.size() > most.size())
            most = std::move(alike);
    }
    std::ranges::sort(most);
    return most;
}

}  // namespace

Edits withSwapped(Edits edits, UnitId a, UnitId b) {
    const UnitWeights first = weightsOf(edits, a);
    const UnitWeights second = weightsOf(edits, b);
    return withWeights(withWeights(std::move(edits), a, second), b, first);
}

Edits withStageReversed(Edits edits, const Graph& graph, int stage) {
    const std::vector<UnitId> units = unitsOfOneShape(graph, stage);
    for (std::size_t i = 0; i < units.size() / 2; ++i)
        edits = withSwapped(std::move(edits), units[i], units[units.size() - 1 - i]);
    return edits;
}

Edits withStageShuffled(Edits edits, const Graph& graph, int stage, std::uint64_t seed) {
    const std::vector<UnitId> units = unitsOfOneShape(graph, stage);
    Random random(seed);
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
        const std::size_t other = i + std::size_t(random.uniform() * double(units.size() - i));
        if (other != i)
            edits = withSwapped(std::move(edits), units[i], units[other]);
    }
    return edits;
}

Edits withSame(Edits edits, const Graph& graph, UnitId like, const std::vector<UnitId>& units) {
    const UnitEdit wanted = edits.of(like);
    for (const UnitId unit : units) {
        UnitEdit edit = edits.of(unit);
        edit.mainPathGain = wanted.mainPathGain;
        edit.shortcutGain = wanted.shortcutGain;
        const auto* other = std::get_if<WeightsOf>(&wanted.weights);
        if (!other || other->unit == unit || std::ranges::count(unitsLike(graph, unit), other->unit) > 0)
            edit.weights = wanted.weights;
        edits.set(unit, edit);
    }
    return edits;
}

Edits exitAfter(const Graph& graph, int count) {
    return withExitAfter({}, graph, count);
}

Edits withExitAfter(Edits edits, const Graph& graph, int count) {
    for (std::size_t i = std::size_t(count); i < graph.units().size(); ++i) {
        UnitEdit edit = edits.of(idOf(graph.units()[i]));
        edit.mainPathGain = 0.0f;
        edits.set(idOf(graph.units()[i]), edit);
    }
    return edits;
}

std::vector<SweepPoint> sweepPoints(const Graph& graph, const SweepRequest& request) {
    switch (request.kind) {
        case SweepKind::Count:
            return countPoints(graph, request);
        case SweepKind::Swaps:
            return swapPoints(graph);
        case SweepKind::Exits:
            return exitPoints(graph);
        case SweepKind::Units:
        case SweepKind::Shortcuts:
            break;
    }
    needShortcuts(graph);
    std::vector<SweepPoint> points;
    for (std::size_t i = 0; i < graph.units().size(); ++i) {
        const ResidualUnit& unit = graph.units()[i];
        points.push_back(
            {request.kind,
             request.kind == SweepKind::Units ? withoutMainPath(idOf(unit)) : withoutShortcut(idOf(unit)),
             int(i), unit.name});
    }
    return points;
}

}  // namespace resnet

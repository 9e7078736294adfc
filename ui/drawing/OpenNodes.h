#pragma once

#include "core/network/Graph.h"

#include <optional>
#include <set>
#include <span>
#include <string>

namespace resnet::ui {

// How much of the network a drawing shows: stages as blocks, units as blocks, or all steps.
enum class Detail { Network, Unit, Layer };

// "network", "unit" or "layer".
std::string_view name(Detail detail);
// Throws Error for any other name.
Detail detailNamed(std::string_view name);

// A part of the network that a drawing shows as one block or opened.
struct Group {
    enum class Kind { Stem, Stage, Unit, Head };
    Kind kind = Kind::Stem;
    int stage = -1;
    int unit = -1;

    auto operator<=>(const Group&) const = default;
};

// The group that is called "stem", "head", "layer2" or "layer2.0"; none for other names.
std::optional<Group> groupNamed(const Graph& graph, std::string_view name);

// The steps of a group, in order.
std::span<const Step> stepsOf(const Graph& graph, const Group& group);

// Which groups of a network stand open. A unit shows its steps only if its stage is open too.
class OpenNodes {
public:
    OpenNodes() = default;
    static OpenNodes at(Detail detail, const Graph& graph);

    bool contains(const Group& group) const { return m_open.contains(group); }
    bool isUnitOpen(int stage, int unit) const {
        return contains({Group::Kind::Stage, stage, -1}) && contains({Group::Kind::Unit, stage, unit});
    }
    void open(const Group& group);
    void close(const Group& group) { m_open.erase(group); }
    void toggle(const Group& group);

    // Opens what a pattern names: "layer2" a stage, "layer2.0" a unit, "layer3.*" every unit of a stage,
    // "stem", "head". Throws Error if the network has no such part.
    void openNamed(const Graph& graph, std::string_view pattern);

    bool operator==(const OpenNodes&) const = default;

private:
    std::set<Group> m_open;
};

// The unit called "layer2.0". Throws Error naming the units there are.
const ResidualUnit& unitNamed(const Graph& graph, std::string_view name);

}  // namespace resnet::ui

#include "ui/drawing/OpenNodes.h"

#include "core/Error.h"

#include <algorithm>

namespace resnet::ui {

namespace {

[[noreturn]] void failUnknown(const Graph& graph, std::string_view pattern) {
    throw Error("\"" + std::string(pattern) + "\" names no part of this network: expected layer1 to layer" +
                std::to_string(graph.stageCount()) + ", a unit such as \"" + graph.units().back().name +
                "\", a pattern such as \"layer1.*\", \"stem\" or \"head\"");
}

}  // namespace

std::string_view name(Detail detail) {
    return detail == Detail::Network ? "network" : detail == Detail::Unit ? "unit" : "layer";
}

Detail detailNamed(std::string_view text) {
    for (const Detail detail : {Detail::Network, Detail::Unit, Detail::Layer})
        if (text == name(detail))
            return detail;
    throw Error("unknown detail \"" + std::string(text) + "\": expected network, unit or layer");
}

std::optional<Group> groupNamed(const Graph& graph, std::string_view name) {
    if (name == "stem")
        return Group{Group::Kind::Stem};
    if (name == "head")
        return Group{Group::Kind::Head};
    for (int stage = 0; stage < graph.stageCount(); ++stage)
        if (name == "layer" + std::to_string(stage + 1))
            return Group{Group::Kind::Stage, stage};
    const auto unit = std::ranges::find(graph.units(), name, &ResidualUnit::name);
    if (unit == graph.units().end())
        return std::nullopt;
    return Group{Group::Kind::Unit, unit->stage, unit->unit};
}

std::span<const Step> stepsOf(const Graph& graph, const Group& group) {
    switch (group.kind) {
        case Group::Kind::Stem:
            return graph.stem();
        case Group::Kind::Head:
            return graph.head();
        case Group::Kind::Unit:
            return graph.stepsOf(*graph.unit(group.stage, group.unit));
        case Group::Kind::Stage:
            break;
    }
    return graph.stepsOfStage(group.stage);
}

OpenNodes OpenNodes::at(Detail detail, const Graph& graph) {
    OpenNodes nodes;
    if (detail == Detail::Network)
        return nodes;
    for (int stage = 0; stage < graph.stageCount(); ++stage)
        nodes.open({Group::Kind::Stage, stage, -1});
    if (detail == Detail::Unit)
        return nodes;
    nodes.open({Group::Kind::Stem});
    nodes.open({Group::Kind::Head});
    for (const ResidualUnit& unit : graph.units())
        nodes.open({Group::Kind::Unit, unit.stage, unit.unit});
    return nodes;
}

void OpenNodes::open(const Group& group) {
    m_open.insert(group);
    if (group.kind == Group::Kind::Unit)
        m_open.insert({Group::Kind::Stage, group.stage, -1});
}

void OpenNodes::toggle(const Group& group) {
    if (contains(group))
        close(group);
    else
        open(group);
}

void OpenNodes::openNamed(const Graph& graph, std::string_view pattern) {
    constexpr std::string_view everyUnit = ".*";
    const bool isOfUnits = pattern.ends_with(everyUnit);
    const auto group =
        groupNamed(graph, pattern.substr(0, pattern.size() - (isOfUnits ? everyUnit.size() : 0)));
    if (!group || (isOfUnits && group->kind != Group::Kind::Stage))
        failUnknown(graph, pattern);
    open(*group);
    for (const ResidualUnit& unit : graph.units())
        if (isOfUnits && unit.stage == group->stage)
            open({Group::Kind::Unit, unit.stage, unit.unit});
}

const ResidualUnit& unitNamed(const Graph& graph, std::string_view name) {
    for (const ResidualUnit& unit : graph.units())
        if (unit.name == name)
            return unit;
    throw Error("unknown unit \"" + std::string(name) + "\": this network has " + graph.units().front().name +
                " to " + graph.units().back().name);
}

}  // namespace resnet::ui

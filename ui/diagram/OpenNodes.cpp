#include "ui/diagram/OpenNodes.h"

#include "core/Error.h"

#include <charconv>
#include <optional>

namespace resnet::ui {

namespace {

// The number that ends at the first character that is no digit; the rest stays in `text`.
std::optional<int> takeNumber(std::string_view& text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0)
        return std::nullopt;
    text.remove_prefix(std::size_t(end - text.data()));
    return value;
}

[[noreturn]] void failUnknown(const Graph& graph, std::string_view pattern) {
    throw Error("\"" + std::string(pattern) + "\" names no part of this network: expected layer1 to layer" +
                std::to_string(graph.spec().stageCount()) + ", a unit such as \"" +
                graph.units().back().name + "\", a pattern such as \"layer1.*\", \"stem\" or \"head\"");
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

std::pair<StepId, StepId> stepsOf(const Graph& graph, const Group& group) {
    switch (group.kind) {
        case Group::Kind::Stem:
            return {0, graph.units().front().first() - 1};
        case Group::Kind::Head:
            return {graph.units().back().last() + 1, graph.softmaxStep()};
        case Group::Kind::Unit:
            return {graph.unit(group.stage, group.unit)->first(),
                    graph.unit(group.stage, group.unit)->last()};
        case Group::Kind::Stage:
            break;
    }
    const int units = graph.spec().unitsPerStage[std::size_t(group.stage)];
    return {graph.unit(group.stage, 0)->first(), graph.unit(group.stage, units - 1)->last()};
}

OpenNodes OpenNodes::at(Detail detail, const Graph& graph) {
    OpenNodes nodes;
    if (detail == Detail::Network)
        return nodes;
    for (int stage = 0; stage < graph.spec().stageCount(); ++stage)
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
    if (pattern == "stem")
        return open({Group::Kind::Stem});
    if (pattern == "head")
        return open({Group::Kind::Head});
    std::string_view rest = pattern;
    if (!rest.starts_with("layer"))
        failUnknown(graph, pattern);
    rest.remove_prefix(5);
    const auto stage = takeNumber(rest);
    if (!stage || *stage < 1 || *stage > graph.spec().stageCount())
        failUnknown(graph, pattern);
    open({Group::Kind::Stage, *stage - 1, -1});
    if (rest.empty())
        return;
    for (const ResidualUnit& unit : graph.units())
        if (unit.stage == *stage - 1 && (rest == ".*" || unit.name == pattern))
            open({Group::Kind::Unit, unit.stage, unit.unit});
    if (rest != ".*")
        unitNamed(graph, pattern);
}

const ResidualUnit& unitNamed(const Graph& graph, std::string_view name) {
    for (const ResidualUnit& unit : graph.units())
        if (unit.name == name)
            return unit;
    throw Error("unknown unit \"" + std::string(name) + "\": this network has " + graph.units().front().name +
                " to " + graph.units().back().name);
}

}  // namespace resnet::ui

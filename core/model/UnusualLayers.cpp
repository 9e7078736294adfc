#include "core/model/UnusualLayers.h"

#include <algorithm>

namespace resnet {

namespace {

bool any(std::span<const Step> steps, StepKind kind) {
    return std::ranges::any_of(steps, [&](const Step& step) { return step.kind == kind; });
}

bool hasProjectionWithoutNorm(const Graph& graph) {
    return std::ranges::any_of(graph.units(), [&](const ResidualUnit& unit) {
        return !unit.shortcut.empty() && graph.step(unit.shortcut.back()).kind == StepKind::Convolution &&
               graph.step(unit.branchOutput()).kind == StepKind::BatchNorm;
    });
}

std::string functions(const Graph& graph) {
    std::vector<std::string> names;
    for (const Step& step : graph.steps())
        if (step.kind == StepKind::Activation && step.id != graph.softmaxStep())
            if (const std::string function(name(step.settings.function));
                std::ranges::find(names, function) == names.end())
                names.push_back(function);
    std::string text;
    for (const std::string& each : names)
        text += (text.empty() ? "" : " and ") + each;
    return text;
}

std::string outputs(const Step& last) {
    if (last.kind == StepKind::Softmax)
        return {};
    return last.settings.function == ActivationFunction::Sigmoid
               ? "each output is a sigmoid of its own"
               : "its outputs are scores, with no softmax behind them";
}

}  // namespace

std::vector<std::string> unusualIn(const Graph& graph) {
    std::vector<std::string> found;
    const auto say = [&](bool is, const std::string& what) {
        if (is && !what.empty())
            found.push_back(what);
    };
    const auto& steps = graph.steps();
    say(graph.spec().inputChannels == 1, "pictures are grey (one channel)");
    say(graph.spec().inputChannels == 4, "pictures have 4 channels");
    say(std::ranges::any_of(
            steps,
            [](const Step& step) { return step.kind == StepKind::Convolution && step.settings.hasBias; }),
        "convolutions have a bias");
    say(std::ranges::none_of(graph.units(), [](const ResidualUnit& unit) { return unit.hasAddition(); }),
        "no shortcut is added");
    say(hasProjectionWithoutNorm(graph), "projections on shortcuts have no batch norm");
    const std::string other = functions(graph);
    say(!other.empty(), "the activation is " + other);
    say(any(graph.head(), StepKind::BatchNorm) && graph.spec().unit != UnitKind::PreActivation,
        "the head has a batch norm before its dense layer");
    const auto dense =
        std::ranges::count_if(steps, [](const Step& step) { return step.kind == StepKind::Dense; });
    say(dense == 2, "there are two dense layers");
    say(dense > 2, "there are several dense layers");
    say(std::ranges::any_of(
            steps, [](const Step& step) { return step.kind == StepKind::Dense && !step.settings.hasBias; }),
        "a dense layer has no bias");
    say(true, outputs(steps.back()));
    if (found.empty())
        return {};
    std::string text = "Unlike the textbook's network: ";
    for (std::size_t i = 0; i < found.size(); ++i)
        text += (i == 0 ? "" : "; ") + found[i];
    return {text + "."};
}

}  // namespace resnet

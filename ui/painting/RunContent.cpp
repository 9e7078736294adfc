#include "ui/painting/RunContent.h"

#include "core/explain/Statistics.h"
#include "ui/Words.h"
#include "ui/painting/BlockChannels.h"
#include "ui/painting/Thumbnails.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

std::optional<NodeShading> shadingOf(const Graph& graph, const Run& activations, ShadedBy by,
                                     const RunComparison* comparison) {
    NodeShading shading;
    shading.values.reserve(std::size_t(graph.stepCount()));
    const auto fill = [&](const QString& title, const QString& unit, auto value) {
        shading.title = title;
        shading.unit = unit;
        for (const Step& step : graph.steps())
            shading.values.push_back(value(step));
    };
    switch (by) {
        case ShadedBy::Nothing:
            return std::nullopt;
        case ShadedBy::Time:
            fill(Words::tr("Time of this run"), Words::tr("ms"), [&](const Step& step) {
                return step.id < activations.stepCount() ? activations.milliseconds(step.id) : 0.0;
            });
            break;
        case ShadedBy::Parameters:
            fill(Words::tr("Parameters"), Words::tr("thousand"),
                 [](const Step& step) { return double(step.totalParameters) / 1e3; });
            break;
        case ShadedBy::MultiplyAdds:
            fill(Words::tr("Multiply-adds"), Words::tr("million"),
                 [](const Step& step) { return double(step.multiplyAdds) / 1e6; });
            break;
        case ShadedBy::Memory:
            fill(Words::tr("Memory of the outputs"), Words::tr("KiB"),
                 [](const Step& step) { return double(step.output.size()) * sizeof(float) / 1024.0; });
            break;
        case ShadedBy::Difference:
            if (!comparison)
                return std::nullopt;
            shading.addsUp = false;
            fill(Words::tr("Difference"), QStringLiteral("%"), [&](const Step& step) {
                const auto found = std::ranges::find(comparison->steps, step.name, &StepDifference::step);
                const bool isKnown = found != comparison->steps.end() && std::isfinite(found->relative);
                return isKnown ? found->relative * 100.0 : 0.0;
            });
            break;
    }
    return shading;
}

std::vector<double> normsOf(const Graph& graph, const Run& activations) {
    std::vector<double> norms(std::size_t(graph.stepCount()), 0.0);
    for (const Step& step : graph.steps())
        if (step.id < activations.stepCount() && activations.has(step.id))
            norms[std::size_t(step.id)] = statisticsOf(*activations.output(step.id)).norm;
    return norms;
}

namespace {

void addMaps(DiagramContent& content, const Graph& graph, const Run& activations, const ShownOfRun& shown,
             const std::stop_token& stop) {
    BlockChannels channels(&graph, shown.selected);
    const auto outputs = [&](StepId step) {
        return StepMaps{step < activations.stepCount() ? activations.output(step) : nullptr, nullptr};
    };
    content.states.assign(std::size_t(graph.stepCount()), StepState::Empty);
    content.pictures.resize(std::size_t(graph.stepCount()));
    for (const Step& step : graph.steps()) {
        if (stop.stop_requested() || step.id >= activations.stepCount() || !activations.has(step.id))
            continue;
        content.states[std::size_t(step.id)] = StepState::Done;
        content.pictures[std::size_t(step.id)] = std::make_shared<StepPictures>(
            pictureOf(step, *activations.output(step.id), channels.of(step, outputs), shown.isOnDark));
    }
}

}  // namespace

DiagramContent contentOf(const Graph& graph, const Run& activations, const QImage& input,
                         const ShownOfRun& shown, const std::stop_token& stop) {
    DiagramContent content;
    content.edits = activations.edits();
    if (shown.areMapsShown && activations.input()) {
        content.input = input;
        addMaps(content, graph, activations, shown, stop);
    }
    content.shading = shadingOf(graph, activations, shown.shadedBy);
    if (shown.areNormsShown && activations.isComplete() && !stop.stop_requested())
        content.norms = normsOf(graph, activations);
    return content;
}

DiagramContent sectionContent(const Graph& graph, const MapsOfStep& mapsOf, const DiagramContent& content,
                              const std::vector<StepId>& steps, int channel, bool isOnDark) {
    DiagramContent section = content;
    section.twins.clear();
    // The last step of the section that is there decides, so that all show the same channel.
    int telling = channel;
    for (const StepId step : steps)
        if (const FeatureMapsPtr maps = step >= 0 ? mapsOf(step).maps : nullptr;
            maps && content.state(step) == StepState::Done && channel >= maps->channels())
            telling = tellingChannels(*maps, 1).front();
    for (const StepId step : steps) {
        const auto [maps, scaledLike] = step >= 0 ? mapsOf(step) : StepMaps();
        if (maps && content.state(step) == StepState::Done) {
            const int shown = telling < maps->channels() ? telling : tellingChannels(*maps, 1).front();
            section.pictures[std::size_t(step)] = std::make_shared<StepPictures>(
                pictureOf(graph.step(step), *maps, {shown, shown == channel}, isOnDark, scaledLike.get()));
        }
    }
    return section;
}

}  // namespace resnet::ui

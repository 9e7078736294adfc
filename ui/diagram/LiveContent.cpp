#include "ui/diagram/LiveContent.h"

#include "ui/drawing/StepWalk.h"
#include "ui/painting/Thumbnails.h"
#include "ui/workspace/RunStatistics.h"
#include "ui/workspace/Workspace.h"

#include <algorithm>
#include <utility>

namespace resnet::ui {

void LiveContent::setGraph(const Graph* graph) {
    m_graph = graph;
    m_content = {};
    m_channels = BlockChannels(graph);
    if (graph) {
        m_content.states.assign(std::size_t(graph->stepCount()), StepState::Empty);
        m_content.pictures.resize(std::size_t(graph->stepCount()));
    }
}

void LiveContent::setStale(bool isStale) {
    for (StepState& state : m_content.states)
        if (state != StepState::Empty)
            state = isStale ? StepState::Stale : StepState::Done;
}

void LiveContent::setOnDark(bool isOnDark) {
    if (std::exchange(m_isOnDark, isOnDark) != isOnDark)
        std::ranges::fill(m_content.pictures, nullptr);
}

void LiveContent::stepComputed(StepId step, const Run& activations) {
    if (!m_graph || step < 0 || step >= m_graph->stepCount() || step >= activations.stepCount() ||
        !activations.has(step))
        return;
    m_content.states[std::size_t(step)] = StepState::Done;
    m_content.pictures[std::size_t(step)].reset();
    m_channels.forget(step);
    setRunning(m_isRunning);
}

void LiveContent::take(const Run& activations) {
    std::ranges::fill(m_content.states, StepState::Empty);
    std::ranges::fill(m_content.pictures, nullptr);
    m_channels.forgetAll();
    if (m_graph)
        for (StepId step = 0; step < m_graph->stepCount(); ++step)
            stepComputed(step, activations);
}

void LiveContent::follow(const Run& activations, const Changes& changes) {
    if (changes.have(Changes::Model | Changes::OtherRun))
        return take(activations);
    for (StepId step = 0; step < activations.stepCount(); ++step)
        if (changes.concernOutput(step))
            stepComputed(step, activations);
}

MapsOfStep shownIn(const ShownMaps& shown) {
    return [&shown](StepId step) {
        const FeatureMapsPtr maps = shown.of(step);
        return StepMaps{maps,
                        maps && shown.side() == Side::Difference ? shown.onOneScale(step).front() : nullptr};
    };
}

ChannelOfStage selectedIn(const Workspace& workspace) {
    ChannelOfStage selected = workspace.focus().channelOfStage;
    const StepId step = workspace.currentStep();
    if (workspace.model() && step != inputStep && !isPerClass(workspace.session().graph(), step))
        selected[stageOf(workspace.session().graph(), step)] = workspace.channel();
    return selected;
}

std::vector<double> normsIn(Workspace& workspace) {
    const Run& run = workspace.activations();
    std::vector<double> norms;
    if (!run.isComplete() || !workspace.statistics().wantAll())
        return norms;
    for (StepId step = 0; step < run.stepCount(); ++step) {
        const auto* entry = workspace.statistics().values().known(workspace.shown().of(step));
        norms.push_back(entry ? entry->total.norm : 0.0);
    }
    return norms;
}

void LiveContent::makePictures(const DiagramLayout& layout, const MapsOfStep& mapsOf) {
    for (const DiagramNode& node : layout.nodes) {
        if (node.picture.isNull() || m_content.state(node.step) != StepState::Done)
            continue;
        auto& pictures = m_content.pictures[std::size_t(node.step)];
        if (pictures && !pictures->shown)  // of a vector
            continue;
        const Step& step = m_graph->step(node.step);
        const ShownChannel wanted = m_channels.of(step, mapsOf);
        if (pictures && *pictures->shown == wanted)
            continue;
        const auto [maps, scaledLike] = mapsOf(node.step);
        pictures =
            maps
                ? std::make_shared<StepPictures>(pictureOf(step, *maps, wanted, m_isOnDark, scaledLike.get()))
                : nullptr;
    }
}

void LiveContent::setSelected(ChannelOfStage selected) {
    m_channels.setSelected(std::move(selected));
}

void LiveContent::select(std::optional<StepId> step) {
    m_content.current = step;
    m_content.twins = m_graph && step ? twinsOf(*m_graph, *step) : std::set<StepId>();
}

void LiveContent::setRunning(bool isRunning) {
    m_isRunning = isRunning;
    const auto missing =
        std::ranges::find_if(m_content.states, [](StepState state) { return state != StepState::Done; });
    m_content.running.reset();
    if (isRunning && missing != m_content.states.end())
        m_content.running = StepId(missing - m_content.states.begin());
}

}  // namespace resnet::ui

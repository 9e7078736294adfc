#include "ui/diagram/LiveContent.h"

#include "core/explain/Statistics.h"
#include "ui/diagram/StepWalk.h"
#include "ui/diagram/Thumbnails.h"

#include <algorithm>

namespace resnet::ui {

std::optional<NodeShading> shadingOf(const Graph& graph, const Activations& activations, ShadedBy by) {
    NodeShading shading;
    shading.values.reserve(std::size_t(graph.stepCount()));
    const auto fill = [&](const char* title, const char* unit, auto value) {
        shading.title = QLatin1String(title);
        shading.unit = QLatin1String(unit);
        for (const Step& step : graph.steps())
            shading.values.push_back(value(step));
    };
    switch (by) {
        case ShadedBy::Nothing:
            return std::nullopt;
        case ShadedBy::Time:
            fill("Time of this run", "ms", [&](const Step& step) {
                return step.id < activations.stepCount() ? activations.milliseconds(step.id) : 0.0;
            });
            break;
        case ShadedBy::Parameters:
            fill("Parameters", "thousand",
                 [](const Step& step) { return double(step.totalParameters) / 1e3; });
            break;
        case ShadedBy::MultiplyAdds:
            fill("Multiply-adds", "million",
                 [](const Step& step) { return double(step.multiplyAdds) / 1e6; });
            break;
        case ShadedBy::Memory:
            fill("Memory of the outputs", "KiB",
                 [](const Step& step) { return double(step.output.size()) * sizeof(float) / 1024.0; });
            break;
    }
    return shading;
}

std::vector<double> normsOf(const Graph& graph, const Activations& activations) {
    std::vector<double> norms(std::size_t(graph.stepCount()), 0.0);
    for (const Step& step : graph.steps())
        if (step.id < activations.stepCount() && activations.has(step.id))
            norms[std::size_t(step.id)] = statisticsOf(*activations.output(step.id)).norm;
    return norms;
}

DiagramContent contentOf(const Graph& graph, const Activations& activations, const QImage& input,
                         const ShownOfRun& shown) {
    DiagramContent content;
    if (shown.areMapsShown && activations.input())
        content = contentOf(graph, activations, input);
    content.shading = shadingOf(graph, activations, shown.shadedBy);
    if (shown.areNormsShown && activations.isComplete())
        content.norms = normsOf(graph, activations);
    return content;
}

void LiveContent::setGraph(const Graph* graph) {
    m_graph = graph;
    m_content = {};
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

void LiveContent::stepComputed(StepId step, const Activations& activations) {
    if (!m_graph || step < 0 || step >= m_graph->stepCount() || step >= activations.stepCount() ||
        !activations.has(step))
        return;
    m_content.states[std::size_t(step)] = StepState::Done;
    m_content.pictures[std::size_t(step)].reset();
    setRunning(m_isRunning);
}

void LiveContent::take(const Activations& activations) {
    std::ranges::fill(m_content.states, StepState::Empty);
    std::ranges::fill(m_content.pictures, nullptr);
    if (m_graph)
        for (StepId step = 0; step < m_graph->stepCount(); ++step)
            stepComputed(step, activations);
}

void LiveContent::makePictures(const DiagramLayout& layout, const Activations& activations) {
    for (const DiagramNode& node : layout.nodes) {
        if (node.pictures.empty() || m_content.state(node.step) != StepState::Done)
            continue;
        auto& pictures = m_content.pictures[std::size_t(node.step)];
        const bool isEnough = pictures && (!pictures->bars.empty() || node.shape.isVector() ||
                                           pictures->maps.size() >= node.pictures.size() ||
                                           int(pictures->maps.size()) == node.shape.channels);
        if (!isEnough)
            pictures = std::make_shared<StepPictures>(picturesOf(
                m_graph->step(node.step), *activations.output(node.step), int(node.pictures.size())));
    }
}

void LiveContent::select(StepId step) {
    m_content.current = step;
    m_content.twins = m_graph ? twinsOf(*m_graph, step) : std::set<StepId>();
}

void LiveContent::setRunning(bool isRunning) {
    m_isRunning = isRunning;
    const auto missing =
        std::ranges::find_if(m_content.states, [](StepState state) { return state != StepState::Done; });
    m_content.running.reset();
    if (isRunning && missing != m_content.states.end())
        m_content.running = StepId(missing - m_content.states.begin());
}

DiagramContent sectionContent(const Graph& graph, const Activations& activations,
                              const DiagramContent& content, const std::vector<StepId>& steps, int channel) {
    DiagramContent section = content;
    section.twins.clear();
    // The last step of the section that is there decides, so that all show the same channel.
    int telling = channel;
    for (const StepId step : steps)
        if (step >= 0 && content.state(step) == StepState::Done &&
            channel >= graph.outputShape(step).channels)
            telling = tellingChannels(*activations.output(step), 1).front();
    for (const StepId step : steps)
        if (step >= 0 && content.state(step) == StepState::Done) {
            const bool hasChannel = telling < graph.outputShape(step).channels;
            const FeatureMaps& maps = *activations.output(step);
            section.pictures[std::size_t(step)] = std::make_shared<StepPictures>(
                pictureOf(graph.step(step), maps, hasChannel ? telling : tellingChannels(maps, 1).front()));
        }
    return section;
}

}  // namespace resnet::ui

#include "ui/activations/ClassContributions.h"

#include "core/explain/ClassActivation.h"
#include "ui/words/Wording.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr int mostContributions = 16;

}  // namespace

ClassContributions::ClassContributions(Workspace& workspace, QWidget* parent)
    : VectorBars(parent), m_workspace(workspace) {
    setAccessibleName(tr("Features that add most to the class"));
    setToolTip(tr(
        "What a feature adds to the logit: its mean times the class's weight for it. Click one to see its map."));
    connect(this, &VectorBars::channelPicked, this,
            [this](int feature) { m_workspace.goTo(lastMapStep(m_workspace.model()->graph()), feature); });
}

void ClassContributions::refresh() {
    setContent({});
    if (!m_workspace.model())
        return;
    const Graph& graph = m_workspace.model()->graph();
    const Run& activations = m_workspace.shown().run();
    const bool isClass =
        m_workspace.currentStep() != inputStep && isPerClass(graph, m_workspace.currentStep());
    if (!isClass || activations.stepCount() == 0 || !activations.has(lastMapStep(graph)))
        return;
    std::vector<FeatureContribution> all = featureContributions(activations, m_workspace.channel());
    std::ranges::stable_sort(all, std::ranges::greater{},
                             [](const FeatureContribution& each) { return std::abs(each.contribution()); });
    const int count = std::clamp(height() / VectorLayout::lineHeight, 1, mostContributions);
    auto values = std::make_shared<FeatureMaps>(FeatureShape{int(all.size()), 1, 1});
    VectorContent content;
    for (int feature = 0; feature < int(all.size()); ++feature)
        content.names << tr("channel %1").arg(feature);
    for (const FeatureContribution& each : all) {
        values->at(each.feature, 0, 0) = float(each.contribution());
        if (int(content.order.size()) < count)
            content.order.push_back(each.feature);
    }
    content.values = values;
    setContent(content);
    setSelectedChannel(-1);
}

void ClassContributions::resizeEvent(QResizeEvent* event) {
    VectorBars::resizeEvent(event);
    refresh();
}

}  // namespace resnet::ui

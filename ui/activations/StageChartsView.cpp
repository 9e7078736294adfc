#include "ui/activations/StageChartsView.h"

#include "ui/words/ActivationWords.h"
#include "ui/words/Numbers.h"

#include <numeric>

namespace resnet::ui {

namespace {

struct Costs {
    std::int64_t parameters = 0;
    std::int64_t multiplyAdds = 0;
};

int partCount(const Graph& graph) {
    return graph.stageCount() + 2;
}

// The stem, the stages, the head.
std::span<const Step> partOf(const Graph& graph, int column) {
    return column == 0                    ? graph.stem()
           : column <= graph.stageCount() ? graph.stepsOfStage(column - 1)
                                          : graph.head();
}

Costs costsOf(std::span<const Step> steps) {
    return std::accumulate(steps.begin(), steps.end(), Costs(), [](const Costs& sum, const Step& step) {
        return Costs{sum.parameters + step.totalParameters, sum.multiplyAdds + step.multiplyAdds};
    });
}

QString nameOf(const Graph& graph, int column) {
    return column == 0                    ? StageChartsView::tr("Stem")
           : column <= graph.stageCount() ? StageChartsView::tr("Stage %1").arg(column)
                                          : StageChartsView::tr("Head");
}

}  // namespace

ColumnChart stagesChart(const Graph& graph) {
    ColumnChart chart;
    chart.columns = partCount(graph);
    std::vector<std::optional<double>> parameters, multiplyAdds;
    for (int column = 0; column < chart.columns; ++column) {
        const Costs costs = costsOf(partOf(graph, column));
        chart.tones.push_back(ColumnChart::Tone::MainPath);
        chart.groups.push_back({nameOf(graph, column), column});
        parameters.push_back(double(costs.parameters) / 1e6);
        multiplyAdds.push_back(double(costs.multiplyAdds) / 1e6);
    }
    chart.rows = {{StageChartsView::tr("Parameters, M"), {{std::nullopt, parameters}}, nullptr},
                  {StageChartsView::tr("Multiply-adds, M"), {{std::nullopt, multiplyAdds}}, nullptr}};
    return chart;
}

StageChartsView::StageChartsView(Workspace& workspace)
    : ChartsView(workspace, tr("Costs of the stages"),
                 tr("half the sides and twice the channels: four times the weights, used on a quarter of the "
                    "cells")) {
    setExplanation(stageCostsWords());
}

void StageChartsView::showChart() {
    setChart(stagesChart(workspace().session().graph()), {});
}

int StageChartsView::currentColumn() const {
    if (!workspace().model() || workspace().currentStep() == inputStep)
        return -1;
    const Graph& graph = workspace().session().graph();
    for (int column = 0; column < partCount(graph); ++column)
        if (partOf(graph, column).back().id >= workspace().currentStep())
            return column;
    return -1;
}

void StageChartsView::pick(int column) {
    workspace().goToStep(partOf(workspace().session().graph(), column).back().id);
}

QString StageChartsView::figuresOf(int column) const {
    const Graph& graph = workspace().session().graph();
    const Costs costs = costsOf(partOf(graph, column));
    const Costs all = costsOf(graph.steps());
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return percentText(whole > 0 ? double(part) / double(whole) : 0.0);
    };
    return tr("%1: %2 parameters, %3 of all; %4 multiply-adds, %5 of all")
        .arg(nameOf(graph, column), countText(costs.parameters), share(costs.parameters, all.parameters),
             largeCountText(costs.multiplyAdds), share(costs.multiplyAdds, all.multiplyAdds));
}

}  // namespace resnet::ui

#include "ui/activations/ActivationCharts.h"

#include "core/explain/UnitNorms.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>

#include <cmath>

namespace resnet::ui {
namespace {

using Tone = ColumnChart::Tone;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FeatureMaps)
};

ColumnChart::Row row(const QString& title, std::vector<std::optional<double>> values) {
    return {title, {{std::nullopt, std::move(values)}}, nullptr};
}

// Norms reach from a few to thousands; the small ones must be seen too.
double squareRoot(double value) {
    return std::sqrt(std::max(0.0, value));
}

}  // namespace

ColumnChart stepsChart(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics) {
    ColumnChart chart = chartOfSteps(graph);
    const auto count = std::size_t(graph.stepCount());
    std::vector<std::optional<double>> means(count), deviations(count), zeros(count), norms(count);
    for (const Step& step : graph.steps()) {
        const auto i = std::size_t(step.id);
        if (const auto* entry = statistics.of(maps.of(step.id)); entry && entry->total.count > 0) {
            means[i] = entry->total.mean;
            deviations[i] = entry->total.deviation;
            zeros[i] = entry->total.shareOfZeros();
            norms[i] = entry->total.norm;
        }
    }
    chart.rows = {row(Words::tr("Mean"), means), row(Words::tr("Std. deviation"), deviations),
                  row(Words::tr("Zeros"), zeros), row(Words::tr("Norm"), norms)};
    chart.rows.back().position = squareRoot;
    return chart;
}

ColumnChart unitsChart(const Graph& graph, const Run& activations) {
    ColumnChart chart;
    const auto count = graph.units().size();
    chart.columns = int(count);
    std::vector<std::optional<double>> mainPath(count), shortcut(count), ratio(count), cosine(count),
        cut(count);
    for (std::size_t i = 0; i < count; ++i) {
        const ResidualUnit& unit = graph.units()[i];
        chart.tones.push_back(Tone::Neutral);
        chart.groups.push_back({QString::fromStdString(unit.name), int(i)});
        if (const std::optional<UnitNorms> norms = unitNormsOf(unit, activations)) {
            mainPath[i] = norms->mainPath;
            shortcut[i] = norms->shortcut;
            ratio[i] = norms->ratio();
            cosine[i] = norms->cosine;
            if (graph.reluAfterSum(unit))
                cut[i] = norms->belowZero;
        }
    }
    chart.rows = {
        {Words::tr("‖F‖ and ‖x‖"), {{Tone::MainPath, mainPath}, {Tone::Shortcut, shortcut}}, nullptr},
        row(Words::tr("‖F‖ / ‖x‖"), ratio),
        row(Words::tr("Cosine"), cosine),
        row(Words::tr("Cut by ReLU"), cut)};
    return chart;
}

QString stepFigures(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics,
                    StepId step) {
    const QString name = QString::fromStdString(graph.stepName(step));
    const auto* entry = statistics.of(maps.of(step));
    if (!entry)
        return Words::tr("%1: not computed yet").arg(name);
    if (entry->total.count == 0)
        return Words::tr("%1: no finite value").arg(name);
    return Words::tr("%1: mean %2, standard deviation %3, zeros %4, norm %5")
        .arg(name, valueText(entry->total.mean), valueText(entry->total.deviation),
             percentText(entry->total.shareOfZeros()), valueText(entry->total.norm));
}

QString unitFigures(const Graph& graph, const ResidualUnit& unit, const Run& activations) {
    const QString name = QString::fromStdString(unit.name);
    const std::optional<UnitNorms> norms = unitNormsOf(unit, activations);
    if (!norms)
        return Words::tr("%1: not computed yet").arg(name);
    const QString text = Words::tr("%1: ‖F‖ %2, ‖x‖ %3, ratio %4, cosine %5")
                             .arg(name, valueText(norms->mainPath), valueText(norms->shortcut),
                                  valueText(norms->ratio()), valueText(norms->cosine));
    return graph.reluAfterSum(unit) ? text + Words::tr(", cut %1").arg(percentText(norms->belowZero)) : text;
}

}  // namespace resnet::ui

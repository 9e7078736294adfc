#include "ui/activations/ChartsView.h"

#include "core/explain/UnitNorms.h"
#include "ui/Words.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/UnitWords.h"
#include "ui/workspace/RunStatistics.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

using Tone = ColumnChart::Tone;

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
        if (unit.unit == 0)
            chart.groups.push_back({Words::tr("Stage %1").arg(unit.stage + 1), int(i)});
        if (const std::optional<UnitNorms> norms = unitNormsOf(unit, activations)) {
            mainPath[i] = norms->mainPath;
            shortcut[i] = norms->shortcut;
            ratio[i] = 100.0 * norms->ratio();
            cosine[i] = norms->cosine;
            if (graph.reluAfterSum(unit))
                cut[i] = 100.0 * norms->belowZero;
        }
    }
    chart.rows = {
        {Words::tr("Norms of F(x), x"), {{Tone::MainPath, mainPath}, {Tone::Shortcut, shortcut}}, nullptr},
        row(Words::tr("F(x) changes x by (%)"), ratio),
        row(Words::tr("Cosine"), cosine),
        row(Words::tr("ReLU cuts (%)"), cut)};
    return chart;
}

QString stepFigures(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics,
                    StepId step) {
    const QString name = titleOf(graph, step);
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
    const QString name = titleOf(unit);
    const std::optional<UnitNorms> norms = unitNormsOf(unit, activations);
    if (!norms)
        return Words::tr("%1: not computed yet").arg(name);
    const QString text = Words::tr("%1: %2 (norms %3 and %4), cosine %5")
                             .arg(name, changeText(unit, *norms), valueText(norms->mainPath),
                                  valueText(norms->shortcut), valueText(norms->cosine));
    return graph.reluAfterSum(unit) ? text + Words::tr(", ReLU cuts %1").arg(percentText(norms->belowZero))
                                    : text;
}

ChartsView::ChartsView(Workspace& workspace, const QString& title, const QString& caption)
    : View(workspace, title), m_chart(new ColumnChartView) {
    setSubtitle(caption);
    m_chart->setAccessibleName(title);
    body()->setSpacing(Theme::grid);
    body()->addWidget(m_chart, 1);
    addFoot();
    connect(m_chart, &ColumnChartView::columnPicked, this, [this](int column) { pick(column); });
    connect(m_chart, &ColumnChartView::columnHovered, this, [this](int column) { tell(figuresOf(column)); });
    connect(m_chart, &ColumnChartView::hoverLeft, this, [this] { tell({}); });
}

void ChartsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_chart->setTheme(workspace().theme());
    if (!workspace().session().hasInput())
        return setChart({}, tr("Open a picture and a network to see what happens from step to step."));
    if (changes.have(Changes::Model | Changes::OtherRun | Changes::RunEnded | Changes::Statistics |
                     Changes::Shown))
        showChart();
    showCurrent(false);
}

// What stands in the column is said, too.
void ChartsView::showCurrent(bool isOtherChart) {
    const int column = currentColumn();
    if (column == m_chart->current() && !isOtherChart)
        return;
    m_chart->setCurrent(column);
    m_chart->setAccessibleDescription(!m_chart->isEmpty() && column >= 0 ? figuresOf(column) : subtitle());
}

void ChartsView::setChart(ColumnChart chart, const QString& placeholder) {
    m_chart->setPlaceholder(placeholder);
    m_chart->setChart(std::move(chart));
    showCurrent(true);
    // What stands in the view's place says why there is nothing.
    setHint(m_chart->isEmpty() ? QString() : tr("Point at a column to read it; click to go there."));
}

StepChartsView::StepChartsView(Workspace& workspace)
    : ChartsView(workspace, tr("All steps"),
                 tr("blue: main path, orange: shortcut, grey: stem, sums, head")) {
    setExplanation(allStepsWords());
    setFollows(Follows::Maps);
}

void StepChartsView::showChart() {
    RunStatistics& statistics = workspace().statistics();
    if (statistics.wantAll())
        setChart(stepsChart(workspace().session().graph(), workspace().shown(), statistics.values()), {});
    else
        setChart({}, tr("Measuring…"));
}

int StepChartsView::currentColumn() const {
    return workspace().currentStep();
}

void StepChartsView::pick(int column) {
    workspace().goToStep(column);
}

QString StepChartsView::figuresOf(int column) const {
    return stepFigures(workspace().session().graph(), workspace().shown(), workspace().statistics().values(),
                       column);
}

UnitChartsView::UnitChartsView(Workspace& workspace)
    : ChartsView(workspace, tr("All residual units"), tr("what the main path F adds to the shortcut x")),
      m_measuring(tr("not enough memory to measure the units")) {
    setExplanation(allUnitsWords());
    setFollows(Follows::Run);
}

void UnitChartsView::showChart() {
    if (std::ranges::none_of(workspace().session().graph().units(), &ResidualUnit::hasAddition))
        return setChart({}, tr("This network has no shortcuts to compare with."));
    m_measuring.start([model = workspace().model(), run = workspace().shown().run()](
                          const BackgroundJob::Context&) { return unitsChart(model->graph(), run); },
                      [this](ColumnChart chart) { setChart(std::move(chart), {}); },
                      [this](const Error& error) { setChart({}, QString::fromUtf8(error.what())); });
}

int UnitChartsView::currentColumn() const {
    if (!workspace().model())
        return -1;
    const Graph& graph = workspace().session().graph();
    const ResidualUnit* unit = graph.unitOf(workspace().currentStep());
    return unit ? int(unit - graph.units().data()) : -1;
}

void UnitChartsView::pick(int column) {
    workspace().goToStep(workspace().session().graph().units()[std::size_t(column)].branchOutput());
}

QString UnitChartsView::figuresOf(int column) const {
    const Graph& graph = workspace().session().graph();
    return unitFigures(graph, graph.units()[std::size_t(column)], workspace().shown().run());
}

}  // namespace resnet::ui

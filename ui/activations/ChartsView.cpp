#include "ui/activations/ChartsView.h"

#include "ui/activations/ActivationCharts.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/words/ActivationWords.h"
#include "ui/workspace/RunStatistics.h"

#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

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

#include "ui/activations/ChartsView.h"

#include "ui/activations/ActivationCharts.h"
#include "ui/activations/ColumnChartView.h"

#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

ChartsView::ChartsView(Workspace& workspace, ActivationStatistics& statistics, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_statistics(statistics), m_chart(new ColumnChartView) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_chart);
    connect(m_chart, &ColumnChartView::columnPicked, this, &ChartsView::pick);
    connect(m_chart, &ColumnChartView::columnHovered, this, &ChartsView::tell);
    connect(m_chart, &ColumnChartView::hoverLeft, this, [this] { Q_EMIT told({}); });
}

void ChartsView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
}

void ChartsView::refresh(Content content) {
    m_content = content;
    if (!m_workspace.model() || !m_workspace.activations().input()) {
        m_chart->setPlaceholder(tr("Open a picture and a network to see what happens from step to step."));
        m_chart->setChart({});
        return;
    }
    if (content == Content::Steps)
        showSteps();
    else
        showUnits();
}

void ChartsView::showSteps() {
    m_chart->setAccessibleName(tr("Figures of all steps"));
    m_chart->setChart(stepsChart(m_workspace.model()->graph(), m_workspace.activations(), m_statistics));
    m_chart->setCurrent(m_workspace.currentStep());
}

void ChartsView::showUnits() {
    const Graph& graph = m_workspace.model()->graph();
    const StepId step = m_workspace.currentStep();
    const ResidualUnit* unit = graph.unitOf(step);
    m_chart->setAccessibleName(tr("Figures of all residual units"));
    m_chart->setPlaceholder(tr("This network has no shortcuts to compare with."));
    const bool hasSums = std::ranges::any_of(graph.units(), &ResidualUnit::hasAddition);
    m_chart->setChart(hasSums ? unitsChart(graph, m_workspace.activations()) : ColumnChart());
    m_chart->setCurrent(unit ? int(unit - graph.units().data()) : -1);
}

bool ChartsView::isEmpty() const {
    return m_chart->isEmpty();
}

QString ChartsView::caption() const {
    return m_content == Content::Steps ? tr("blue: main path, orange: shortcut, grey: stem, sums, head")
                                       : tr("what the main path F adds to the shortcut x");
}

void ChartsView::pick(int column) {
    if (m_content == Content::Steps)
        m_workspace.goToStep(column);
    else
        m_workspace.goToStep(m_workspace.model()->graph().units()[std::size_t(column)].branchOutput());
}

void ChartsView::tell(int column) {
    const Graph& graph = m_workspace.model()->graph();
    Q_EMIT told(m_content == Content::Steps
                    ? stepFigures(graph, m_workspace.activations(), m_statistics, column)
                    : unitFigures(graph, graph.units()[std::size_t(column)], m_workspace.activations()));
}

}  // namespace resnet::ui

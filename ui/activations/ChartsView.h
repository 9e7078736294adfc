#pragma once

#include "core/explain/Statistics.h"
#include "core/network/Graph.h"
#include "ui/painting/ColumnChart.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/ShownMaps.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

namespace resnet::ui {

class ColumnChartView;

// Mean, standard deviation, share of zeros and norm of every step; a column is a step.
ColumnChart stepsChart(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics);

// ||F|| and ||x||, their ratio and cosine, and what ReLU cuts, of every residual unit; a column is a unit.
ColumnChart unitsChart(const Graph& graph, const Run& activations);

// The same figures of one column in words.
QString stepFigures(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics, StepId step);
QString unitFigures(const Graph& graph, const ResidualUnit& unit, const Run& activations);

// Figures of many steps as columns, made when a run has ended; a click on a column goes there.
class ChartsView : public View {
    Q_OBJECT
public:
    ColumnChartView* chart() const { return m_chart; }

protected:
    ChartsView(Workspace& workspace, const QString& title, const QString& caption);

    void refresh(const Changes& changes) override;
    // Makes the chart and shows it, now or when it has been measured.
    virtual void showChart() = 0;
    virtual int currentColumn() const = 0;
    virtual void pick(int column) = 0;
    virtual QString figuresOf(int column) const = 0;
    void showCurrent(bool isOtherChart);
    void setChart(ColumnChart chart, const QString& placeholder);

private:
    ColumnChartView* m_chart;
};

// Of all steps.
class StepChartsView : public ChartsView {
    Q_OBJECT
public:
    explicit StepChartsView(Workspace& workspace);

protected:
    void showChart() override;
    int currentColumn() const override;
    void pick(int column) override;
    QString figuresOf(int column) const override;
};

// Of all residual units.
class UnitChartsView : public ChartsView {
    Q_OBJECT
public:
    explicit UnitChartsView(Workspace& workspace);

protected:
    void showChart() override;
    int currentColumn() const override;
    void pick(int column) override;
    QString figuresOf(int column) const override;

private:
    BackgroundJob m_measuring;
};

}  // namespace resnet::ui

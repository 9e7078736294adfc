#pragma once

#include "core/explain/ActivationStatistics.h"
#include "ui/activations/MapControls.h"
#include "ui/workspace/Workspace.h"

#include <QFrame>

class QStackedWidget;

namespace resnet::ui {

class Card;
class ChannelDetail;
class ChoiceButton;
class ColumnChartView;
class MapGrid;
class VectorBars;

// The panel below the diagram. At the left all channels of the current step, or figures of all steps, of all
// residual units, or the kernels; at the right the selected channel.
class FeatureMapsPanel : public QFrame {
    Q_OBJECT
public:
    enum class View { Maps, Steps, Units, Kernels };

    explicit FeatureMapsPanel(Workspace& workspace, QWidget* parent = nullptr);

    void setView(View view);
    MapControls* controls() const { return m_controls; }
    MapGrid* grid() const { return m_grid; }
    VectorBars* bars() const { return m_bars; }
    MapGrid* kernels() const { return m_kernels; }
    ColumnChartView* chart() const { return m_chart; }

private:
    void connectViews();
    void connectWorkspace();
    void refresh();
    void refreshMaps();
    void refreshChart();
    void refreshKernels();
    void refreshTexts();
    void refreshTheme();
    void followChannel();
    void followStepComputed(StepId step);
    void pickColumn(int column);
    void tellCell(int channel, const Cell& cell);
    void tellValue(int channel);
    void tellColumn(int column);
    void tellKernel(int index, const Cell& cell);

    FeatureMapsPtr currentMaps() const;
    ColorMap currentColors() const;
    std::vector<int> currentOrder();
    bool isVector() const;
    bool hasColorKernels() const;
    QString placeholder() const;

    Workspace& m_workspace;
    ActivationStatistics m_statistics;
    View m_view = View::Maps;
    int m_similarityAnchor = 0;
    int m_shownCount = 0;
    FeatureMapsPtr m_kernelMaps;

    Card* m_overview;
    ChannelDetail* m_detail;
    MapControls* m_controls;
    ChoiceButton* m_viewButton;
    QStackedWidget* m_stack;
    MapGrid* m_grid;
    VectorBars* m_bars;
    ColumnChartView* m_chart;
    MapGrid* m_kernels;
};

}  // namespace resnet::ui

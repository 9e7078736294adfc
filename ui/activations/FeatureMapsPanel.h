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
class WeightsView;

// The panel below the diagram. At the left all channels of the current step, or figures of all steps, of all
// residual units, or the weights; at the right the selected channel.
class FeatureMapsPanel : public QFrame {
    Q_OBJECT
public:
    using View = MapsView;

    explicit FeatureMapsPanel(Workspace& workspace, QWidget* parent = nullptr);

    void setView(View view);
    MapControls* controls() const { return m_controls; }
    MapGrid* grid() const { return m_grid; }
    VectorBars* bars() const { return m_bars; }
    WeightsView* weights() const { return m_weights; }
    ColumnChartView* chart() const { return m_chart; }

private:
    void connectViews();
    void connectWorkspace();
    void takeSettings();
    void refresh();
    void refreshMaps();
    void refreshChart();
    void refreshTexts();
    void refreshTheme();
    void followChannel();
    void followStepComputed(StepId step);
    void pickColumn(int column);
    void tellCell(int channel, const Cell& cell);
    void tellValue(int channel);
    void tellColumn(int column);

    FeatureMapsPtr currentMaps() const;
    ColorMap currentColors() const;
    std::vector<int> currentOrder();
    bool isVector() const;
    QString placeholder() const;

    Workspace& m_workspace;
    ActivationStatistics m_statistics;
    View m_view = View::Maps;
    int m_similarityAnchor = 0;
    int m_shownCount = 0;

    Card* m_overview;
    ChannelDetail* m_detail;
    MapControls* m_controls;
    ChoiceButton* m_viewButton;
    QStackedWidget* m_stack;
    MapGrid* m_grid;
    VectorBars* m_bars;
    ColumnChartView* m_chart;
    WeightsView* m_weights;
};

}  // namespace resnet::ui

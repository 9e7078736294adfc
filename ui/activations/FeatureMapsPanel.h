#pragma once

#include "core/explain/Statistics.h"
#include "ui/activations/MapControls.h"
#include "ui/workspace/Workspace.h"

#include <QFrame>

class QLabel;
class QStackedWidget;

namespace resnet::ui {

class Card;
class ChannelDetail;
class ChartsView;
class ChoiceButton;
class ColumnChartView;
class MapGrid;
class ChannelsView;
class UnitGrid;
class VectorBars;
class ScaleStrip;
class WeightsView;
struct Explanation;

// The panel below the diagram. At the left all channels of the current step or of its residual unit, figures
// of all steps or of all units, or the weights; at the right the selected channel.
class FeatureMapsPanel : public QFrame {
    Q_OBJECT
public:
    using View = PanelView;

    explicit FeatureMapsPanel(Workspace& workspace, QWidget* parent = nullptr);

    View view() const { return m_view; }
    void setView(View view);
    MapControls* controls() const { return m_controls; }
    MapGrid* grid() const;
    UnitGrid* unitGrid() const;
    VectorBars* bars() const;
    ColumnChartView* chart() const;
    WeightsView* weights() const { return m_weights; }

private:
    void connectViews();
    void connectWorkspace();
    void takeSettings();
    void refresh();
    void refreshTexts();
    // What is under the cursor, or what can be done.
    void tell(const QString& text);
    void refreshTheme();
    void followChannel();
    void followStepComputed(StepId step);
    QString title() const;
    QString caption() const;
    QString hint() const;
    void refreshScale();
    Explanation explanation() const;

    Workspace& m_workspace;
    ActivationStatistics m_statistics;
    View m_view = View::Maps;

    Card* m_overview;
    ChannelDetail* m_detail;
    MapControls* m_controls;
    ChoiceButton* m_viewButton;
    QStackedWidget* m_stack;
    ChannelsView* m_channels;
    ChartsView* m_charts;
    WeightsView* m_weights;
    QLabel* m_reading;
    ScaleStrip* m_scale;
};

}  // namespace resnet::ui

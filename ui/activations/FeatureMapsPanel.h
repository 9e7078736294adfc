#pragma once

#include "core/explain/ActivationStatistics.h"
#include "ui/activations/ChannelOrder.h"
#include "ui/activations/MapScale.h"
#include "ui/workspace/Workspace.h"

#include <QFrame>

#include <optional>

class QLineEdit;
class QStackedWidget;

namespace resnet::ui {

class Card;
class ChannelDetail;
class ChoiceButton;
class MapGrid;
class VectorBars;

// The panel below the diagram: at the left all channels of the current step, at the right the selected one.
class FeatureMapsPanel : public QFrame {
    Q_OBJECT
public:
    explicit FeatureMapsPanel(Workspace& workspace, QWidget* parent = nullptr);

    void setSortKey(SortKey key);
    void setScaleScope(ScaleScope scope);
    // Nothing: what suits the step.
    void setColors(std::optional<ColorMap> colors);
    void setFilter(const QString& text);

    MapGrid* grid() const { return m_grid; }
    VectorBars* bars() const { return m_bars; }

private:
    void buildControls();
    void connectWorkspace();
    void refresh();
    void refreshOrder();
    void refreshTexts();
    void refreshTheme();
    void followChannel();
    void followStepComputed(StepId step);
    void tellCell(int channel, const Cell& cell);
    void tellValue(int channel);

    FeatureMapsPtr currentMaps() const;
    ColorMap currentColors() const;
    bool isVector() const;
    QString placeholder() const;

    Workspace& m_workspace;
    ActivationStatistics m_statistics;
    SortKey m_sortKey = SortKey::Index;
    int m_similarityAnchor = 0;
    ScaleScope m_scope = ScaleScope::Step;
    std::optional<ColorMap> m_colors;
    std::optional<ChannelFilter> m_filter = ChannelFilter();
    std::vector<int> m_order;

    Card* m_overview;
    ChannelDetail* m_detail;
    QStackedWidget* m_stack;
    MapGrid* m_grid;
    VectorBars* m_bars;
    QLineEdit* m_filterEdit;
    ChoiceButton* m_sortButton;
    ChoiceButton* m_scaleButton;
    ChoiceButton* m_colorButton;
    QFrame* m_divider;
};

}  // namespace resnet::ui

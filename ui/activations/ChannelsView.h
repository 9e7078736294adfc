#pragma once

#include "core/explain/Statistics.h"
#include "ui/painting/MapImage.h"
#include "ui/workspace/Workspace.h"

#include <QStackedWidget>

#include <vector>

namespace resnet::ui {

class MapControls;
class MapGrid;
class UnitGrid;
class VectorBars;

// All channels of the current step in the wanted order, scale and colours: its maps, the bars of a vector, or
// what the step's residual unit does to each channel.
class ChannelsView : public QStackedWidget {
    Q_OBJECT
public:
    ChannelsView(Workspace& workspace, ActivationStatistics& statistics, MapControls& controls,
                 QWidget* parent = nullptr);

    enum class Content { Step, Unit };
    // Follows the workspace's step and results, and the controls.
    void refresh(Content content);
    void followChannel();
    // Sorting by similarity compares with the channel selected now.
    void anchorSimilarity() { m_similarityAnchor = m_workspace.channel(); }
    void setTheme(const Theme& theme);

    // What is shown, in a line.
    QString caption();
    bool isEmpty() const { return m_shownCount == 0; }
    // How many values are not finite; empty if all are.
    QString warning();
    // Whether all maps shown are on one scale, which is scales().front() then.
    bool hasOneScale() const {
        return m_scales.size() == 1 && m_shownCount > 0 && !(m_content == Content::Step && isVector());
    }
    ColorMap colors() const { return currentColors(); }
    // Of the step's values, or of the unit's.
    ValueRange values();
    bool isVector() const;
    // Those of the current step's maps.
    const std::vector<ValueRange>& scales() const { return m_scales; }

    MapGrid* grid() const { return m_grid; }
    UnitGrid* unitGrid() const { return m_unitGrid; }
    VectorBars* bars() const { return m_bars; }

Q_SIGNALS:
    // What is under the cursor; empty when the cursor has left.
    void told(const QString& text);

private:
    void connectGrid(MapGrid* grid);
    void showStep();
    void showUnit();
    void showBars(const FeatureMapsPtr& values, const std::vector<int>& order);
    void followPointedCell();
    void tellCell(int channel, const Cell& cell);
    void tellValue(int channel);

    FeatureMapsPtr currentMaps() const;
    const ResidualUnit* currentUnit() const;
    ColorMap currentColors() const;
    // The channels of a step's output that pass the filter, sorted; nothing while it is not computed.
    std::vector<int> orderOf(StepId step);
    QString placeholder() const;
    QString unitPlaceholder() const;
    QString channelCount(int channels) const;

    Workspace& m_workspace;
    ActivationStatistics& m_statistics;
    MapControls& m_controls;
    Content m_content = Content::Step;
    int m_similarityAnchor = 0;
    int m_shownCount = 0;
    std::vector<ValueRange> m_scales;

    MapGrid* m_grid;
    UnitGrid* m_unitGrid;
    VectorBars* m_bars;
};

}  // namespace resnet::ui

#pragma once

#include "core/explain/Statistics.h"
#include "ui/activations/MapControls.h"
#include "ui/painting/MapImage.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <vector>

class QStackedWidget;

namespace resnet::ui {

class MapGrid;
class ScaleStrip;
class UnitGrid;
class VectorBars;

// All channels in the wanted order, scale and colours, with the controls for those in the title row and the
// scale, if there is one, in the foot.
class ChannelsView : public View {
    Q_OBJECT
public:
    MapControls* controls() const { return m_controls; }

protected:
    ChannelsView(Workspace& workspace, const QString& title);

    void refresh(const Changes& changes) override;
    // Follows the workspace's step and results, and the controls.
    virtual void showChannels() = 0;
    virtual void followChannel() = 0;
    virtual void followPointedCell() = 0;
    virtual void setTheme(const Theme& theme) = 0;
    // Those whose maps are shown; the last decides on the scale.
    virtual std::vector<StepId> shownSteps() const = 0;

    void connectGrid(MapGrid* grid);
    // What the numbers at a cell are; the cell is pointed at in maps of `shape`.
    virtual QString valuesAt(int channel, const Cell& cell) const = 0;
    virtual FeatureShape shapeOfMaps() const = 0;
    // The channels of a step's output that pass the filter, sorted; nothing while it is not computed.
    std::vector<int> orderOf(StepId step);
    std::vector<ValueRange> scalesFor(ColorMap colors) const;
    // Below the maps, if they are all on one.
    void showScale(ColorMap colors, const std::vector<ValueRange>& scales, bool isShown);
    // Those chosen, else what suits.
    ColorMap colorsOr(ColorMap suitable) const { return m_controls->display().colors.value_or(suitable); }
    // Why nothing is shown.
    QString placeholder() const;
    // "64", or "3 of 64 shown".
    static QString countText(int shown, int channels);
    int similarityAnchor() const { return m_similarityAnchor; }
    ActivationStatistics& statistics() const;
    QWidget* scaleStrip() const;

private:
    // Sorting by similarity compares with the channel selected now.
    void anchorSimilarity() { m_similarityAnchor = workspace().channel(); }

    MapControls* m_controls;
    ScaleStrip* m_scale;
    int m_similarityAnchor = 0;
};

// The maps of the current step, or the bars of a vector.
class FeatureMapsView : public ChannelsView {
    Q_OBJECT
public:
    explicit FeatureMapsView(Workspace& workspace);

    MapGrid* grid() const { return m_grid; }
    VectorBars* bars() const { return m_bars; }

protected:
    void showChannels() override;
    void followChannel() override;
    void followPointedCell() override;
    void setTheme(const Theme& theme) override;
    std::vector<StepId> shownSteps() const override;
    QString valuesAt(int channel, const Cell& cell) const override;
    FeatureShape shapeOfMaps() const override;
    Figure paintedFigure(const FigureTitle& title) override;

private:
    bool isVector() const;
    void showGrid(const std::vector<int>& order, ColorMap colors);
    void showBars(const std::vector<int>& order, bool areRanked);
    QString captionOf(int shown) const;

    QStackedWidget* m_stack;
    MapGrid* m_grid;
    VectorBars* m_bars;
};

// What the residual unit of the current step does to each channel.
class UnitMapsView : public ChannelsView {
    Q_OBJECT
public:
    explicit UnitMapsView(Workspace& workspace);

    UnitGrid* grid() const { return m_grid; }

protected:
    void showChannels() override;
    void followChannel() override;
    void followPointedCell() override;
    void setTheme(const Theme& theme) override;
    std::vector<StepId> shownSteps() const override;
    QString valuesAt(int channel, const Cell& cell) const override;
    FeatureShape shapeOfMaps() const override;
    Figure paintedFigure(const FigureTitle& title) override;

private:
    const ResidualUnit* unit() const;
    QString unitPlaceholder() const;

    UnitGrid* m_grid;
};

}  // namespace resnet::ui

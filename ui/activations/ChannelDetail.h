#pragma once

#include "core/explain/Statistics.h"
#include "ui/activations/MapScale.h"
#include "ui/widgets/Card.h"
#include "ui/workspace/Workspace.h"

#include <optional>
#include <vector>

class QButtonGroup;
class QSlider;

namespace resnet::ui {

struct Reading;
class CellReadout;
class ClassContributions;
class EnlargedMap;
class PictureBeside;
class ScaleStrip;
class UnitLens;

// The selected channel at close range: within a residual unit what the unit does to it, elsewhere (or on
// demand) the map itself with its colour bar, over the image if wanted and beside it where there is room, and
// for a class the features that speak for it; with them the numbers at the cell under the cursor, or at the
// selected one.
class ChannelDetail : public Card {
    Q_OBJECT
public:
    ChannelDetail(Workspace& workspace, ActivationStatistics& statistics, QWidget* parent = nullptr);

    // How the grid shows the step: the colours chosen by hand, if any, and its scales.
    void setDisplay(std::optional<ColorMap> chosenColors, std::vector<ValueRange> scales);
    // Follows the workspace's step, channel and results.
    void refresh();
    void refreshCell();
    void setTheme(const Theme& theme);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    enum class Shown { Lens, Map, Contributions, Nothing };

    QWidget* makeOverlayRow();
    void connectParts();
    const ResidualUnit* lensUnit() const;
    StepId shownStep() const;  // while there is a model
    FeatureMapsPtr shownMaps() const;
    Shown shown() const;
    void refreshTitle();
    void refreshLens(const ResidualUnit& unit);
    void refreshMap();
    void followPointedCell();
    // The cell under the cursor, in whatever view, else the selected one.
    std::optional<Cell> readCell(const FeatureMapsPtr& maps) const;
    Reading reading(const FeatureMapsPtr& maps, const std::optional<Cell>& cell) const;
    void arrange();
    void arrangeMap(const QSize& room);
    void arrangeBelow(const QSize& room);

    Workspace& m_workspace;
    ActivationStatistics& m_statistics;
    std::optional<ColorMap> m_chosenColors;
    std::vector<ValueRange> m_scales;
    bool m_wantsLens = true;

    QButtonGroup* m_chips;
    ScaleStrip* m_scale;
    QWidget* m_stage;
    UnitLens* m_lens;
    EnlargedMap* m_map;
    ClassContributions* m_contributions;
    CellReadout* m_readout;
    QSlider* m_opacity;
    QWidget* m_overlay;
    PictureBeside* m_picture;
};

}  // namespace resnet::ui

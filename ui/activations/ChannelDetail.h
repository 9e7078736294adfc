#pragma once

#include "core/explain/ActivationStatistics.h"
#include "ui/activations/MapScale.h"
#include "ui/widgets/Card.h"
#include "ui/workspace/Workspace.h"

#include <optional>
#include <vector>

class QSlider;
class QToolButton;

namespace resnet::ui {

class CellReadout;
class EnlargedMap;
class UnitLens;
class VectorBars;

// The selected channel at close range: within a residual unit what the unit does to it, elsewhere (or on
// demand) the map itself with its colour bar, over the image if wanted, and for a class the features that
// speak for it; with them the numbers at the selected cell, or at the one under the cursor.
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

    void connectParts();
    const ResidualUnit* lensUnit() const;
    FeatureMapsPtr shownMaps() const;
    Shown shown() const;
    void refreshTitle();
    void refreshLens(const ResidualUnit& unit);
    void refreshMap();
    void refreshContributions();
    void setHovered(std::optional<Cell> cell);
    void arrange();
    void arrangeMap(const QSize& room);
    QRect contributionsRect() const;

    Workspace& m_workspace;
    ActivationStatistics& m_statistics;
    std::optional<ColorMap> m_chosenColors;
    std::vector<ValueRange> m_scales;
    std::optional<Cell> m_hovered;
    bool m_wantsLens = true;

    QToolButton* m_unitChip;
    QToolButton* m_channelChip;
    QWidget* m_stage;
    UnitLens* m_lens;
    EnlargedMap* m_map;
    VectorBars* m_contributions;
    CellReadout* m_readout;
    QWidget* m_overlay;
    QSlider* m_opacity;
};

}  // namespace resnet::ui

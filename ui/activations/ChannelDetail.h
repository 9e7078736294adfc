#pragma once

#include "core/explain/ActivationStatistics.h"
#include "ui/activations/MapScale.h"
#include "ui/widgets/Card.h"
#include "ui/workspace/Workspace.h"

#include <optional>
#include <vector>

class QToolButton;

namespace resnet::ui {

class CellReadout;
class EnlargedMap;
class UnitLens;
struct Reading;

// The selected channel at close range: within a residual unit what the unit does to it, elsewhere (or on
// demand) the map itself with its colour bar; below, the numbers at the selected cell, or at the one under
// the cursor.
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

private:
    const ResidualUnit* lensUnit() const;
    bool isLensShown() const;
    FeatureMapsPtr shownMaps() const;
    void refreshTitle();
    void refreshLens(const ResidualUnit& unit);
    void refreshMap();
    void setHovered(std::optional<Cell> cell);
    void arrange();

    Reading lensReading(const Cell& cell) const;
    Reading mapReading(std::optional<Cell> cell) const;
    Reading vectorReading() const;

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
    CellReadout* m_readout;

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
};

}  // namespace resnet::ui

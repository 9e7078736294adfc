#pragma once

#include "core/explain/Statistics.h"
#include "ui/activations/MapScale.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <optional>
#include <vector>

class QSlider;

namespace resnet::ui {

struct Reading;
class CellReadout;
class ClassContributions;
class EnlargedMap;
class PictureBeside;
class ScaleStrip;
class UnitLens;

// The selected channel at close range: the map itself with its colour bar, over the image if wanted and
// beside it where there is room, or, about a residual unit, what the unit does to it; for a class the
// features that speak for it; with them the numbers at the cell under the cursor, or at the selected one.
class ChannelDetail : public View {
    Q_OBJECT
public:
    enum class About { Step, Unit };
    // About::Unit shows the step where there is no unit with a sum.
    ChannelDetail(Workspace& workspace, About about, QWidget* parent = nullptr);

protected:
    void refresh(const Changes& changes) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    enum class Shown { Lens, Map, Contributions, Nothing };

    QWidget* makeOverlayRow();
    void connectParts();
    const ResidualUnit* lensUnit() const;
    StepId shownStep() const;  // while there is a model
    FeatureMapsPtr shownMaps() const;
    Shown shown() const;
    void showChannel();
    void refreshCell();
    void setTheme(const Theme& theme);
    void refreshTitle();
    void refreshLens(const ResidualUnit& unit);
    void refreshMap();
    std::vector<ValueRange> scalesOfPanel(ColorMap colors) const;
    void followPointedCell();
    // The cell under the cursor, in whatever view, else the selected one.
    std::optional<Cell> readCell(const FeatureMapsPtr& maps) const;
    Reading reading(const FeatureMapsPtr& maps, const std::optional<Cell>& cell) const;
    void arrange();
    void arrangeMap(const QSize& room);
    void arrangeBelow(const QSize& room);

    const About m_about;
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

#pragma once

#include "core/explain/Statistics.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/UnitTerms.h"
#include "ui/painting/MapImage.h"
#include "ui/widgets/Canvas.h"

#include <optional>
#include <vector>

namespace resnet::ui {

// What a residual unit does to one channel: x, F(x), their sum and what the ReLU keeps of it, on one scale.
struct UnitLensContent {
    std::vector<UnitTerm> terms;
    std::vector<FeatureMapsPtr> maps;  // of each term; null while not computed
    int channel = 0;
    ShortcutForm shortcutForm = ShortcutForm::Identity;
    ColorMap colors = ColorMap::Diverging;
    ValueRange scale{-1.0f, 1.0f};
    StepId currentStep = inputStep;
    std::optional<StepId> relu;  // the ReLU after the sum, and once that is computed the share of cells
    std::optional<double> cut;   // below zero, which it cuts
};

// Of a unit with a sum. The scale reaches over the channel in all terms.
UnitLensContent unitLensContent(const Graph& graph, const ResidualUnit& unit, int channel, ColorMap colors,
                                const Edits& edits, const ShownMaps& maps, ActivationStatistics& statistics);

// The maps side by side with their signs between, captions in the colours of the two ways. A caption
// leads to its step.
class UnitLens : public Canvas {
    Q_OBJECT
public:
    explicit UnitLens(QWidget* parent = nullptr);

    void setContent(const UnitLensContent& content);
    void setCell(std::optional<Cell> cell);
    void setPointedCell(std::optional<Cell> cell);
    // A ring around the caption of a step's map.
    void setHalo(std::optional<StepId> step);
    void setTheme(const Theme& theme);

    const UnitLensContent& content() const { return m_content; }
    // Of each term; nothing while it is not computed.
    std::vector<std::optional<float>> valuesAt(const Cell& cell) const;
    // As high as the maps can use at a width.
    int heightForWidth(int width) const override;
    const EnlargedMap& map(int term) const { return *m_maps[std::size_t(term)]; }

Q_SIGNALS:
    void cellPicked(std::optional<resnet::Cell> cell);
    void cellHovered(std::optional<resnet::Cell> cell);
    void stepPicked(resnet::StepId step);

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    EnlargedMap* addMap();
    void placeMaps();
    void tellTerms();
    QString captionOf(const UnitTerm& term) const;
    QRectF captionRect(std::size_t term) const;
    const UnitTerm* captionAt(const QPointF& point) const;

    UnitLensContent m_content;
    std::vector<EnlargedMap*> m_maps;  // one per term, and hidden ones of units with more
    std::optional<Cell> m_cell;
    std::optional<StepId> m_halo;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

#pragma once

#include "core/explain/Statistics.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/UnitTerms.h"
#include "ui/painting/MapImage.h"

#include <array>

namespace resnet::ui {

// What a residual unit does to one channel: x, F(x), their sum and what the ReLU keeps of it, on one scale.
struct UnitLensContent {
    struct Term {
        FeatureMapsPtr maps;  // null while not computed
        StepId step = inputStep;
    };

    std::array<Term, unitTermCount> terms;
    int channel = 0;
    bool hasProjection = false;
    ColorMap colors = ColorMap::Diverging;
    ValueRange scale{-1.0f, 1.0f};
    StepId currentStep = inputStep;
    double cut = 0.0;  // share of the sum's cells below zero
};

// Of a unit with a sum. The scale reaches over the channel in all four terms.
UnitLensContent unitLensContent(const ResidualUnit& unit, int channel, ColorMap colors,
                                const Run& activations, ActivationStatistics& statistics);

// The four maps side by side with their signs between, captions in the colours of the two ways. A caption
// leads to its step.
class UnitLens : public QWidget {
    Q_OBJECT
public:
    explicit UnitLens(QWidget* parent = nullptr);

    void setContent(const UnitLensContent& content);
    void setCell(std::optional<Cell> cell);
    void setPointedCell(std::optional<Cell> cell);
    void setTheme(const Theme& theme);

    std::array<std::optional<float>, unitTermCount> valuesAt(const Cell& cell) const;
    // As high as the maps can use at a width.
    int heightForWidth(int width) const override;
    const EnlargedMap& map(int term) const { return *m_maps[std::size_t(term)]; }

Q_SIGNALS:
    void cellPicked(std::optional<resnet::Cell> cell);
    void cellHovered(std::optional<resnet::Cell> cell);
    void stepPicked(resnet::StepId step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QString captionOf(int term) const;
    QRectF captionRect(int term) const;
    int captionAt(const QPointF& point) const;

    UnitLensContent m_content;
    std::array<EnlargedMap*, unitTermCount> m_maps{};
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

#pragma once

#include "ui/activations/MapGrid.h"
#include "ui/activations/UnitTerms.h"

namespace resnet::ui {

// What the grid of a unit shows.
struct UnitGridContent {
    std::vector<UnitTerm> terms;
    std::vector<FeatureMapsPtr> maps;  // of each term; null while not computed
    ShortcutForm shortcutForm = ShortcutForm::Identity;
    StepId currentStep = inputStep;
    std::vector<int> order;
    ColorMap colors = ColorMap::Diverging;
    std::vector<ValueRange> scales;
    QString placeholder;
};

// What a residual unit does to every channel: x, F(x), F(x) + x and ReLU side by side, one channel after the
// other. The titles stay above their columns; a click on one leads to its step.
class UnitGrid : public QWidget {
    Q_OBJECT
public:
    explicit UnitGrid(QWidget* parent = nullptr);

    void setContent(const UnitGridContent& content);
    void setTheme(const Theme& theme);
    const UnitGridContent& content() const { return m_content; }
    MapGrid* grid() const { return m_grid; }
    // The title of a term above the first column.
    QRectF titleRect(int term) const { return titleRect(0, term); }

Q_SIGNALS:
    void stepPicked(resnet::StepId step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QRectF titleRect(int column, int term) const;
    const UnitTerm* termAt(const QPointF& point) const;

    MapGrid* m_grid;
    UnitGridContent m_content;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

#pragma once

#include "ui/activations/MapGrid.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// What the grid of a unit shows.
struct UnitGridContent {
    MapGridContent maps;  // a term a tile
    UnitTitles titles;
};

// What a residual unit does to every channel: x, F(x), F(x) + x and ReLU side by side, one channel after the
// other. The titles stay above their columns; a click on one leads to its step.
class UnitGrid : public Canvas {
    Q_OBJECT
public:
    explicit UnitGrid(QWidget* parent = nullptr);

    void setContent(const UnitGridContent& content);
    void setTheme(const Theme& theme);
    const UnitGridContent& content() const { return m_content; }
    MapGrid* grid() const { return m_grid; }
    // The title of a term above the first column.
    QRectF titleRect(int term) const { return UnitTitles::rect(m_grid->gridLayout(), 0, term); }

Q_SIGNALS:
    void stepPicked(resnet::StepId step);

protected:
    void paint(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    const UnitTerm* termAt(const QPointF& point) const;

    MapGrid* m_grid;
    UnitGridContent m_content;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

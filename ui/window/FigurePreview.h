#pragma once

#include "ui/exports/Figure.h"

#include <QWidget>

namespace resnet::ui {

// A figure as large as there is room, painted by its own paint call; what is transparent shows as a check.
class FigurePreview : public QWidget {
    Q_OBJECT
public:
    explicit FigurePreview(QWidget* parent = nullptr);

    void setFigure(Figure figure);
    QSize sizeHint() const override { return {640, 420}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Figure m_figure;
};

}  // namespace resnet::ui

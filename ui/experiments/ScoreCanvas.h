#pragma once

#include "ui/painting/ColumnChart.h"
#include "ui/painting/ExitStrip.h"
#include "ui/widgets/ColumnCanvas.h"

#include <variant>

namespace resnet::ui {

// The score, unit by unit: a chart, or a strip of the best classes.
class ScoreCanvas : public ColumnCanvas {
    Q_OBJECT
public:
    explicit ScoreCanvas(QWidget* parent = nullptr);

    using Content = std::variant<ColumnChart, ExitStrip>;
    void setContent(Content content);
    const Content& content() const { return m_content; }
    QRectF columnRect(int column) const override;

    QSize sizeHint() const override { return toScreen(QSizeF(700, 220)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(300, 120)); }

protected:
    int columns() const override;
    std::optional<int> columnAt(const QPointF& point) const override;
    void paintColumns(QPainter& painter, int current, int hovered, const Theme& theme) override;

private:
    Content m_content;
};

}  // namespace resnet::ui

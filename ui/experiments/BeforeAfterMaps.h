#pragma once

#include "core/network/Graph.h"
#include "core/tensor/FeatureMaps.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <optional>

namespace resnet::ui {

// One channel of a step's output before and now, and what was added to it, on one scale: point at a cell to
// read it, click to select it.
class BeforeAfterMaps : public Canvas {
    Q_OBJECT
public:
    explicit BeforeAfterMaps(QWidget* parent = nullptr);

    // Null maps: not computed. `caption` stands at the left, in lines.
    void setMaps(const FeatureMapsPtr& before, const FeatureMapsPtr& now, int channel,
                 const QString& caption);
    void setCell(const std::optional<Cell>& cell);
    void setTheme(const Theme& theme);

    // Of all three.
    const ValueRange& scale() const { return m_scale; }
    // now - before; null without them.
    const FeatureMapsPtr& difference() const { return m_difference; }
    // Before (0), now (1), difference (2).
    QRectF mapRect(int index) const;

    QSize sizeHint() const override { return toScreen(QSizeF(700, 130)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(300, 84)); }

Q_SIGNALS:
    void cellPicked(std::optional<resnet::Cell> cell);
    // With both values.
    void cellHovered(const resnet::Cell& cell, float before, float now);
    void hoverLeft();

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void tellValues();
    std::optional<Cell> cellAt(const QPointF& point) const;

    FeatureMapsPtr m_before;
    FeatureMapsPtr m_now;
    FeatureMapsPtr m_difference;
    int m_channel = 0;
    ValueRange m_scale{-1.0f, 1.0f};
    QString m_caption;
    std::optional<Cell> m_cell;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

#pragma once

#include "ui/painting/ColorBar.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// The colours of a scale in a line of text: a small bar between the numbers at its ends.
class ScaleStrip : public Canvas {
    Q_OBJECT
public:
    explicit ScaleStrip(QWidget* parent = nullptr);

    // Ends that `values` go beyond say so.
    void setScale(ColorMap colors, const ValueRange& scale, const ValueRange& values);
    void setTheme(const Theme& theme);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paint(QPainter& painter) override;

private:
    ColorMap m_colors = ColorMap::Viridis;
    ValueRange m_scale{0.0f, 1.0f};
    ValueRange m_values = emptyRange;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

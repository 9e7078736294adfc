#pragma once

#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"
#include "ui/workspace/Workspace.h"

#include <optional>

namespace resnet::ui {

// One channel, large: every cell can be pointed at, clicked, and reached with the arrow keys (with Shift by
// 8).
class EnlargedMap : public Canvas {
    Q_OBJECT
public:
    explicit EnlargedMap(QWidget* parent = nullptr);

    // A null `maps` shows `placeholder`.
    void setMap(FeatureMapsPtr maps, int channel, ColorMap colors, const ValueRange& scale);
    void setPlaceholder(const QString& placeholder);
    void setCell(std::optional<Cell> cell);
    void setPointedCell(std::optional<Cell> cell);
    // The scale beside the map, with its numbers.
    void setColorBarVisible(bool visible);
    // The picture below the map, and how much the map covers it (0 to 1).
    void setImage(const QImage& image);
    void setOpacity(double opacity);
    // Whether this is the step being looked at.
    void setCurrent(bool current);
    void setTheme(const Theme& theme);

    // The value of a cell; nothing while there is no map or outside it.
    std::optional<float> valueAt(const Cell& cell) const;
    // What is shown; null without a map.
    const FeatureMaps* maps() const { return m_maps.get(); }
    int channel() const { return m_channel; }
    ColorMap colors() const { return m_colors; }
    const ValueRange& scale() const { return m_scale; }
    std::optional<Cell> cellAt(const QPointF& point) const;
    // Of the selected one; nothing without.
    std::optional<QPointF> centreOfCell() const;
    QString spoken() const override;
    // Where the map is painted, as large as fits with square cells, in the middle.
    QRectF mapRect() const;

Q_SIGNALS:
    void cellPicked(std::optional<resnet::Cell> cell);
    void cellHovered(std::optional<resnet::Cell> cell);

protected:
    bool showsFocusItself() const override { return m_maps != nullptr; }
    bool event(QEvent* event) override;
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void paintMarks(QPainter& painter, const QRectF& rect) const;

    FeatureMapsPtr m_maps;
    int m_channel = 0;
    ColorMap m_colors = ColorMap::Viridis;
    ValueRange m_scale{0.0f, 1.0f};
    ValueRange m_range = emptyRange;  // of the values shown
    QString m_placeholder;
    std::optional<Cell> m_cell;
    std::optional<Cell> m_pointedCell;
    QImage m_image;
    double m_opacity = 1.0;
    bool m_hasColorBar = false;
    bool m_isCurrent = false;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

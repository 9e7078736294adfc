#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/attribution/TileLayout.h"
#include "ui/painting/FieldFrames.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"
#include "ui/workspace/PointedCell.h"

#include <QImage>
#include <QRect>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace resnet::ui {

struct MapTile {
    QString title;                         // above it
    QString shortTitle = {};               // where titles do not fit; empty: the title
    FeatureMapsPtr map = nullptr;          // 1 x h x w; null: the picture alone
    QString note = {};                     // over it
    bool startsGroup = false;              // stands apart from the one before
    std::optional<ValueRange> scale = {};  // else that of all
    std::optional<QRect> part = {};        // the cells that are shown, else all
    QString tip = {};                      // what a click does
    std::vector<MapFrame> frames = {};     // over it
};

// Whether all values are the same.
bool isFlat(const FeatureMaps& map);

// Signed maps beside each other on one scale with zero marked, over the picture or alone, with the number
// under the cursor. A click, or Return after the arrow keys, chooses one.
class MapTiles : public Canvas {
    Q_OBJECT
public:
    explicit MapTiles(PointedCell& pointed, QWidget* parent = nullptr);

    // On this scale, or on one as wide as their values.
    void setTiles(std::vector<MapTile> tiles, const std::optional<ValueRange>& scale = {});
    void setPicture(const QImage& picture);
    // Else the maps alone.
    void setLaidOver(bool laidOver);
    // What the two ends of the scale mean.
    void setMeanings(const QString& low, const QString& high);
    void setPlaceholder(const QString& text);
    void setTheme(const Theme& theme);

    const std::vector<MapTile>& tiles() const { return m_tiles; }
    // Of all of them; what a tile has of its own counts for it alone.
    const ValueRange& scale() const { return m_scale; }
    QRectF tileRect(int tile) const;
    // "Stage 1, unit 2, row 3, column 2: +0.120"; empty while nothing is pointed at.
    QString readout() const;

Q_SIGNALS:
    void readoutChanged(const QString& text);
    void chosen(int tile);
    // A cell of a map, or of the picture where a tile has none.
    void cellChosen(const resnet::Cell& cell);

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void makeImages();
    void arrange();
    void paintTile(QPainter& painter, int tile) const;
    void paintScale(QPainter& painter) const;
    void pointAt(std::optional<int> tile);
    std::optional<int> tileAt(const QPointF& point) const;
    FeatureShape shapeOf(int tile) const;
    QRect partOf(int tile) const;
    std::optional<Cell> cellOf(int tile, const QPointF& point) const;
    void paintPointed(QPainter& painter, int tile) const;
    QRectF tilesRoom() const;
    bool hasSharedScale() const;

    PointedCell& m_pointed;
    std::vector<MapTile> m_tiles;
    std::vector<QImage> m_images;  // empty: to be made before they are painted
    TileLayout m_layout;
    ValueRange m_scale{-1.0f, 1.0f};
    ValueRange m_values = emptyRange;
    QImage m_picture;
    bool m_isLaidOver = true;
    QString m_low;
    QString m_high;
    QString m_placeholder;
    std::optional<int> m_hovered;
    int m_marked = -1;  // by the keys
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

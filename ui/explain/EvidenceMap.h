#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"
#include "ui/workspace/PointedCell.h"

#include <QImage>

#include <optional>

namespace resnet::ui {

// A map that explains a class, over the picture, with its title, its colour bar, and the number at the place
// pointed at.
class EvidenceMap : public Canvas {
    Q_OBJECT
public:
    explicit EvidenceMap(PointedCell& pointed, QWidget* parent = nullptr);

    // `map` is 1 x h x w; null shows the picture alone.
    void setContent(const QImage& picture, FeatureMapsPtr map, const ValueRange& scale);
    // Only the first cells, row by row, are known yet; the others are hatched.
    void setKnownCells(int count);
    // The map is of an occlusion: how much of this probability is lost. Nothing: it is of scores.
    void setUnhidden(std::optional<double> probability);
    void setTexts(const QString& title, const QString& caption);
    void setTheme(const Theme& theme);

    const FeatureMapsPtr& map() const { return m_map; }
    QRectF pictureRect() const;
    // "row 3, column 2: +0.120", of an occlusion "row 3, column 2: 78.0 % → 71.9 % when hidden".
    QString readout() const;
    void paintUnknown(QPainter& painter, const QRectF& picture) const;

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    std::optional<Cell> pointedCell() const;
    bool isBeside() const;
    QRectF roomBetween() const;
    QRectF roomBeside() const;
    void paintBeside(QPainter& painter, const QRectF& picture) const;

    PointedCell& m_pointed;
    QImage m_shown;
    FeatureMapsPtr m_map;
    int m_knownCells = 0;
    std::optional<double> m_unhidden;
    ValueRange m_scale{-1.0f, 1.0f};
    QString m_title;
    QString m_caption;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui

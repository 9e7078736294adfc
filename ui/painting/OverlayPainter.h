#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"

#include <QImage>
#include <QRectF>
#include <QString>

class QPainter;

namespace resnet::ui {

// A signed map over the picture it belongs to, in the picture's size: the picture in grey, and over it green
// where the map is positive and purple where it is negative, the denser the larger the magnitude. NaN and
// infinity get the colour that occurs in no map. `scale` is centred on zero; `opacity` is 0 to 1.
QImage overlayImage(const QImage& picture, const FeatureMaps& map, const ValueRange& scale,
                    double opacity = 1.0);

// The colour bar of overlays: what one makes of a picture that is as bright as the theme's panel.
void paintOverlayBar(QPainter& painter, const QRectF& bar, const ValueRange& scale, const Theme& theme,
                     const ValueRange& values = emptyRange);

// An overlay as a page: title, what it says, the picture enlarged, and the colour bar.
class OverlayPage {
public:
    OverlayPage(const QImage& picture, const FeatureMaps& map, QString title, QString subtitle);

    QSize size() const;
    void paint(QPainter& painter, const Theme& theme) const;
    QImage image(const Theme& theme) const;

private:
    QSize pictureSize() const;

    QImage m_overlay;
    ValueRange m_scale;
    QString m_title;
    QString m_subtitle;
};

}  // namespace resnet::ui

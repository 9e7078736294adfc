#pragma once

#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"

#include <QImage>
#include <QSize>
#include <QString>

class QPainter;

namespace resnet::ui {

// All channels of one output on one page: a title, the maps on one scale with their indices, and the colour
// bar.
class ContactSheet {
public:
    // `maps` must not be null.
    ContactSheet(const FeatureMapsPtr& maps, QString title, ColorMap colors);
    ContactSheet(FeatureMapsPtr maps, QString title, ColorMap colors, const ValueRange& scale);

    QSize size() const;
    void paint(QPainter& painter, const Theme& theme) const;
    QImage image(const Theme& theme) const;

private:
    QRect mapRect(int channel) const;

    FeatureMapsPtr m_maps;
    QString m_title;
    ColorMap m_colors;
    ValueRange m_scale;
    QSize m_mapSize;
    int m_columns = 1;
};

}  // namespace resnet::ui

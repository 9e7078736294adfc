#pragma once

#include <QColor>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <functional>

class QPainter;

namespace resnet::ui {

inline constexpr double pointsPerPixel = 72.0 / 96.0;

// A picture to be written to a file: a size in pixels at 96 per inch and a paint call. Writers paint the
// background; one that is not valid leaves it transparent.
struct Figure {
    QString title;
    QSizeF size;
    QColor background;
    // `visible` is the part that is wanted, in the figure's coordinates; empty: all.
    std::function<void(QPainter&, const QRectF& visible)> paint;
};

}  // namespace resnet::ui

#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>
#include <QSizeF>
#include <QString>

#include <vector>

class QPainter;

namespace resnet::ui {

// Losses over planes through networks, side by side and on one scale: logarithmic, and cut off alike.
struct LandscapePicture {
    struct Panel {
        QString title;
        QString caption;                        // what stands in the middle
        std::vector<std::vector<double>> loss;  // rows by the second direction, the lowest first
    };
    QString measure;  // "loss" or "divergence"
    std::vector<double> axis;
    std::vector<Panel> panels;
    double side = 320.0;  // of each square, in pixels
};

// Where contours run: 1, 2 and 5 times powers of ten that lie within the finite losses, up to the cut.
std::vector<double> contourLevels(const LandscapePicture& picture);
inline constexpr double largestDrawnLoss = 10.0;

QSizeF sizeOf(const LandscapePicture& picture);
// The square of a panel.
QRectF planeOf(const LandscapePicture& picture, int panel);
void paintLandscape(QPainter& painter, const LandscapePicture& picture, const Theme& theme);

}  // namespace resnet::ui

#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>
#include <QSizeF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace resnet::ui {

// From where a relief is seen, in degrees: turned around its middle, and looked down at.
struct ReliefAngle {
    double turn = 30.0;
    double tilt = 38.0;  // 90: from above

    bool operator==(const ReliefAngle&) const = default;
};

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
    double side = 320.0;                     // of each square, in pixels
    std::optional<ReliefAngle> relief = {};  // as hills; else from above with contours
};

// Of a panel's places on the common scale, 0 to 1; rows by the second direction.
std::vector<std::vector<double>> heightsOf(const LandscapePicture& picture, int panel);

// Where contours run: 1, 2 and 5 times powers of ten that lie within the finite losses, up to the cut.
std::vector<double> contourLevels(const LandscapePicture& picture);
inline constexpr double largestDrawnLoss = 10.0;

QSizeF sizeOf(const LandscapePicture& picture);
// The square of a panel.
QRectF planeOf(const LandscapePicture& picture, int panel);
void paintLandscape(QPainter& painter, const LandscapePicture& picture, const Theme& theme);

}  // namespace resnet::ui

#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>

class QPainter;

namespace resnet::ui {

// How far a ring stands off what it is around, and how wide it is, in pixels of the screen.
inline constexpr double haloGap = 3.0;
inline constexpr double haloWidth = 4.0;

// A calm ring around what is spoken of: the accent, half as strong.
void paintHalo(QPainter& painter, const QRectF& around, const Theme& theme);

}  // namespace resnet::ui

#pragma once

#include "ui/exports/Figure.h"

#include <QByteArray>
#include <QImage>

namespace resnet::ui {

inline constexpr int widestPng = 16'000;     // pixels
inline constexpr double largestPng = 200e6;  // pixels

// The size in pixels of a figure at a scale. Throws Error if it is empty or beyond the limits.
QSize pixelSizeOf(const Figure& figure, double scale);

// Painted in tiles, so that nothing meets the painter's limits. Throws Error as pixelSizeOf does.
QImage imageOf(const Figure& figure, double scale);
// An image as it is.
QByteArray pngBytes(const QImage& image);
QByteArray pngOf(const Figure& figure, double scale);

}  // namespace resnet::ui

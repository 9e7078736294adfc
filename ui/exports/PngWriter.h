#pragma once

#include "ui/exports/Figure.h"

#include <QByteArray>
#include <QImage>

#include <stop_token>

namespace resnet::ui {

inline constexpr int widestPng = 16'000;     // pixels
inline constexpr double largestPng = 200e6;  // pixels

// The size in pixels of a figure at a scale. Throws Error if it is empty or beyond the limits.
QSize pixelSizeOf(const Figure& figure, double scale);

// Painting and encoding may take seconds: any thread may do it. Each throws Error when stopped.

// Painted in tiles, so that nothing meets the painter's limits. Throws Error as pixelSizeOf does.
QImage imageOf(const Figure& figure, double scale, const std::stop_token& stop = {});
// An image as it is.
QByteArray pngBytes(const QImage& image, const std::stop_token& stop = {});
QByteArray pngOf(const Figure& figure, double scale, const std::stop_token& stop = {});

}  // namespace resnet::ui

#pragma once

#include <QColor>
#include <QImage>

#include <span>
#include <vector>

namespace resnet::ui {

// The `count` colours (at most 256) that stand best for those of the pictures: the most frequent ones as they
// are, the others by median cut. The same pictures give the same colours.
std::vector<QRgb> paletteOf(std::span<const QImage> pictures, int count);

// The picture in indices of a palette, each pixel the nearest colour.
QImage indexed(const QImage& picture, const std::vector<QRgb>& palette);

}  // namespace resnet::ui

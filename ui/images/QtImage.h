#pragma once

#include "core/image/Image.h"

#include <QImage>

namespace resnet::ui {

// The same pixels for Qt; a copy. Null for an empty image.
QImage toQImage(const Image& image);

}  // namespace resnet::ui

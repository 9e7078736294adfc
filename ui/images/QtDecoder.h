#pragma once

#include "core/image/Image.h"
#include "ui/images/PictureFormat.h"
#include "ui/images/PictureMetadata.h"

#include <QImage>

namespace resnet::ui {

// BMP, GIF and WebP, as 8-bit sRGB, not yet turned upright. What is noticed on the way is added to the
// metadata's notes. Throws Error, without the picture's name, if the picture is damaged or too large, or this
// system's Qt does not read the format.
Image decodeWithQt(PictureFormat format, const Bytes& file, PictureMetadata& metadata);

// The pixels of `decoded` as 8-bit sRGB over white, by the profile in the metadata. Throws Error if it is too
// large.
Image toImage(const QImage& decoded, PictureMetadata& metadata);

}  // namespace resnet::ui

#pragma once

#include "core/image/Image.h"
#include "ui/images/Bytes.h"
#include "ui/images/PictureMetadata.h"

namespace resnet::ui {

// One function a format that is decoded by its own library (libjpeg, libpng, libtiff): 8-bit sRGB, not yet
// turned upright. What is noticed on the way is added to the metadata's notes. Each throws Error, without the
// picture's name, if the picture is damaged, too large, or of a kind that is not read. No library prints
// anything.

Image decodeJpeg(const Bytes& file, PictureMetadata& metadata);
Image decodePng(const Bytes& file, PictureMetadata& metadata);

// Also takes the orientation, the profile and the XMP packet from the file.
Image decodeTiff(const Bytes& file, PictureMetadata& metadata);

}  // namespace resnet::ui

#pragma once

#include "ui/images/PictureFormat.h"

#include <string>

namespace resnet::ui {

// What is wrong with a file, where decoders do not say it.

// Whether a GIF or BMP ends before its (first) picture does. Their decoders fill up what is missing.
bool isCutShort(PictureFormat format, const Bytes& file);

// Why a PNG cannot be used: no pixels, a chunk that is cut short or has a wrong checksum. Empty if it can.
std::string pngDamage(const Bytes& png);

}  // namespace resnet::ui

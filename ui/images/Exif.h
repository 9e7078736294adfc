#pragma once

#include "ui/images/Bytes.h"

#include <string>
#include <vector>

namespace resnet::ui {

// How the stored rows and columns lie, as EXIF and TIFF number it: 1 upright; 2 mirrored; 3 upside down; 4
// mirrored and upside down; 5 to 8 with rows and columns exchanged. 0: not said.
using Orientation = int;
constexpr Orientation mostOrientation = 8;

// The orientation in an EXIF block: a TIFF header and directory, with or without "Exif\0\0" before it. A
// block that points outside itself, or whose orientation is none, gives 0 and a note.
Orientation exifOrientation(const Bytes& block, std::vector<std::string>& notes);

}  // namespace resnet::ui

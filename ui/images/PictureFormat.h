#pragma once

#include "ui/images/Bytes.h"

namespace resnet::ui {

// The formats that pictures are opened in; no others are ever given to a decoder.
enum class PictureFormat { Unknown, Png, Jpeg, Bmp, Gif, WebP, Tiff };

// By the first bytes; the file's name says nothing.
PictureFormat pictureFormatOf(const Bytes& file);

// "PNG", "JPEG", ...
const char* name(PictureFormat format);

}  // namespace resnet::ui

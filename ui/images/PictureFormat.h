#pragma once

#include <QByteArray>

namespace resnet::ui {

// The formats that pictures are opened in; no others are ever given to a decoder.
enum class PictureFormat { Unknown, Png, Jpeg, Bmp, Gif, WebP, Tiff };

// By the first bytes; the file's name says nothing.
PictureFormat pictureFormatOf(const QByteArray& bytes);

// "PNG", "JPEG", ...
const char* name(PictureFormat format);

}  // namespace resnet::ui

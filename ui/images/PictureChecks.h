#pragma once

#include "ui/images/PictureFormat.h"

#include <QString>

namespace resnet::ui {

// What is wrong with a file, where decoders do not say it, or print it.

// Whether a JPEG, GIF or BMP ends before its (first) picture does. Their decoders fill up what is missing.
bool isCutShort(PictureFormat format, const QByteArray& bytes);

// Why a PNG cannot be used: no pixels, a chunk that is cut short or has a wrong checksum. Empty if it can.
QString pngDamage(const QByteArray& png);

}  // namespace resnet::ui

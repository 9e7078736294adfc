#pragma once

#include "ui/images/Exif.h"

#include <QByteArray>

namespace resnet::ui {

// tiff:Orientation of an XMP packet, as EXIF numbers it; 0 if it says none or cannot be read.
Orientation xmpOrientation(const QByteArray& packet);

}  // namespace resnet::ui

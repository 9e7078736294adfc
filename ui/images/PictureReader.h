#pragma once

#include "ui/images/Picture.h"

#include <QByteArray>

class QImage;

namespace resnet::ui {

// Pictures for the network: PNG, JPEG, BMP, GIF, WebP and TIFF, told by their content. Upright (EXIF), 8-bit
// RGB, alpha over white. What the decoder had to do beyond that is in the picture's notes. Larger than 256
// megapixels is refused; above 64 the decoder may scale down.
//
// Each throws Error naming the picture and what is wrong with it. Any thread may call them.

PicturePtr readPicture(const QString& path, const QString& title = {}, const Caption& caption = {});

// From the clipboard or a drop; `name` is what to call it.
PicturePtr readPicture(const QByteArray& bytes, const QString& name);
PicturePtr pictureFrom(const QImage& image, const QString& name);

// Whether the first bytes of a regular file are those of a picture format that can be opened.
bool isPictureFile(const QString& path);

// For file dialogs: "*.png", "*.jpg", ...
QStringList pictureNameFilters();

}  // namespace resnet::ui

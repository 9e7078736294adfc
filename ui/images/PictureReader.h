#pragma once

#include "ui/images/Picture.h"

#include <QByteArray>

#include <stop_token>

class QImage;

namespace resnet::ui {

// Pictures for the network: PNG, JPEG, BMP, GIF, WebP and TIFF, told by their content. Upright (EXIF, or XMP
// where that is all there is), 8-bit RGB, colours converted from the picture's profile to sRGB, alpha over
// white. What had to be done beyond that is in the picture's notes. Larger than 256 megapixels is refused;
// above 64 is averaged down.
//
// Each throws Error naming the picture and what is wrong with it. Any thread may call them.

// Throws Error also when stopped while the file is read; decoding goes on to its end.
PicturePtr readPicture(const QString& path, const QString& title = {}, const Caption& caption = {},
                       const std::stop_token& stop = {});

// From the clipboard or a drop; `name` is what to call it.
PicturePtr readPicture(const QByteArray& bytes, const QString& name);
PicturePtr pictureFrom(const QImage& image, const QString& name);

// Whether a regular file is meant as a picture: by its first bytes those of a format that can be opened, or
// of one whose refusal says how to get there; or by its name, where its content is neither that nor a
// network's weights.
bool isPictureFile(const QString& path);

// For file dialogs: "*.png", "*.jpg", ...
QStringList pictureNameFilters();

}  // namespace resnet::ui

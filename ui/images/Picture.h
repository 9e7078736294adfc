#pragma once

#include "core/image/Image.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace resnet::ui {

// A picture as it was opened. Immutable once made; shared between threads.
struct Picture {
    Image image;        // upright, composited on white
    QString name;       // what to call it: file name, sample title, "Clipboard"
    QString path;       // empty if it came from the clipboard
    QString caption;    // of a sample: what to notice
    QStringList notes;  // "first frame of an animation", "the file is cut short"
};

using PicturePtr = std::shared_ptr<const Picture>;

}  // namespace resnet::ui

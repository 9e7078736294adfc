#pragma once

#include "core/image/Image.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace resnet::ui {

// What to notice in a sample. It is about what one network says of it, and untrue of any other.
struct Caption {
    QString text;
    QString prediction;  // "church 78 %": the best class and its share
};

// A picture as it was opened. Immutable once made; shared between threads.
struct Picture {
    Image image;        // upright, composited on white
    QString name;       // what to call it: file name, sample title, "Clipboard"
    QString path;       // empty if it came from the clipboard
    Caption caption;    // of a sample; else empty
    QStringList notes;  // "first frame of an animation", "the file is cut short"
};

using PicturePtr = std::shared_ptr<const Picture>;

}  // namespace resnet::ui

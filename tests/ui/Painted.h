#pragma once

#include <QImage>
#include <QWidget>

namespace resnet::ui::test {

// A widget as it is seen.
inline QImage seenOf(QWidget& widget) {
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

// How many pixels of a part of a picture have another colour than that part's first one: 0 if it is empty.
inline int inkWithin(const QImage& picture, const QRect& part) {
    const QRect place = part & picture.rect();
    int inked = 0;
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x)
            inked += picture.pixel(x, y) != picture.pixel(place.topLeft());
    return inked;
}

}  // namespace resnet::ui::test

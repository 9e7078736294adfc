#include "ui/images/QtImage.h"

namespace resnet::ui {

QImage toQImage(const Image& image) {
    if (image.isEmpty())
        return {};
    return QImage(image.rgb.data(), image.width, image.height, 3 * image.width, QImage::Format_RGB888).copy();
}

}  // namespace resnet::ui

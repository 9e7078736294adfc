#pragma once

#include "core/model/Model.h"
#include "ui/images/PictureReader.h"

#include <QImage>

namespace resnet::ui::test {

// A network of three units that runs in milliseconds.
inline ModelRequest smallRequest(int inputSide = 64) {
    ModelRequest request;
    request.unitsPerStage = {1, 2};
    request.channelsPerStage = {8, 16};
    request.classes = 5;
    request.inputHeight = request.inputWidth = inputSide;
    request.seed = 7;
    return request;
}

// One that takes seconds, to be cancelled.
inline ModelRequest slowRequest() {
    ModelRequest request;
    request.unitsPerStage = {4, 4, 4};
    request.channelsPerStage = {64, 96, 128};
    request.inputHeight = request.inputWidth = 1024;
    return request;
}

inline QImage gradient(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, (x * y) % 256));
    return image;
}

inline PicturePtr gradientPicture(const QString& name = QStringLiteral("gradient")) {
    return pictureFrom(gradient(90, 70), name);
}

}  // namespace resnet::ui::test

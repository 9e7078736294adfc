#include "ui/workspace/SampleSquares.h"

#include "core/model/ModelInput.h"
#include "ui/images/PictureReader.h"

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double part = 0.6;  // of the shorter side

// `x` and `y` from 0 to 1: where it lies.
Image squareOf(const Image& image, double x, double y) {
    const int size = int(std::min(image.width, image.height) * part);
    const int left = int(x * (image.width - size));
    const int top = int(y * (image.height - size));
    Image square{size, size, {}};
    for (int row = 0; row < size; ++row)
        square.rgb.insert(square.rgb.end(), image.pixel(top + row, left),
                          image.pixel(top + row, left) + std::size_t(size) * 3);
    return square;
}

}  // namespace

std::vector<LabelledInput> sampleSquares(const Model& model, const QStringList& photographs, int perSide,
                                         const std::stop_token& stop) {
    std::vector<LabelledInput> squares;
    for (const QString& path : photographs) {
        const Image image = readPicture(path)->image;
        const double last = perSide - 1;
        for (int row = 0; row < perSide; ++row)
            for (int column = 0; column < perSide; ++column) {
                if (stop.stop_requested())
                    return {};
                squares.push_back({inputOf(model, squareOf(image, column / last, row / last)), {}, {}});
            }
    }
    return squares;
}

}  // namespace resnet::ui

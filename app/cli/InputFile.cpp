#include "app/cli/InputFile.h"

#include "core/Error.h"
#include "core/files/ByteSource.h"
#include "core/files/Npy.h"
#include "core/tensor/ChannelsFirst.h"

namespace resnet::app {

namespace {

// The largest input, 4 x 1024 x 1024 numbers of 4 bytes, and room for a header.
constexpr std::uint64_t largestInput = 4ull * 1024 * 1024 * 4 + 64 * 1024;

}  // namespace

Tensor readInputFile(const std::string& file) {
    Tensor tensor = readNpy(readFileBytes(file, largestInput), file);
    const std::vector<std::int64_t>& shape = tensor.shape;
    const auto isSide = [](std::int64_t side) { return side >= 8 && side <= 1024; };
    const auto isChannels = [](std::int64_t channels) {
        return channels == 1 || channels == 3 || channels == 4;
    };
    if (shape.size() != 4 || shape[0] != 1 || !isChannels(shape[1]) || !isSide(shape[2]) || !isSide(shape[3]))
        throw Error(
            file +
            ": expected an array of 1 x C x H x W with C of 1, 3 or 4 and H and W from 8 to 1024, found " +
            shapeText(shape));
    return tensor;
}

NetworkOptions optionsFor(const Tensor& input, NetworkOptions options) {
    if (!options.request.inputHeight) {
        options.request.inputHeight = int(input.shape[2]);
        options.request.inputWidth = int(input.shape[3]);
    }
    return options;
}

FeatureMapsPtr inputFrom(const Tensor& tensor, const FeatureShape& expected, const std::string& file) {
    const std::vector<std::int64_t> shape{1, expected.channels, expected.height, expected.width};
    if (tensor.shape != shape)
        throw Error(file + ": expected an array of " + shapeText(shape) + ", found " +
                    shapeText(tensor.shape));
    return std::make_shared<FeatureMaps>(fromChannelsFirst(expected, tensor.values));
}

bool isInputFile(const QString& path) {
    return path.endsWith(QStringLiteral(".npy"), Qt::CaseInsensitive);
}

}  // namespace resnet::app

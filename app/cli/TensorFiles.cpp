#include "app/cli/TensorFiles.h"

#include "app/cli/Command.h"
#include "core/Error.h"
#include "core/files/FileBytes.h"
#include "core/files/Npy.h"
#include "core/tensor/ChannelsFirst.h"
#include "core/weights/SafetensorsWriter.h"

namespace resnet::app {

namespace {

// The largest input, 4 x 1024 x 1024 numbers of 4 bytes, and room for a header.
constexpr std::uint64_t largestInput = 4ull * 1024 * 1024 * 4 + 64 * 1024;

std::vector<std::int64_t> fileShape(const FeatureShape& shape, bool isVector) {
    if (isVector)
        return {1, shape.channels};
    return {1, shape.channels, shape.height, shape.width};
}

}  // namespace

Tensor readInputTensor(const std::string& file) {
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

FeatureMapsPtr checkedInput(const Tensor& tensor, const FeatureShape& expected, const std::string& file) {
    const std::vector<std::int64_t> shape{1, expected.channels, expected.height, expected.width};
    if (tensor.shape != shape)
        throw Error(file + ": expected an array of " + shapeText(shape) + ", found " +
                    shapeText(tensor.shape));
    return std::make_shared<FeatureMaps>(fromChannelsFirst(expected, tensor.values));
}

std::string safetensorsOf(const std::vector<NamedMaps>& maps, const Graph& graph, const Metadata& metadata) {
    std::vector<std::vector<float>> values;
    std::vector<TensorToWrite> tensors;
    values.reserve(maps.size());
    for (const NamedMaps& each : maps) {
        const FeatureShape& shape = graph.outputShape(each.step);
        const bool isVector =
            each.step != inputStep && graph.step(each.step).way == Way::Head && shape.isVector();
        values.push_back(toChannelsFirst(*each.maps));
        tensors.push_back({graph.stepName(each.step), fileShape(shape, isVector), values.back()});
    }
    return serialiseSafetensors(tensors, metadata);
}

void checkSafetensorsName(const QString& output) {
    if (!output.endsWith(QStringLiteral(".safetensors"), Qt::CaseInsensitive))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .safetensors, found '%1'").arg(output));
}

}  // namespace resnet::app

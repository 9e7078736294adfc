#include "app/cli/TensorFiles.h"

#include "app/cli/Command.h"
#include "core/tensor/ChannelsFirst.h"
#include "core/weights/SafetensorsWriter.h"

namespace resnet::app {

namespace {

std::vector<std::int64_t> fileShape(const FeatureShape& shape, bool isVector) {
    if (isVector)
        return {1, shape.channels};
    return {1, shape.channels, shape.height, shape.width};
}

}  // namespace

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

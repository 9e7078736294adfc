#include "core/model/SaveModel.h"

#include "core/Error.h"
#include "core/model/ModelMetadata.h"
#include "core/weights/SafetensorsWriter.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

// The largest finite half is 65504; half a step further rounds to infinity.
constexpr float roundsToInfinity = 65520.0f;

void refuseOverflow(const std::string& name, const Tensor& tensor) {
    const auto tooLarge = std::ranges::find_if(tensor.values, [](float value) {
        return std::isfinite(value) && std::fabs(value) >= roundsToInfinity;
    });
    if (tooLarge != tensor.values.end())
        throw Error(name + ": " + std::to_string(*tooLarge) + " does not fit float16, which ends at 65504");
}

}  // namespace

std::string serialiseModel(const Model& model, Precision precision) {
    std::vector<TensorToWrite> tensors;
    for (const ParameterInfo& parameter : parametersOf(model.graph())) {
        const Tensor& tensor = model.network->parameters().at(parameter.name);
        const bool isHalf = precision == Precision::Half && tensor.shape.size() >= 2;
        if (isHalf)
            refuseOverflow(parameter.name, tensor);
        tensors.push_back(
            {parameter.name, tensor.shape, tensor.values, isHalf ? ElementType::F16 : ElementType::F32});
    }
    return serialiseSafetensors(tensors, metadataOf(model));
}

}  // namespace resnet

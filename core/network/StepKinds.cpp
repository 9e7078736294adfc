#include "core/network/StepKinds.h"

#include <algorithm>
#include <array>

namespace resnet {

namespace {

using Shape = ParameterKind::Shape;
using Start = ParameterKind::Start;

constexpr std::array convolutionParameters{
    ParameterKind{"weight", Shape::Kernels, Start::HeNormal},
    ParameterKind{"bias", Shape::PerChannel, Start::Zero},
};
constexpr std::array batchNormParameters{
    ParameterKind{"weight", Shape::PerChannel, Start::One},
    ParameterKind{"bias", Shape::PerChannel, Start::Zero},
    ParameterKind{"running_mean", Shape::PerChannel, Start::Zero, false},
    ParameterKind{"running_var", Shape::PerChannel, Start::One, false},
};
constexpr std::array denseParameters{
    ParameterKind{"weight", Shape::Matrix, Start::GlorotUniform},
    ParameterKind{"bias", Shape::PerChannel, Start::Zero},
};

// The one table of the kinds of steps; a row stands at the place of its kind.
constexpr std::array table{
    StepKindInfo{StepKind::Convolution, "convolution", "conv", "conv", Reads::Window, OutputSign::Signed,
                 convolutionParameters},
    StepKindInfo{StepKind::BatchNorm, "batch norm", "batch norm", "norm", Reads::Cell, OutputSign::Signed,
                 batchNormParameters},
    StepKindInfo{StepKind::ReLU, "ReLU", "ReLU", "", Reads::Cell, OutputSign::NotNegative},
    StepKindInfo{StepKind::MaxPool,
                 "max pool",
                 "max pool",
                 "pool",
                 Reads::Window,
                 OutputSign::AsInput,
                 {},
                 Outside::Lowest},
    StepKindInfo{StepKind::Add, "add", "add", "", Reads::Cell, OutputSign::Signed},
    StepKindInfo{StepKind::GlobalAveragePool, "global average pool", "avg pool", "pool", Reads::Map,
                 OutputSign::AsInput},
    StepKindInfo{StepKind::Dense, "dense", "dense", "", Reads::Cell, OutputSign::Signed, denseParameters},
    StepKindInfo{StepKind::Softmax, "softmax", "softmax", "", Reads::Cell, OutputSign::NotNegative},
    StepKindInfo{StepKind::Activation, "activation", "activation", "act", Reads::Cell, OutputSign::Signed},
    StepKindInfo{StepKind::AveragePool,
                 "average pool",
                 "avg pool",
                 "pool",
                 Reads::Window,
                 OutputSign::AsInput,
                 {},
                 Outside::Nothing},
    StepKindInfo{StepKind::GlobalMaxPool, "global max pool", "max pool", "pool", Reads::Map,
                 OutputSign::AsInput},
    StepKindInfo{StepKind::Padding,
                 "padding",
                 "padding",
                 "pad",
                 Reads::Window,
                 OutputSign::AsInput,
                 {},
                 Outside::Nothing},
    StepKindInfo{StepKind::Scale, "scale", "scale", "", Reads::Cell, OutputSign::Signed},
};

constexpr bool isInOrder() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].kind != StepKind(i))
            return false;
    return table.back().kind == StepKind::Scale;
}
static_assert(isInOrder(), "each kind of step has its row, in the order of the enumeration");

}  // namespace

std::vector<std::int64_t> ParameterKind::shapeFor(int inputs, int outputs, int kernel) const {
    switch (shape) {
        case Shape::Kernels:
            return {outputs, inputs, kernel, kernel};
        case Shape::Matrix:
            return {outputs, inputs};
        case Shape::PerChannel:
            return {outputs};
    }
    return {};
}

bool StepKindInfo::hasKernels() const {
    return std::ranges::any_of(parameters,
                               [](const ParameterKind& each) { return each.shape == Shape::Kernels; });
}

const StepKindInfo& infoOf(StepKind kind) {
    return table[std::size_t(kind)];
}

std::span<const StepKindInfo> stepKinds() {
    return table;
}

std::string_view name(StepKind kind) {
    return infoOf(kind).name;
}

}  // namespace resnet

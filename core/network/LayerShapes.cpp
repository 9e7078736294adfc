#include "core/network/LayerShapes.h"

#include "core/Error.h"

namespace resnet {

namespace {

constexpr int largestExtent = 8192;
constexpr int mostChannels = 65'536;

struct AxisPadding {
    int before = 0;
    int after = 0;
};

// TensorFlow's rule: as much as makes the output ceil(input / stride), the odd pixel after; never less than
// none, but for SameTorch, whose padding of -1 cuts the first pixel off.
AxisPadding samePadding(Padding padding, int input, int kernel, int stride) {
    const int output = (input + stride - 1) / stride;
    const int total = (output - 1) * stride + kernel - input;
    if (total < 0)
        return {padding == Padding::SameTorch ? total : 0, 0};
    return {total / 2, total - total / 2};
}

[[noreturn]] void refuseShape(const Layer& layer, const std::string& why) {
    throw Error("layer '" + layer.name + "' (" + std::string(name(layer.kind)) + "): " + why);
}

int outputExtent(const Layer& layer, int input, int before, int after, const Window& window) {
    const int room = input + before + after - window.kernel;
    if (room < 0 || room / window.stride + 1 > largestExtent)
        refuseShape(layer, "a window of " + std::to_string(window.kernel) + " x " +
                               std::to_string(window.kernel) + " does not fit its input of " +
                               std::to_string(input) + " cells" +
                               (before + after != 0 ? " with its padding" : ""));
    return room / window.stride + 1;
}

FeatureShape windowOutput(const Layer& layer, const FeatureShape& input, const Window& window, int channels) {
    return {channels, outputExtent(layer, input.height, window.padTop, window.padBottom, window),
            outputExtent(layer, input.width, window.padLeft, window.padRight, window)};
}

}  // namespace

Window windowOf(const WindowRule& rule, const FeatureShape& input, Padding padding) {
    const int kernel = rule.kernel, stride = rule.stride;
    if (rule.isStated)
        return {kernel, stride, rule.padTop, rule.padLeft, rule.padBottom, rule.padRight};
    if (padding == Padding::Symmetric)
        return {kernel, stride, kernel / 2, kernel / 2, kernel / 2, kernel / 2};
    const AxisPadding y = samePadding(padding, input.height, kernel, stride);
    const AxisPadding x = samePadding(padding, input.width, kernel, stride);
    return {kernel, stride, y.before, x.before, y.after, x.after};
}

FeatureShape shapeAfter(const Layer& layer, const Window& window, const std::vector<FeatureShape>& inputs) {
    const FeatureShape& input = inputs.front();
    switch (layer.kind) {
        case StepKind::Convolution:
            if (layer.channels < 1 || layer.channels > mostChannels)
                refuseShape(layer, "expected 1 to " + std::to_string(mostChannels) + " channels, found " +
                                       std::to_string(layer.channels));
            return windowOutput(layer, input, window, layer.channels);
        case StepKind::MaxPool:
        case StepKind::AveragePool:
            return windowOutput(layer, input, window, input.channels);
        case StepKind::Padding: {
            const int channels = layer.channels == 0 ? input.channels : layer.channels;
            if (channels < input.channels + layer.settings.channelsBefore || channels > mostChannels)
                refuseShape(layer, "expected at least as many channels as it reads, " +
                                       std::to_string(input.channels) + ", found " +
                                       std::to_string(channels));
            return windowOutput(layer, input, window, channels);
        }
        case StepKind::GlobalAveragePool:
        case StepKind::GlobalMaxPool:
            return {input.channels, 1, 1};
        case StepKind::Add:
            if (inputs.size() != 2)
                refuseShape(layer, "adds " + std::to_string(inputs.size()) + " inputs; expected 2");
            if (inputs[0] != inputs[1])
                refuseShape(layer, "adds " + shapeText(inputs[0]) + " and " + shapeText(inputs[1]) +
                                       "; expected two of one shape");
            return input;
        case StepKind::Dense:
            if (!input.isVector())
                refuseShape(layer,
                            "reads maps of " + shapeText(input) +
                                "; expected one number per channel, as a global pooling before it makes");
            return {layer.channels, 1, 1};
        case StepKind::Softmax:
            if (!input.isVector())
                refuseShape(layer, "reads maps of " + shapeText(input) + "; expected one number per class");
            return input;
        case StepKind::BatchNorm:
        case StepKind::ReLU:
        case StepKind::Activation:
        case StepKind::Scale:
            return input;
    }
    return input;
}

}  // namespace resnet

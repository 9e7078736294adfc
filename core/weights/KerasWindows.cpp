#include "core/weights/KerasWindows.h"

#include <string>

namespace resnet {

namespace {

constexpr int mostGroups = 65'536;
constexpr int largestKernel = 31;
constexpr int largestPool = 8;

bool isPaddingStated(const KerasSettingsReader& settings) {
    const std::string padding = settings.word("padding", "valid");
    if (padding != "same" && padding != "valid")
        settings.refuse("padding: expected same or valid, found '" +
                        (padding.size() > 60 ? padding.substr(0, 57) + "..." : padding) + "'");
    return padding == "valid";
}

}  // namespace

WindowRule convolutionWindow(const KerasSettingsReader& settings) {
    WindowRule window;
    window.kernel = settings.square("kernel_size", 1, largestKernel);
    window.stride = settings.square("strides", 1, largestStride);
    window.isStated = isPaddingStated(settings);
    if (const int dilation = settings.square("dilation_rate", 1, largestKernel); dilation != 1)
        settings.refuse("dilation_rate: expected 1, found " + std::to_string(dilation) +
                        "; dilated convolutions are not computed");
    if (const int groups = settings.count("groups", 1, mostGroups); groups != 1)
        settings.refuse("groups: expected 1, found " + std::to_string(groups) +
                        "; grouped convolutions are not computed");
    return window;
}

WindowRule poolWindow(const KerasSettingsReader& settings) {
    WindowRule window;
    window.kernel = settings.square("pool_size", 2, largestPool);
    window.stride = settings.square("strides", window.kernel, largestStride);
    window.isStated = isPaddingStated(settings);
    return window;
}

WindowRule edgeWindow(const KerasSettingsReader& settings, const char* key, int sign) {
    const auto edges = settings.edges(key);
    WindowRule window;
    window.isStated = true;
    window.padTop = sign * edges[0];
    window.padBottom = sign * edges[1];
    window.padLeft = sign * edges[2];
    window.padRight = sign * edges[3];
    return window;
}

}  // namespace resnet

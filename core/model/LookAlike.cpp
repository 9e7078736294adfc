#include "core/model/LookAlike.h"

#include "core/model/SpecDetection.h"

#include <algorithm>
#include <string_view>

namespace resnet {

namespace {

class Names {
public:
    explicit Names(const StateDict& parameters) : m_parameters(parameters) {}

    bool has(std::string_view name) const { return m_parameters.contains(name); }
    bool anyStartsWith(std::string_view prefix) const {
        const auto found = m_parameters.lower_bound(prefix);
        return found != m_parameters.end() && found->first.starts_with(prefix);
    }
    bool anyContains(std::string_view part) const {
        return std::ranges::any_of(
            m_parameters, [&](const auto& entry) { return entry.first.find(part) != std::string::npos; });
    }
    bool isKernel(std::string_view name) const { return rank(name) == 4; }
    bool hasSide(std::string_view name, std::int64_t side) const {
        return isKernel(name) && m_parameters.find(name)->second.shape[3] == side;
    }

private:
    std::size_t rank(std::string_view name) const {
        const auto found = m_parameters.find(name);
        return found == m_parameters.end() ? 0 : found->second.shape.size();
    }
    const StateDict& m_parameters;
};

// Of basic units: two convolutions each, the stem and the dense layer.
std::string depthName(const StateDict& parameters) {
    const std::vector<int> units = unitsPerStageIn(parameters);
    int layers = 2;
    for (const int count : units)
        layers += 2 * count;
    return std::to_string(layers);
}

}  // namespace

std::optional<std::string> lookAlike(const StateDict& parameters) {
    const Names names(parameters);
    for (const char* part : {".se.", ".se_", "_se.", ".SE.", ".se1.", "squeeze", "excit"})
        if (names.anyContains(part))
            return "a squeeze-and-excitation network (its units rescale their channels)";
    for (const char* part : {".ca.", ".cbam.", ".eca.", "attention.", ".attn."})
        if (names.anyStartsWith("layer1.") && names.anyContains(part))
            return "a residual network with attention (its units weigh their channels or places)";
    const bool hasDeepStem = names.isKernel("conv1.0.weight") && names.isKernel("conv1.3.weight");
    if (hasDeepStem || names.isKernel("layer2.0.downsample.1.weight"))
        return "a resnet" + depthName(parameters) +
               (hasDeepStem ? "d (its stem is three convolutions and its shortcuts pool on their average)"
                            : "d (its shortcuts pool on their average before the projection)");
    if (names.anyContains("attnpool."))
        return "CLIP's network of pictures (it pools by attention, and has no classes)";
    if (names.anyStartsWith("features.denseblock"))
        return "a DenseNet";
    if (names.anyStartsWith("features.0.") && names.hasSide("features.0.weight", 11))
        return "an AlexNet";
    if (names.isKernel("features.0.weight") && names.anyStartsWith("classifier."))
        return "a VGG";
    if (names.anyStartsWith("features.0.0.") || names.anyStartsWith("conv_stem."))
        return "a MobileNet, EfficientNet or ConvNeXt";
    if (names.anyStartsWith("patch_embed.") || names.anyContains("self_attention") ||
        names.anyContains("attn.qkv"))
        return "a vision transformer";
    if (names.anyStartsWith("Mixed_5b.") || names.anyStartsWith("inception3a."))
        return "an Inception network";
    return std::nullopt;
}

}  // namespace resnet

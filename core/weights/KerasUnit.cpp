#include "core/weights/KerasUnit.h"

#include <algorithm>
#include <map>

namespace resnet {

namespace {

using LayerKind = KerasLayer::Kind;
using Pair = KerasUnitLayers::Pair;

// As the file lists them, by the first variable of each.
void putInFileOrder(std::vector<KerasLayer>& layers, const std::vector<KerasVariable>& variables) {
    const auto place = [&](const KerasLayer& layer) { return layer.variables[0] - variables.data(); };
    std::ranges::stable_sort(layers, {}, place);
}

KerasLayer::Path listOf(const KerasLayer& layer) {
    return {layer.path.begin(), layer.path.end() - 1};
}

// Which batch norm follows which convolution: the i-th of a list (main_layers, skip_layers) the i-th of the
// same list; where that does not come out even, the i-th of all.
std::vector<Pair> pairsOf(const std::vector<KerasLayer>& layers) {
    std::map<KerasLayer::Path, std::vector<KerasLayer>> convolutions, norms;
    for (const KerasLayer& layer : layers)
        if (layer.kind != LayerKind::Dense)
            (layer.kind == LayerKind::Convolution ? convolutions : norms)[listOf(layer)].push_back(layer);
    const bool isEven = std::ranges::all_of(convolutions, [&](const auto& list) {
        const auto found = norms.find(list.first);
        return found != norms.end() && found->second.size() == list.second.size();
    });
    std::vector<Pair> pairs;
    if (isEven) {
        // The longer list is the main path.
        std::vector<KerasLayer::Path> paths;
        for (const auto& [path, list] : convolutions)
            paths.push_back(path);
        std::ranges::stable_sort(paths, std::ranges::greater{},
                                 [&](const auto& path) { return convolutions[path].size(); });
        for (const KerasLayer::Path& path : paths)
            for (std::size_t i = 0; i < convolutions[path].size(); ++i)
                pairs.push_back({convolutions[path][i], norms[path][i]});
        return pairs;
    }
    std::vector<KerasLayer> first, second;
    for (const KerasLayer& layer : layers)
        if (layer.kind != LayerKind::Dense)
            (layer.kind == LayerKind::Convolution ? first : second).push_back(layer);
    if (first.size() == second.size())
        for (std::size_t i = 0; i < first.size(); ++i)
            pairs.push_back({first[i], second[i]});
    return pairs;
}

bool fits(const Pair& pair) {
    return pair.norm.variables[0]->shape[0] == pair.convolution.outputs();
}

bool isSquare(const Pair& pair, std::int64_t side) {
    const auto& shape = pair.convolution.variables[0]->shape;
    return shape[0] == side && shape[1] == side;
}

KerasUnitLayers basicUnit(std::vector<Pair> wide, std::vector<Pair> narrow, bool inOrder) {
    if (narrow.size() > 1)
        return {};
    KerasUnitLayers unit;
    const auto in = [](const Pair& pair) { return pair.convolution.inputs(); };
    const auto out = [](const Pair& pair) { return pair.convolution.outputs(); };
    const auto chains = [&](const Pair& a, const Pair& b) {
        const std::int64_t enters = narrow.empty() ? out(b) : in(narrow[0]);
        return out(a) == in(b) && in(a) == enters && (narrow.empty() || out(b) == out(narrow[0]));
    };
    const bool asListed = chains(wide[0], wide[1]);
    const bool reversed = chains(wide[1], wide[0]);
    if (!asListed && !reversed)
        return {};
    if (!asListed)
        std::swap(wide[0], wide[1]);
    // Keras numbers layers as they are made; other names only sort in some way.
    const auto isNumbered = [](const Pair& pair) {
        const std::string_view name = pair.convolution.path.back();
        return name.find_first_of("0123456789") != name.npos;
    };
    unit.isOrderGuessed = asListed && reversed && !inOrder && !isNumbered(wide[0]) && !isNumbered(wide[1]);
    unit.mainPath = std::move(wide);
    unit.shortcut = std::move(narrow);
    return unit;
}

// The first 1x1 gives what the 3x3 takes, the last takes what it gives; what is left is the projection.
KerasUnitLayers bottleneckUnit(const Pair& wide, std::vector<Pair> narrow) {
    const std::int64_t width = wide.convolution.inputs();
    const auto first =
        std::ranges::find_if(narrow, [&](const Pair& pair) { return pair.convolution.outputs() == width; });
    if (first == narrow.end())
        return {};
    KerasUnitLayers unit;
    unit.mainPath = {*first, wide};
    const std::int64_t enters = first->convolution.inputs();
    narrow.erase(first);
    const auto last = std::ranges::find_if(
        narrow, [&](const Pair& pair) { return pair.convolution.inputs() == wide.convolution.outputs(); });
    if (last == narrow.end())
        return {};
    unit.mainPath.push_back(*last);
    const std::int64_t leaves = last->convolution.outputs();
    narrow.erase(last);
    if (narrow.size() > 1 || (narrow.empty() && enters != leaves))
        return {};
    if (narrow.size() == 1 &&
        (narrow[0].convolution.inputs() != enters || narrow[0].convolution.outputs() != leaves))
        return {};
    unit.shortcut = std::move(narrow);
    return unit;
}

}  // namespace

bool KerasUnitLayers::isConfiguredBy(const std::vector<double>& filters) const {
    return filters.empty() || std::ranges::any_of(mainPath, [&](const Pair& each) {
               return filters == std::vector<double>{double(each.convolution.outputs())};
           });
}

KerasUnitLayers unitInside(const std::vector<KerasVariable>& variables, bool inOrder) {
    std::vector<KerasLayer> layers = layersOf(variables, {});
    std::size_t taken = 0;
    for (const KerasLayer& layer : layers)
        taken += std::size_t(
            std::ranges::count_if(layer.variables, [](const auto* each) { return each != nullptr; }));
    if (taken != variables.size())
        return {};
    if (inOrder)
        putInFileOrder(layers, variables);
    const std::vector<Pair> pairs = pairsOf(layers);
    std::vector<Pair> wide, narrow;
    for (const Pair& pair : pairs) {
        if (!fits(pair) || pair.convolution.variables[1] != nullptr)
            return {};
        if (isSquare(pair, 3))
            wide.push_back(pair);
        else if (isSquare(pair, 1))
            narrow.push_back(pair);
        else
            return {};
    }
    if (2 * pairs.size() != layers.size())
        return {};
    if (wide.size() == 2)
        return basicUnit(std::move(wide), std::move(narrow), inOrder);
    if (wide.size() == 1 && (narrow.size() == 2 || narrow.size() == 3))
        return bottleneckUnit(wide[0], std::move(narrow));
    return {};
}

}  // namespace resnet

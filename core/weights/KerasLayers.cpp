#include "core/weights/KerasLayers.h"

#include "core/weights/NaturalOrder.h"

#include <algorithm>
#include <map>
#include <optional>

namespace resnet {

namespace {

using Path = KerasLayer::Path;
using LayerKind = KerasLayer::Kind;

constexpr std::size_t mostDeclaredLayers = 20'000;
constexpr std::size_t deepestGroup = 32;

Path split(std::string_view path) {
    Path parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash != 0)
            parts.push_back(path.substr(0, slash));
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
    }
    return parts;
}

// Compares level by level, so that "a/b" stands with "a" and not behind "a_1".
bool pathLess(const Path& a, const Path& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), naturallyLess);
}

// Place of a variable in its layer: its number ("vars/2") or what its name says ("beta", "beta:0").
std::optional<std::size_t> placeOf(std::string_view name) {
    name = name.substr(0, name.find(':'));
    constexpr std::array<std::array<std::string_view, 3>, 4> names{{
        {"0", "kernel", "gamma"},
        {"1", "bias", "beta"},
        {"2", "moving_mean", ""},
        {"3", "moving_variance", ""},
    }};
    for (std::size_t place = 0; place < names.size(); ++place)
        if (std::ranges::find(names[place], name) != names[place].end())
            return place;
    return std::nullopt;
}

std::optional<LayerKind> kindOf(const KerasLayer& layer) {
    const auto rank = [&](std::size_t i) {
        return layer.variables[i] ? layer.variables[i]->shape.size() : 0;
    };
    if (rank(0) == 4)
        return LayerKind::Convolution;
    if (rank(0) == 2)
        return LayerKind::Dense;
    if (rank(0) == 1 && rank(1) == 1 && rank(2) == 1 && rank(3) == 1)
        return LayerKind::BatchNorm;
    return std::nullopt;
}

// One for each group that holds variables, whatever they are.
std::vector<KerasLayer> groupsOf(const std::vector<KerasVariable>& variables) {
    std::vector<KerasLayer> layers;
    std::map<std::string_view, std::size_t> indexOf;
    for (const KerasVariable& variable : variables) {
        if (layers.size() > mostDeclaredLayers)
            break;
        const std::string_view path = variable.path;
        const std::size_t slash = path.rfind('/');
        if (slash == path.npos)
            continue;
        std::string_view group = path.substr(0, slash);
        const auto place = placeOf(path.substr(slash + 1));
        if (group.ends_with("/vars"))
            group.remove_suffix(5);
        KerasLayer::Path groups = split(group);
        if (!place || groups.empty() || groups.size() > deepestGroup)
            continue;
        const auto [found, isNew] = indexOf.emplace(group, layers.size());
        if (isNew)
            layers.push_back({std::move(groups), {}, {}});
        layers[found->second].variables[*place] = &variable;
    }
    return layers;
}

// Puts the layers into the order of the list by their outermost layers, then into natural order.
void sortLayers(std::vector<KerasLayer>& layers, const std::vector<std::string>& layerOrder) {
    std::map<std::string_view, std::size_t> places;
    for (const std::string& name : layerOrder)
        places.emplace(name, places.size());
    const auto placeOfOutermost = [&](const KerasLayer& layer) {
        const std::size_t level = layer.path.front() == "model_weights" && layer.path.size() > 1 ? 1 : 0;
        const auto found = places.find(layer.path[level]);
        return found == places.end() ? places.size() : found->second;
    };
    std::ranges::stable_sort(layers, [&](const KerasLayer& a, const KerasLayer& b) {
        const std::size_t placeOfA = placeOfOutermost(a), placeOfB = placeOfOutermost(b);
        return placeOfA != placeOfB ? placeOfA < placeOfB : pathLess(a.path, b.path);
    });
}

}  // namespace

std::vector<KerasLayer> layersOf(const std::vector<KerasVariable>& variables,
                                 const std::vector<std::string>& layerOrder) {
    std::vector<KerasLayer> layers;
    for (KerasLayer& group : groupsOf(variables))
        if (const auto kind = kindOf(group)) {
            layers.push_back(std::move(group));
            layers.back().kind = *kind;
        }
    sortLayers(layers, layerOrder);
    return layers;
}

}  // namespace resnet

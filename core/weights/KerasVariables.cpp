#include "core/weights/KerasVariables.h"

#include "core/weights/NaturalOrder.h"

#include <algorithm>
#include <array>

namespace resnet {

namespace {

// Keras 2.13 to 2.15 write "_layer_checkpoint_dependencies" where Keras 3 writes "layers".
std::string normalised(std::string path) {
    constexpr std::string_view older = "_layer_checkpoint_dependencies";
    for (std::size_t at = path.find(older); at != path.npos; at = path.find(older, at))
        path.replace(at, older.size(), "layers");
    return path;
}

std::string_view groupOfPath(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    std::string_view group = slash == path.npos ? std::string_view() : path.substr(0, slash);
    if (group.ends_with("/vars"))
        group.remove_suffix(5);
    return group;
}

std::string_view leaf(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

// Keras' order of the variables of one layer, by their names.
std::size_t roleOf(std::string_view path) {
    constexpr std::array<std::string_view, 8> roles{
        "kernel", "gamma", "bias", "beta", "moving_mean", "mean", "moving_variance", "variance"};
    std::string_view name = leaf(path);
    name = name.substr(0, name.find(':'));
    return std::size_t(std::ranges::find(roles, name) - roles.begin());
}

bool hasVariables(const KerasNode& node) {
    constexpr std::array names{"Conv2D", "Convolution2D", "BatchNormalization", "Dense"};
    return std::ranges::find(names, node.className) != names.end();
}

}  // namespace

KerasVariables::KerasVariables(const std::vector<KerasVariable>& variables, const KerasOwnership& ownership,
                               const std::vector<KerasNode>& nodes)
    : m_variables(variables), m_ownership(ownership) {
    bool isLegacy = !ownership.weightNames.empty();
    for (const KerasVariable& variable : variables) {
        isLegacy |= variable.path.starts_with("model_weights/");
        m_groups[normalised(std::string(groupOfPath(variable.path)))].push_back(&variable);
    }
    for (auto& [group, members] : m_groups)
        std::ranges::stable_sort(members, [](const KerasVariable* a, const KerasVariable* b) {
            return naturallyLess(leaf(a->path), leaf(b->path));
        });
    for (const auto& [group, layer] : ownership.layerOfGroup)
        m_groupOfLayer.emplace(layer, normalised(group));
    if (isLegacy) {
        m_scheme = Scheme::Legacy;
        return;
    }
    const auto covers = [&](Scheme scheme) {
        m_scheme = scheme;
        return std::ranges::all_of(nodes, [&](const KerasNode& node) {
            return !hasVariables(node) || m_groups.contains(groupOf(node));
        });
    };
    for (const Scheme scheme : {Scheme::ByStatedName, Scheme::ByPosition, Scheme::ByName})
        if (covers(scheme))
            return;
    m_scheme = Scheme::ByPosition;
}

std::string KerasVariables::groupOf(const KerasNode& node) const {
    switch (m_scheme) {
        case Scheme::Legacy:
            break;
        case Scheme::ByPosition:
            return node.group;
        case Scheme::ByName:
            return node.namedGroup;
        case Scheme::ByStatedName:
            if (const auto found = m_groupOfLayer.find(node.name); found != m_groupOfLayer.end())
                return found->second;
            break;
    }
    return {};
}

// All of the outermost layer; of a layer inside of a nested model those that stand in a group of its name.
std::vector<const KerasVariable*> KerasVariables::legacy(const KerasNode& node) const {
    std::vector<const KerasVariable*> found;
    const std::string prefixes[] = {"model_weights/" + node.outermostName + "/", node.outermostName + "/"};
    const auto names = m_ownership.weightNames.find(node.outermostName);
    for (const KerasVariable& variable : m_variables)
        if (variable.path.starts_with(prefixes[0]) || variable.path.starts_with(prefixes[1]))
            found.push_back(&variable);
    std::map<std::string_view, std::size_t> places;  // by the path behind the prefix
    if (names != m_ownership.weightNames.end())
        for (const std::string& name : names->second)
            places.emplace(name, places.size());
    const auto placeOf = [&](const KerasVariable* variable) {
        const std::string& prefix = prefixes[variable->path.starts_with(prefixes[0]) ? 0 : 1];
        const auto place = places.find(std::string_view(variable->path).substr(prefix.size()));
        return place == places.end() ? places.size() + roleOf(variable->path) : place->second;
    };
    std::ranges::stable_sort(found, {}, placeOf);
    if (node.name != node.outermostName)
        std::erase_if(found, [&](const KerasVariable* variable) {
            return leaf(groupOfPath(variable->path)) != node.name;
        });
    return found;
}

std::vector<const KerasVariable*> KerasVariables::of(const KerasNode& node) const {
    if (m_scheme == Scheme::Legacy)
        return legacy(node);
    const auto found = m_groups.find(groupOf(node));
    return found == m_groups.end() ? std::vector<const KerasVariable*>() : found->second;
}

std::vector<KerasVariable> KerasVariables::inside(const KerasNode& node, bool& inOrder) const {
    std::vector<KerasVariable> found;
    inOrder = m_scheme == Scheme::Legacy && m_ownership.weightNames.contains(node.outermostName);
    if (m_scheme == Scheme::Legacy) {
        for (const KerasVariable* variable : legacy(node))
            found.push_back(*variable);
        return found;
    }
    const std::string prefix = groupOf(node) + "/";
    for (const auto& [group, members] : m_groups)
        if (group.starts_with(prefix))
            for (const KerasVariable* variable : members)
                found.push_back(*variable);
    return found;
}

}  // namespace resnet

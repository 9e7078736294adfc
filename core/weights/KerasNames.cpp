#include "core/weights/KerasNames.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace resnet {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;
using LayerKind = KerasLayer::Kind;

// A residual unit by its layers, as indices, each list in order.
struct KerasUnit {
    std::vector<std::size_t> wide;    // two convolutions of 3 x 3
    std::vector<std::size_t> narrow;  // none, or the projection's convolution of 1 x 1
    std::vector<std::size_t> norms;
};

struct KerasUnits {
    std::vector<KerasUnit> units;
    std::vector<std::size_t> loose;  // layers outside of units
};

using Layers = std::vector<KerasLayer>;

// What the tree of groups is made of: a node knows the layers below it.
struct Group {
    std::map<std::string_view, Group> children;
    std::optional<std::size_t> layer;
    int wide = 0;    // 3 x 3 convolutions below
    int narrow = 0;  // 1 x 1 convolutions below
    int others = 0;  // other convolutions below
};

void insert(Group& root, const KerasLayer& layer, std::size_t index) {
    std::vector<Group*> way{&root};
    for (const std::string_view part : layer.path)
        way.push_back(&way.back()->children[part]);
    if (way.back()->layer)
        return;  // "a//b" is "a/b" once more: such a layer fits nowhere
    way.back()->layer = index;
    if (layer.kind != LayerKind::Convolution)
        return;
    for (Group* group : way)
        (layer.kernelSide() == 3   ? group->wide
         : layer.kernelSide() == 1 ? group->narrow
                                   : group->others) += 1;
}

void collectLayers(const Group& group, std::vector<std::size_t>& layers) {
    if (group.layer)
        layers.push_back(*group.layer);
    for (const auto& [name, child] : group.children)
        collectLayers(child, layers);
}

KerasUnit unitOf(const Group& group, const Layers& layers) {
    std::vector<std::size_t> indices;
    collectLayers(group, indices);
    std::ranges::sort(indices);
    KerasUnit unit;
    for (const std::size_t index : indices) {
        const KerasLayer& layer = layers[index];
        if (layer.kind == LayerKind::BatchNorm)
            unit.norms.push_back(index);
        else if (layer.kind == LayerKind::Convolution)
            (layer.kernelSide() == 3 ? unit.wide : unit.narrow).push_back(index);
    }
    return unit;
}

// The largest groups that may be units are.
void collectUnits(const Group& group, const Layers& layers, KerasUnits& found) {
    if (group.wide == 2 && group.narrow <= 1 && group.others == 0)
        return found.units.push_back(unitOf(group, layers));
    if (group.layer)
        found.loose.push_back(*group.layer);
    for (const auto& [name, child] : group.children)
        collectUnits(child, layers, found);
}

// Whether each unit takes what the one before it gives.
bool fitsChannels(const std::vector<KerasUnit>& units, const Layers& layers) {
    for (std::size_t i = 1; i < units.size(); ++i) {
        const std::int64_t given = layers[units[i - 1].wide[0]].outputs();
        if (layers[units[i].wide[0]].inputs() != given && layers[units[i].wide[1]].inputs() != given)
            return false;
    }
    return true;
}

// Groups of layers that hold two 3 x 3 convolutions and at most one 1 x 1.
KerasUnits findGroupedUnits(const Layers& layers) {
    Group root;
    for (std::size_t i = 0; i < layers.size(); ++i)
        insert(root, layers[i], i);
    KerasUnits found;
    collectUnits(root, layers, found);
    std::ranges::sort(found.loose);
    return found;
}

// The units of a network written layer by layer: every two 3 x 3 convolutions are one, and a 1 x 1
// convolution between the same numbers of channels is its projection. `norms` has the batch norm of each
// convolution. Empty if there is any other convolution.
std::vector<KerasUnit> makeUnits(const Layers& layers, const std::vector<std::size_t>& convolutions,
                                 const std::vector<std::size_t>& norms) {
    std::vector<std::size_t> wide, narrow;
    std::map<std::size_t, std::size_t> normOf;
    for (std::size_t i = 0; i < convolutions.size(); ++i) {
        const std::int64_t side = layers[convolutions[i]].kernelSide();
        if (side != 1 && side != 3)
            return {};
        (side == 3 ? wide : narrow).push_back(convolutions[i]);
        normOf[convolutions[i]] = norms[i];
    }
    std::vector<KerasUnit> units;
    for (std::size_t i = 0; i + 1 < wide.size(); i += 2) {
        KerasUnit unit{{wide[i], wide[i + 1]}, {}, {normOf[wide[i]], normOf[wide[i + 1]]}};
        const KerasLayer& first = layers[wide[i]];
        const auto projection = std::ranges::find_if(narrow, [&](std::size_t index) {
            return layers[index].inputs() == first.inputs() && layers[index].outputs() == first.outputs();
        });
        if (projection != narrow.end() && first.inputs() != first.outputs()) {
            unit.narrow.push_back(*projection);
            unit.norms.push_back(normOf[*projection]);
            std::ranges::sort(unit.norms);
            narrow.erase(projection);
        }
        units.push_back(std::move(unit));
    }
    return units;
}

// Puts units into the order of the network: that of their layers if it fits their channels or is the file's
// own, else that of the channels. Units of a stage
// have the same number of channels, the one with a projection stands first.
void sortUnits(std::vector<KerasUnit>& units, const Layers& layers, bool isOwnOrder) {
    std::ranges::stable_sort(units, {}, [](const KerasUnit& unit) { return unit.wide[0]; });
    if (isOwnOrder || fitsChannels(units, layers))
        return;
    std::ranges::stable_sort(units, [&](const KerasUnit& a, const KerasUnit& b) {
        const std::int64_t channelsOfA = layers[a.wide[0]].outputs();
        const std::int64_t channelsOfB = layers[b.wide[0]].outputs();
        return channelsOfA != channelsOfB ? channelsOfA < channelsOfB : a.narrow.size() > b.narrow.size();
    });
}

class NameFinder {
public:
    NameFinder(const std::vector<KerasVariable>& variables, const std::vector<std::string>& layerOrder)
        : m_hasOrder(!layerOrder.empty()), m_layers(layersOf(variables, layerOrder)) {}

    Names find() {
        KerasUnits found = findGroupedUnits(m_layers);
        m_units = std::move(found.units);
        nameLoose(found.loose);
        if (m_units.empty())
            return {};
        nameUnits();
        return std::move(m_names);
    }

private:
    // Layers outside of units: the stem and the head, or all of a network without units of its own.
    void nameLoose(const std::vector<std::size_t>& loose) {
        std::vector<std::size_t> convolutions, norms, dense;
        for (const std::size_t index : loose) {
            const LayerKind kind = m_layers[index].kind;
            (kind == LayerKind::Convolution ? convolutions
             : kind == LayerKind::Dense     ? dense
                                            : norms)
                .push_back(index);
        }
        for (const std::size_t index : dense)
            give(index, dense.size() == 1 ? "fc" : "dense_" + std::to_string(index));
        const auto stem =
            std::ranges::find_if(convolutions, [&](std::size_t i) { return m_layers[i].inputs() == 3; });
        if (stem == convolutions.end())
            return;
        give(*stem, "conv1");
        const auto position = std::size_t(stem - convolutions.begin());
        if (norms.size() == convolutions.size()) {
            give(norms[position], "bn1");
            norms.erase(norms.begin() + std::ptrdiff_t(position));
        }
        convolutions.erase(stem);
        if (m_units.empty() && norms.size() == convolutions.size())
            m_units = makeUnits(m_layers, convolutions, norms);
    }

    void nameUnits() {
        sortUnits(m_units, m_layers, m_hasOrder);
        int stage = 0, number = 0;
        std::int64_t channels = m_layers[m_units.front().wide[0]].outputs();
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            KerasUnit& unit = m_units[i];
            orderConvolutions(unit);
            const std::int64_t outputs = m_layers[unit.wide[1]].outputs();
            if (i > 0 && (outputs != channels || !unit.narrow.empty())) {
                ++stage;
                number = 0;
            }
            channels = outputs;
            nameUnit(unit, "layer" + std::to_string(stage + 1) + "." + std::to_string(number++) + ".");
        }
    }

    // The first convolution is the one that takes the unit's input; natural order tells where shapes do not.
    void orderConvolutions(KerasUnit& unit) const {
        const KerasLayer& first = m_layers[unit.wide[0]];
        const KerasLayer& second = m_layers[unit.wide[1]];
        if (first.inputs() == first.outputs() && second.inputs() != second.outputs())
            std::swap(unit.wide[0], unit.wide[1]);
    }

    void nameUnit(const KerasUnit& unit, const std::string& prefix) {
        give(unit.wide[0], prefix + "conv1");
        give(unit.wide[1], prefix + "conv2");
        if (!unit.narrow.empty())
            give(unit.narrow[0], prefix + "downsample.0");
        const std::map<std::size_t, std::size_t> norms = normsOf(unit);
        const auto giveNorm = [&](std::size_t convolution, const std::string& name) {
            if (const auto found = norms.find(convolution); found != norms.end())
                give(found->second, name);
        };
        giveNorm(unit.wide[0], prefix + "bn1");
        giveNorm(unit.wide[1], prefix + "bn2");
        if (!unit.narrow.empty())
            giveNorm(unit.narrow[0], prefix + "downsample.1");
    }

    // Which batch norm follows which convolution: the i-th of a list the i-th of the same list (main_layers,
    // skip_layers); where that does not come out even, the i-th of the unit.
    std::map<std::size_t, std::size_t> normsOf(const KerasUnit& unit) const {
        std::vector<std::size_t> convolutions = unit.wide;
        convolutions.insert(convolutions.end(), unit.narrow.begin(), unit.narrow.end());
        std::map<std::size_t, std::size_t> result;
        const auto listOf = [&](std::size_t index) {
            const KerasLayer::Path& path = m_layers[index].path;
            return KerasLayer::Path(path.begin(), path.end() - 1);
        };
        std::map<KerasLayer::Path, std::array<std::vector<std::size_t>, 2>> lists;
        std::ranges::sort(convolutions);
        for (const std::size_t index : convolutions)
            lists[listOf(index)][0].push_back(index);
        for (const std::size_t index : unit.norms)
            lists[listOf(index)][1].push_back(index);
        const bool isEven = std::ranges::all_of(
            lists, [](const auto& list) { return list.second[0].size() == list.second[1].size(); });
        if (!isEven) {
            lists.clear();
            lists[{}] = {convolutions, unit.norms};
        }
        for (const auto& [path, list] : lists)
            for (std::size_t i = 0; i < std::min(list[0].size(), list[1].size()); ++i)
                result[list[0][i]] = list[1][i];
        return result;
    }

    void give(std::size_t index, const std::string& name) {
        const KerasLayer& layer = m_layers[index];
        constexpr std::array<const char*, 4> norm{".weight", ".bias", ".running_mean", ".running_var"};
        for (std::size_t place = 0; place < norm.size(); ++place)
            if (layer.variables[place] != nullptr)
                m_names[layer.variables[place]->path] =
                    name + (layer.kind == LayerKind::BatchNorm || place < 2 ? norm[place] : ".extra");
    }

    bool m_hasOrder;
    std::vector<KerasLayer> m_layers;  // in order
    std::vector<KerasUnit> m_units;
    Names m_names;
};

}  // namespace

std::map<std::string, std::string, std::less<>> torchvisionNames(const std::vector<KerasVariable>& variables,
                                                                 const std::vector<std::string>& layerOrder) {
    return NameFinder(variables, layerOrder).find();
}

}  // namespace resnet

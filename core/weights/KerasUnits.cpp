#include "core/weights/KerasUnits.h"

#include <algorithm>
#include <map>
#include <optional>

namespace resnet {

namespace {

using Layers = std::vector<KerasLayer>;
using Kind = KerasLayer::Kind;

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
    if (layer.kind != Kind::Convolution)
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
        if (layer.kind == Kind::BatchNorm)
            unit.norms.push_back(index);
        else if (layer.kind == Kind::Convolution)
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

}  // namespace

KerasUnits findGroupedUnits(const Layers& layers) {
    Group root;
    for (std::size_t i = 0; i < layers.size(); ++i)
        insert(root, layers[i], i);
    KerasUnits found;
    collectUnits(root, layers, found);
    std::ranges::sort(found.loose);
    return found;
}

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

// Units of a stage have the same number of channels, the one with a projection stands first.
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

}  // namespace resnet

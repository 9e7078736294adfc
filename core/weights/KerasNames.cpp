#include "core/weights/KerasNames.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace resnet {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;
using Path = std::vector<std::string_view>;

constexpr std::size_t mostVariables = 20'000;

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

// A layer that has variables: the path of its group, and its variables in Keras' order.
struct Layer {
    enum class Kind { Convolution, BatchNorm, Dense, Other };
    Path path;
    std::vector<const KerasVariable*> variables;
    Kind kind = Kind::Other;
    std::size_t rank = 0;  // of its outermost layer in the file's own list

    // height x width x in x out of a convolution
    std::int64_t kernelSide() const { return variables[0]->shape[0]; }
    std::int64_t inputs() const { return variables[0]->shape[2]; }
    std::int64_t outputs() const { return variables[0]->shape[3]; }
};

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

Layer::Kind kindOf(const Layer& layer) {
    const auto rank = [&](std::size_t i) {
        return layer.variables[i] ? layer.variables[i]->shape.size() : 0;
    };
    const auto has = [&](std::size_t count) {
        return std::ranges::all_of(layer.variables.begin(), layer.variables.begin() + std::ptrdiff_t(count),
                                   [](const auto* variable) { return variable != nullptr; });
    };
    if (rank(0) == 4)
        return Layer::Kind::Convolution;
    if (rank(0) == 2)
        return Layer::Kind::Dense;
    if (has(4) && rank(0) == 1 && rank(1) == 1 && rank(2) == 1 && rank(3) == 1)
        return Layer::Kind::BatchNorm;
    return Layer::Kind::Other;
}

// What the tree of groups is made of: a node knows the layers below it.
struct Node {
    std::map<std::string_view, Node> children;
    std::optional<std::size_t> layer;
    int wide = 0;    // 3 x 3 convolutions below
    int narrow = 0;  // 1 x 1 convolutions below
    int others = 0;  // other convolutions below
};

struct Unit {
    std::vector<std::size_t> wide;
    std::vector<std::size_t> narrow;
    std::vector<std::size_t> norms;
};

class NameFinder {
public:
    NameFinder(const std::vector<KerasVariable>& variables, const std::vector<std::string>& layerOrder)
        : m_hasOrder(!layerOrder.empty()) {
        std::map<std::string_view, std::size_t> order;
        for (const std::string& name : layerOrder)
            order.emplace(name, order.size());
        collectLayers(variables, order);
    }

    Names find() {
        Node root;
        for (std::size_t i = 0; i < m_layers.size(); ++i)
            insert(root, i);
        std::vector<std::size_t> loose;
        collectUnits(root, loose);
        nameLoose(loose);
        if (m_units.empty())
            return {};
        nameUnits();
        return std::move(m_names);
    }

private:
    void collectLayers(const std::vector<KerasVariable>& variables,
                       const std::map<std::string_view, std::size_t>& order) {
        std::map<std::string, std::size_t, std::less<>> indexOf;
        for (const KerasVariable& variable : variables) {
            if (m_layers.size() > mostVariables)
                break;
            const std::size_t slash = variable.path.rfind('/');
            if (slash == std::string::npos)
                continue;
            std::string_view group = std::string_view(variable.path).substr(0, slash);
            const auto place = placeOf(std::string_view(variable.path).substr(slash + 1));
            if (group.ends_with("/vars"))
                group.remove_suffix(5);
            if (!place || split(group).empty())
                continue;
            const auto [found, isNew] = indexOf.emplace(std::string(group), m_layers.size());
            if (isNew)
                m_layers.push_back({split(group), std::vector<const KerasVariable*>(4, nullptr)});
            m_layers[found->second].variables[*place] = &variable;
        }
        for (Layer& layer : m_layers) {
            layer.kind = kindOf(layer);
            const std::size_t level = layer.path.front() == "model_weights" && layer.path.size() > 1 ? 1 : 0;
            const auto found = order.find(layer.path[level]);
            layer.rank = found == order.end() ? order.size() : found->second;
        }
        std::erase_if(m_layers, [](const Layer& layer) { return layer.kind == Layer::Kind::Other; });
        std::ranges::stable_sort(m_layers, [](const Layer& a, const Layer& b) {
            return a.rank != b.rank ? a.rank < b.rank : pathLess(a.path, b.path);
        });
    }

    void insert(Node& root, std::size_t index) {
        const Layer& layer = m_layers[index];
        std::vector<Node*> way{&root};
        for (const std::string_view part : layer.path)
            way.push_back(&way.back()->children[part]);
        if (way.back()->layer)
            return;  // "a//b" is "a/b" once more: such a layer fits nowhere
        way.back()->layer = index;
        if (layer.kind != Layer::Kind::Convolution)
            return;
        for (Node* node : way)
            (layer.kernelSide() == 3   ? node->wide
             : layer.kernelSide() == 1 ? node->narrow
                                       : node->others) += 1;
    }

    static void collectLayersBelow(const Node& node, std::vector<std::size_t>& layers) {
        if (node.layer)
            layers.push_back(*node.layer);
        for (const auto& [name, child] : node.children)
            collectLayersBelow(child, layers);
    }

    // The largest groups that hold two 3 x 3 convolutions and at most one 1 x 1 are residual units.
    void collectUnits(const Node& node, std::vector<std::size_t>& loose) {
        if (node.wide == 2 && node.narrow <= 1 && node.others == 0) {
            std::vector<std::size_t> layers;
            collectLayersBelow(node, layers);
            std::ranges::sort(layers);
            m_units.push_back(unitOf(layers));
            return;
        }
        if (node.layer)
            loose.push_back(*node.layer);
        for (const auto& [name, child] : node.children)
            collectUnits(child, loose);
    }

    Unit unitOf(const std::vector<std::size_t>& layers) const {
        Unit unit;
        for (const std::size_t index : layers) {
            const Layer& layer = m_layers[index];
            if (layer.kind == Layer::Kind::BatchNorm)
                unit.norms.push_back(index);
            else if (layer.kind == Layer::Kind::Convolution)
                (layer.kernelSide() == 3 ? unit.wide : unit.narrow).push_back(index);
        }
        return unit;
    }

    // Layers outside of units: the stem and the head, or all of a network without units of its own.
    void nameLoose(std::vector<std::size_t>& loose) {
        std::ranges::sort(loose);
        std::vector<std::size_t> convolutions, norms, dense;
        for (const std::size_t index : loose) {
            const Layer::Kind kind = m_layers[index].kind;
            (kind == Layer::Kind::Convolution ? convolutions
             : kind == Layer::Kind::Dense     ? dense
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
            makeUnits(convolutions, norms);
    }

    // A network written layer by layer: every two 3 x 3 convolutions are a unit, and a 1 x 1 convolution
    // between the same numbers of channels is its projection.
    void makeUnits(const std::vector<std::size_t>& convolutions, const std::vector<std::size_t>& norms) {
        std::vector<std::size_t> wide, narrow;
        std::map<std::size_t, std::size_t> normOf;
        for (std::size_t i = 0; i < convolutions.size(); ++i) {
            const std::int64_t side = m_layers[convolutions[i]].kernelSide();
            if (side != 1 && side != 3)
                return;
            (side == 3 ? wide : narrow).push_back(convolutions[i]);
            normOf[convolutions[i]] = norms[i];
        }
        for (std::size_t i = 0; i + 1 < wide.size(); i += 2) {
            Unit unit{{wide[i], wide[i + 1]}, {}, {normOf[wide[i]], normOf[wide[i + 1]]}};
            const Layer& first = m_layers[wide[i]];
            const auto projection = std::ranges::find_if(narrow, [&](std::size_t index) {
                return m_layers[index].inputs() == first.inputs() &&
                       m_layers[index].outputs() == first.outputs();
            });
            if (projection != narrow.end() && first.inputs() != first.outputs()) {
                unit.narrow.push_back(*projection);
                unit.norms.push_back(normOf[*projection]);
                std::ranges::sort(unit.norms);
                narrow.erase(projection);
            }
            m_units.push_back(std::move(unit));
        }
    }

    void nameUnits() {
        sortUnits();
        int stage = 0, number = 0;
        std::int64_t channels = m_layers[m_units.front().wide[0]].outputs();
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            Unit& unit = m_units[i];
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

    // Units whose names differ in more than their numbers tell their order by channels: those of a stage have
    // the same, the one with a projection first.
    void sortUnits() {
        std::ranges::stable_sort(m_units, {}, [](const Unit& unit) { return unit.wide[0]; });
        if (m_hasOrder || followsChannels())
            return;
        std::ranges::stable_sort(m_units, [&](const Unit& a, const Unit& b) {
            const std::int64_t channelsOfA = m_layers[a.wide[0]].outputs();
            const std::int64_t channelsOfB = m_layers[b.wide[0]].outputs();
            return channelsOfA != channelsOfB ? channelsOfA < channelsOfB : a.narrow.size() > b.narrow.size();
        });
    }

    bool followsChannels() const {
        for (std::size_t i = 1; i < m_units.size(); ++i) {
            const Layer& before = m_layers[m_units[i - 1].wide[0]];
            const Layer& first = m_layers[m_units[i].wide[0]];
            const Layer& second = m_layers[m_units[i].wide[1]];
            if (first.inputs() != before.outputs() && second.inputs() != before.outputs())
                return false;
        }
        return true;
    }

    // The first convolution is the one that takes the unit's input; natural order tells where shapes do not.
    void orderConvolutions(Unit& unit) const {
        const Layer& first = m_layers[unit.wide[0]];
        const Layer& second = m_layers[unit.wide[1]];
        if (first.inputs() == first.outputs() && second.inputs() != second.outputs())
            std::swap(unit.wide[0], unit.wide[1]);
    }

    void nameUnit(const Unit& unit, const std::string& prefix) {
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
    std::map<std::size_t, std::size_t> normsOf(const Unit& unit) const {
        std::vector<std::size_t> convolutions = unit.wide;
        convolutions.insert(convolutions.end(), unit.narrow.begin(), unit.narrow.end());
        std::map<std::size_t, std::size_t> result;
        const auto listOf = [&](std::size_t index) {
            const Path& path = m_layers[index].path;
            return Path(path.begin(), path.end() - 1);
        };
        std::map<Path, std::array<std::vector<std::size_t>, 2>> lists;
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
        const Layer& layer = m_layers[index];
        constexpr std::array<const char*, 4> norm{".weight", ".bias", ".running_mean", ".running_var"};
        for (std::size_t place = 0; place < norm.size(); ++place)
            if (layer.variables[place] != nullptr)
                m_names[layer.variables[place]->path] =
                    name + (layer.kind == Layer::Kind::BatchNorm || place < 2 ? norm[place] : ".extra");
    }

    bool m_hasOrder;
    std::vector<Layer> m_layers;  // in order
    std::vector<Unit> m_units;
    Names m_names;
};

}  // namespace

bool naturallyLess(std::string_view a, std::string_view b) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    while (!a.empty() && !b.empty()) {
        if (isDigit(a[0]) && isDigit(b[0])) {
            const auto takeDigits = [&](std::string_view& text) {
                const std::size_t end = std::min(std::ranges::find_if_not(text, isDigit) - text.begin(),
                                                 std::ptrdiff_t(text.size()));
                std::string_view digits = text.substr(0, end);
                text.remove_prefix(end);
                digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
                return digits;
            };
            const std::string_view digitsOfA = takeDigits(a);
            const std::string_view digitsOfB = takeDigits(b);
            if (digitsOfA.size() != digitsOfB.size())
                return digitsOfA.size() < digitsOfB.size();
            if (digitsOfA != digitsOfB)
                return digitsOfA < digitsOfB;
        } else {
            if (a[0] != b[0])
                return a[0] < b[0];
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
    }
    return a.empty() && !b.empty();
}

std::map<std::string, std::string, std::less<>> torchvisionNames(const std::vector<KerasVariable>& variables,
                                                                 const std::vector<std::string>& layerOrder) {
    return NameFinder(variables, layerOrder).find();
}

}  // namespace resnet

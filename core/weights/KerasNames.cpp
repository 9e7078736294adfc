#include "core/weights/KerasNames.h"

#include "core/weights/KerasUnits.h"

#include <algorithm>
#include <array>

namespace resnet {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;
using Kind = KerasLayer::Kind;

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
            const Kind kind = m_layers[index].kind;
            (kind == Kind::Convolution ? convolutions : kind == Kind::Dense ? dense : norms).push_back(index);
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
                    name + (layer.kind == Kind::BatchNorm || place < 2 ? norm[place] : ".extra");
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

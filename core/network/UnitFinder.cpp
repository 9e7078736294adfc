#include "core/network/UnitFinder.h"

#include "core/Error.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace resnet {

namespace {

using Kind = StepKind;

bool isActivation(Kind kind) {
    return kind == Kind::ReLU || kind == Kind::Activation;
}

// A unit as layers, in the order of execution; what leads to the fork, or follows the addition, included.
struct FoundUnit {
    int fork = inputStep;
    std::vector<int> lead;
    std::vector<int> mainPath;
    std::vector<int> shortcut;
    int add = -1;
    std::vector<int> tail;
};

[[noreturn]] void refuse(const Layer& layer, const std::string& why) {
    throw Error("layer '" + layer.name + "': " + why);
}

class Finder {
public:
    Finder(const std::vector<Layer>& layers, const std::vector<FeatureShape>& shapes)
        : m_layers(layers), m_shapes(shapes), m_readers(layers.size(), 0) {
        for (const Layer& layer : layers)
            for (const int input : layer.inputs)
                if (input != inputStep)
                    ++m_readers[std::size_t(input)];
    }

    PlacedLayers find() {
        walk();
        if (m_units.empty())
            splitChain();
        else
            assignSegments();
        place();
        return std::move(m_placed);
    }

private:
    const Layer& layer(int index) const { return m_layers[std::size_t(index)]; }
    Kind kind(int index) const { return layer(index).kind; }

    // From the output back to the picture: m_segments has the layers between additions, one list more than
    // there are units.
    void walk() {
        std::vector<int> segment;
        int current = int(m_layers.size()) - 1;
        int readersAllowed = 0;
        while (current != inputStep) {
            if (m_readers[std::size_t(current)] > readersAllowed)
                refuse(layer(current), "its output goes " + std::to_string(m_readers[std::size_t(current)]) +
                                           " ways that do not meet again in one addition");
            readersAllowed = 1;
            if (kind(current) != Kind::Add) {
                segment.push_back(current);
                current = layer(current).inputs.front();
                continue;
            }
            std::ranges::reverse(segment);
            m_segments.push_back(std::move(segment));
            segment.clear();
            m_units.push_back(unitOf(current));
            current = m_units.back().fork;
            readersAllowed = 2;
        }
        std::ranges::reverse(segment);
        m_segments.push_back(std::move(segment));
        std::ranges::reverse(m_segments);
        std::ranges::reverse(m_units);
    }

    // The layers from `last` back to where another way begins, in the order of execution, and that place.
    std::pair<std::vector<int>, int> wayTo(int last) const {
        std::vector<int> way;
        while (last != inputStep && m_readers[std::size_t(last)] == 1) {
            if (kind(last) == Kind::Add)
                refuse(layer(last),
                       "a sum inside of another sum's way, which is not one of the shapes of "
                       "residual units that this program knows");
            way.push_back(last);
            last = layer(last).inputs.front();
        }
        std::ranges::reverse(way);
        return {way, last};
    }

    FoundUnit unitOf(int add) const {
        FoundUnit unit;
        unit.add = add;
        auto [first, fork] = wayTo(layer(add).inputs[0]);
        auto [second, otherFork] = wayTo(layer(add).inputs[1]);
        if (fork != otherFork)
            refuse(layer(add), "the ways that it adds do not come from one fork");
        if (first.empty() && second.empty())
            refuse(layer(add), "adds a layer's output to itself");
        const auto weight = [&](const std::vector<int>& way) {
            int convolutions = 0, sides = 0;
            for (const int each : way)
                if (kind(each) == Kind::Convolution) {
                    ++convolutions;
                    sides += layer(each).window.kernel;
                }
            return std::tuple(convolutions, sides, way.size());
        };
        if (weight(second) > weight(first))
            std::swap(first, second);
        unit.fork = fork;
        unit.mainPath = std::move(first);
        unit.shortcut = std::move(second);
        return unit;
    }

    void assignSegments() {
        for (std::size_t k = 1; k < m_segments.size(); ++k) {
            std::vector<int>& segment = m_segments[k];
            const auto rest = std::ranges::find_if(
                segment, [&](int each) { return !isActivation(kind(each)) && kind(each) != Kind::Scale; });
            FoundUnit& before = m_units[k - 1];
            const bool leads = k < m_units.size() && !m_units[k].shortcut.empty() &&
                               std::all_of(rest, segment.end(), [&](int each) {
                                   return isActivation(kind(each)) || kind(each) == Kind::BatchNorm;
                               });
            if (k == m_units.size() || leads) {
                before.tail.assign(segment.begin(), rest);
                (leads ? m_units[k].lead : m_head).assign(rest, segment.end());
            } else {
                before.tail = segment;
            }
        }
        m_stem = m_segments.front();
        takeLeadOfStem();
        if (m_stem.empty())
            refuse(layer(m_units.front().add),
                   "a unit that reads the picture itself; expected a convolution before");
    }

    // Pre-activation ends its main path with a convolution and has nothing after the sum; then the batch norm
    // and activation before the first projection are the unit's.
    void takeLeadOfStem() {
        FoundUnit& first = m_units.front();
        const std::size_t size = m_stem.size();
        const bool isPreActivation =
            !first.shortcut.empty() && first.tail.empty() && kind(first.mainPath.back()) == Kind::Convolution;
        if (!isPreActivation || size < 3 || !isActivation(kind(m_stem[size - 1])) ||
            kind(m_stem[size - 2]) != Kind::BatchNorm)
            return;
        first.lead.assign(m_stem.end() - 2, m_stem.end());
        m_stem.resize(size - 2);
    }

    // No addition: two convolutions and what follows them are a unit.
    void splitChain() {
        const std::vector<int>& chain = m_segments.front();
        std::vector<std::size_t> convolutions;
        for (std::size_t i = 0; i < chain.size(); ++i)
            if (kind(chain[i]) == Kind::Convolution)
                convolutions.push_back(i);
        if (convolutions.size() < 2)
            throw Error("expected a network with residual units or at least two convolutions, found " +
                        std::to_string(convolutions.size()) +
                        (convolutions.size() == 1 ? " convolution" : ""));
        const auto begin = [&](std::size_t i) {
            std::size_t at = convolutions[i];
            while (at > 1 && kind(chain[at - 1]) == Kind::Padding)
                --at;
            return chain.begin() + std::ptrdiff_t(at);
        };
        auto end = chain.begin() + std::ptrdiff_t(convolutions.back()) + 1;
        while (end != chain.end() && (isActivation(kind(*end)) || kind(*end) == Kind::BatchNorm))
            ++end;
        if (end == chain.end())
            throw Error("expected a dense layer after the convolutions, found none");
        m_stem.assign(chain.begin(), begin(1));
        for (std::size_t i = 1; i < convolutions.size(); i += 2) {
            FoundUnit unit;
            unit.mainPath.assign(begin(i), i + 2 < convolutions.size() ? begin(i + 2) : end);
            if (isActivation(kind(unit.mainPath.back()))) {
                unit.tail.push_back(unit.mainPath.back());
                unit.mainPath.pop_back();
            }
            m_units.push_back(std::move(unit));
        }
        m_head.assign(end, chain.end());
    }

    const FeatureShape& outputOf(const FoundUnit& unit) const {
        return m_shapes[std::size_t(unit.add >= 0 ? unit.add : unit.mainPath.back())];
    }

    bool beginsStage(std::size_t i) const {
        if (i == 0)
            return false;
        const FeatureShape& before = outputOf(m_units[i - 1]);
        const FeatureShape& here = outputOf(m_units[i]);
        if (here.channels != before.channels)
            return true;
        const bool nextDoes = i + 1 < m_units.size() && outputOf(m_units[i + 1]).channels != here.channels;
        return !nextDoes && (here.height != before.height || here.width != before.width);
    }

    void place() {
        for (const int each : m_stem)
            add(each, stemName(each));
        m_stage = 0;
        m_unit = -1;
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            if (beginsStage(i)) {
                ++m_stage;
                m_unit = -1;
            }
            ++m_unit;
            placeUnit(m_units[i]);
        }
        m_counts.clear();
        for (const int each : m_head)
            add(each, headName(each));
        if (!m_placed.layers.empty())
            m_placed.layers.back().name = "softmax";
    }

    void placeUnit(const FoundUnit& found) {
        const std::string prefix = "layer" + std::to_string(m_stage + 1) + "." + std::to_string(m_unit) + ".";
        m_counts.clear();
        PlacedUnit unit;
        unit.stage = m_stage;
        unit.unit = m_unit;
        unit.input = int(m_placed.layers.size()) - 1;
        for (const auto* list : {&found.lead, &found.mainPath})
            for (const int each : *list)
                unit.mainPath.push_back(add(each, prefix + numbered(unitWord(each))));
        const bool isPadding = found.shortcut.size() == 1 && kind(found.shortcut.front()) == Kind::Padding;
        for (std::size_t i = 0; i < found.shortcut.size(); ++i)
            unit.shortcut.push_back(add(
                found.shortcut[i], prefix + (isPadding ? "shortcut" : "downsample." + std::to_string(i))));
        if (found.add >= 0)
            unit.add = add(found.add, prefix + "add");
        for (const int each : found.tail)
            unit.tail.push_back(add(each, prefix + numbered(unitWord(each))));
        unit.output = int(m_placed.layers.size()) - 1;
        m_placed.units.push_back(std::move(unit));
    }

    std::string unitWord(int index) const {
        switch (kind(index)) {
            case Kind::Convolution:
                return "conv";
            case Kind::BatchNorm:
                return "bn";
            case Kind::ReLU:
            case Kind::Activation:
                return "relu";
            case Kind::MaxPool:
            case Kind::AveragePool:
            case Kind::GlobalAveragePool:
            case Kind::GlobalMaxPool:
                return "pool";
            case Kind::Padding:
                return "pad";
            case Kind::Scale:
                return "scale";
            case Kind::Add:
            case Kind::Dense:
            case Kind::Softmax:
                break;
        }
        return "step";
    }

    // "conv1", "bn1", "relu", "maxpool", and numbers where there are more.
    std::string stemName(int index) {
        const std::string word = unitWord(index);
        if (word == "conv" || word == "bn")
            return numbered(word);
        return counted(word == "pool" ? "maxpool" : word);
    }

    std::string headName(int index) {
        switch (kind(index)) {
            case Kind::GlobalAveragePool:
            case Kind::GlobalMaxPool:
                return counted("avgpool");
            case Kind::Dense: {
                const bool isLast = std::none_of(m_head.begin(), m_head.end(), [&](int other) {
                    return other > index && kind(other) == Kind::Dense;
                });
                return isLast ? "fc" : numbered("fc");
            }
            case Kind::Convolution:
            case Kind::BatchNorm:
            case Kind::ReLU:
            case Kind::MaxPool:
            case Kind::AveragePool:
            case Kind::Add:
            case Kind::Softmax:
            case Kind::Activation:
            case Kind::Padding:
            case Kind::Scale:
                return counted("post_" + unitWord(index));
        }
        return counted("post");
    }

    std::string numbered(const std::string& word) { return word + std::to_string(++m_counts[word]); }
    std::string counted(const std::string& word) {
        const int count = ++m_counts[word];
        return count == 1 ? word : word + std::to_string(count);
    }

    int add(int index, std::string name) {
        m_placed.layers.push_back({index, std::move(name)});
        return int(m_placed.layers.size()) - 1;
    }

    const std::vector<Layer>& m_layers;
    const std::vector<FeatureShape>& m_shapes;
    std::vector<int> m_readers;
    std::vector<std::vector<int>> m_segments;
    std::vector<FoundUnit> m_units;
    std::vector<int> m_stem;
    std::vector<int> m_head;
    PlacedLayers m_placed;
    std::map<std::string, int> m_counts;
    int m_stage = -1;
    int m_unit = -1;
};

}  // namespace

PlacedLayers placeLayers(const std::vector<Layer>& layers, const std::vector<FeatureShape>& shapes) {
    return Finder(layers, shapes).find();
}

}  // namespace resnet

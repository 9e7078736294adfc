#include "core/weights/NetworkMatch.h"

#include "core/weights/NaturalOrder.h"
#include "core/weights/UnitMatch.h"

#include <algorithm>
#include <optional>

namespace resnet {

namespace {

using ModuleKind = NetworkModule::Kind;

// The number that a path ends with as one component, such as 3 of "main.3".
std::optional<int> indexOf(std::string_view path) {
    const std::string_view last = leafOf(path);
    if (last.empty() || last.size() > 4 ||
        !std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return std::stoi(std::string(last));
}

// How many places of a Sequential lie between two of its modules; nothing if they are not of the same.
std::optional<int> placesBetween(std::string_view a, std::string_view b) {
    const auto first = indexOf(a), second = indexOf(b);
    if (!first || !second || parentOf(a) != parentOf(b))
        return std::nullopt;
    return *second - *first - 1;
}

bool readsPictures(const NetworkModule& convolution) {
    const std::int64_t channels = convolution.inputs();
    return channels == 1 || channels == 3 || channels == 4;
}

std::string inQuotes(std::string_view path) {
    return "'" + std::string(path) + "'";
}

class UnitNamer {
public:
    UnitNamer(const UnitMatch& units) : m_units(units) {}

    NetworkMatch name() {
        if (!findStem())
            return std::move(m_match);
        nameUnits();
        findRoot();
        m_match.lastChannels = m_units.units.back().outputs();
        checkSequentials();
        checkKinds();
        return std::move(m_match);
    }

private:
    void refuse(std::string problem) {
        if (m_match.problem.empty())
            m_match.problem = std::move(problem);
        m_match.isClose = true;
    }

    // The one convolution before the units with its norm, and the norm after them.
    bool findStem() {
        std::vector<const NetworkModule*> convolutions, norms;
        for (const NetworkModule* module : m_units.loose)
            if (module->kind != ModuleKind::Dense)
                (module->kind == ModuleKind::Convolution ? convolutions : norms).push_back(module);
        const std::int64_t inputs = m_units.units.front().inputs();
        if (convolutions.size() != 1 || convolutions.front()->outputs() != inputs ||
            !readsPictures(*convolutions.front())) {
            m_match.problem = describeStem(convolutions);
            return false;
        }
        m_stem = convolutions.front();
        add(m_stem, "conv1");
        for (const NetworkModule* norm : norms) {
            const bool fitsStem = norm->outputs() == inputs;
            const bool isLast = norm->outputs() == m_units.units.back().outputs() &&
                                (!fitsStem || naturallyLess(m_units.units.back().prefix, norm->path));
            if (isLast && m_units.isPreActivation && m_lastNorm == nullptr)
                add(m_lastNorm = norm, "post_bn");
            else if (fitsStem && m_stemNorm == nullptr)
                add(m_stemNorm = norm, "bn1");
        }
        return true;
    }

    std::string describeStem(const std::vector<const NetworkModule*>& convolutions) const {
        if (convolutions.empty())
            return "there is no convolution before its residual units";
        const std::string first = inQuotes(convolutions.front()->path);
        if (convolutions.size() == 1 && !readsPictures(*convolutions.front()))
            return "its first convolution, " + first + ", reads " +
                   std::to_string(convolutions.front()->inputs()) +
                   " channels; expected pictures of 1, 3 or 4";
        if (convolutions.size() == 1)
            return "its first convolution, " + first + ", has " +
                   std::to_string(convolutions.front()->outputs()) +
                   " feature maps, and the first residual unit reads " +
                   std::to_string(m_units.units.front().inputs());
        return "there are " + std::to_string(convolutions.size()) +
               " convolutions outside of its residual units (" + first + ", " +
               inQuotes(convolutions[1]->path) + (convolutions.size() > 2 ? ", ..." : "") +
               "); expected one, the first";
    }

    // A stage begins where the number of feature maps changes, or with another group of names.
    void nameUnits() {
        int stage = 0, unit = 0;
        const MatchedUnit* before = nullptr;
        for (const MatchedUnit& each : m_units.units) {
            const bool isNewStage = before == nullptr || each.inputs() != each.outputs() ||
                                    parentOf(each.prefix) != parentOf(before->prefix);
            if (before != nullptr)
                checkNeighbours(before->prefix, each.prefix);
            unit = isNewStage ? 0 : unit + 1;
            stage += isNewStage ? 1 : 0;
            before = &each;
            m_match.units.push_back(each.prefix);
            const std::string place = "layer" + std::to_string(stage) + "." + std::to_string(unit) + ".";
            for (std::size_t i = 0; i < each.mainPath.size(); ++i) {
                add(each.mainPath[i], place + "conv" + std::to_string(i + 1));
                add(each.norms[i], place + "bn" + std::to_string(i + 1));
            }
            if (each.shortcut != nullptr)
                add(each.shortcut, place + "downsample.0");
            if (each.shortcutNorm != nullptr)
                add(each.shortcutNorm, place + "downsample.1");
        }
    }

    // Nothing stands between two units, or between the groups of two stages, as far as their numbers tell.
    void checkNeighbours(std::string_view a, std::string_view b) {
        if (parentOf(a) == parentOf(b)) {
            checkBetween(a, b, 0, "nothing");
            return;
        }
        checkBetween(parentOf(a), parentOf(b), 0, "nothing");
        if (indexOf(b).value_or(0) > indexOf(m_units.units.front().prefix).value_or(0))
            refuse("before the unit " + inQuotes(b) + " stands a layer without tensors; expected nothing");
    }

    void add(const NetworkModule* module, std::string name) {
        m_match.layers.emplace_back(module, std::move(name));
    }

    void findRoot() {
        std::string_view root = parentOf(m_stem->path);
        while (!std::ranges::all_of(m_match.layers,
                                    [&](const auto& layer) { return isBelow(layer.first->path, root); }))
            root = parentOf(root);
        m_match.root = root;
    }

    // The numbers of a Sequential tell that something without tensors stands between two modules.
    void checkSequentials() {
        for (const MatchedUnit& unit : m_units.units) {
            if (unit.shortcut != nullptr && unit.shortcut->path.size() > unit.prefix.size() &&
                parentOf(unit.shortcut->path) != unit.prefix && indexOf(unit.shortcut->path).value_or(0) > 0)
                refuse(
                    "before the projection " + inQuotes(unit.shortcut->path) +
                    " stands a layer without tensors, an average pooling in a ResNet-D; expected the projection "
                    "alone");
            for (std::size_t i = 0; !m_units.isPreActivation && i < unit.mainPath.size(); ++i)
                if (i + 1 < unit.mainPath.size())
                    checkBetween(unit.norms[i]->path, unit.mainPath[i + 1]->path, 1, "a ReLU");
        }
        if (m_stemNorm == nullptr)
            return;
        const std::string& first = m_units.units.front().prefix;
        for (std::string_view stage = first; !stage.empty(); stage = parentOf(stage)) {
            const bool hasPooling = m_stem->kernelSide() > 3;
            checkBetween(m_stemNorm->path, stage, hasPooling ? 2 : 1,
                         hasPooling ? "a ReLU and a pooling" : "a ReLU");
        }
    }

    void checkBetween(std::string_view a, std::string_view b, int expected, const char* what) {
        const auto places = placesBetween(a, b);
        if (!places || *places == expected)
            return;
        std::string line = "etween " + inQuotes(a) + " and " + inQuotes(b) + " there is room for " +
                           std::to_string(std::max(*places, 0)) + " layers without tensors; ";
        if (*places < expected || expected == 0)
            refuse("b" + line + "expected " + what);
        else if (m_match.notes.size() < 4)
            m_match.notes.push_back("B" + line + what + " is computed there.");
    }

    void checkKinds() {
        std::size_t norms = 0, without = 0;
        for (const auto& [module, name] : m_match.layers)
            if (module->kind == ModuleKind::Norm) {
                ++norms;
                without += module->hasStatistics ? 0 : 1;
            }
        if (without > 0)
            refuse(
                "the batch-norm statistics (running_mean and running_var) of " + std::to_string(without) +
                " of " + std::to_string(norms) +
                " norms are missing: they were not saved, or these are group or layer norms, which this program "
                "does not compute");
        if (m_units.groups > 1)
            refuse("its 3 x 3 convolutions are in " + std::to_string(m_units.groups) +
                   " groups: a ResNeXt; expected convolutions that read all feature maps");
    }

    const UnitMatch& m_units;
    const NetworkModule* m_stem = nullptr;
    const NetworkModule* m_stemNorm = nullptr;
    const NetworkModule* m_lastNorm = nullptr;
    NetworkMatch m_match;
};

}  // namespace

NetworkMatch matchNetwork(const std::vector<const NetworkModule*>& modules, bool isInOrder) {
    const UnitMatch units = matchUnits(modules, isInOrder);
    if (!units.problem.empty()) {
        NetworkMatch match;
        match.problem = units.problem;
        match.isClose = units.isAmbiguous;
        return match;
    }
    return UnitNamer(units).name();
}

}  // namespace resnet

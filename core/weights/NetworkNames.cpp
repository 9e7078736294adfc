#include "core/weights/NetworkNames.h"

#include "core/Error.h"
#include "core/weights/NaturalOrder.h"
#include "core/weights/OtherFormats.h"

#include <algorithm>
#include <map>
#include <set>

namespace resnet {

namespace {

using ModuleKind = NetworkModule::Kind;

constexpr std::size_t mostPairs = 16;

// Whole networks among them would be taken for copies.
bool isOfLoss(std::string_view path) {
    static const NameWords words{"criterion",  "criteria", "loss",      "losses",
                                 "perceptual", "lpips",    "optimizer", "discriminator"};
    return hasWord(path, words);
}

// What stands before torchvision's names where something of the network is missing or too much: the shortest
// of those before "conv1.weight" that stand before "layer1.0." as well.
std::string prefixOf(const std::vector<ListedTensor>& tensors) {
    std::set<std::string_view> names;
    for (const ListedTensor& tensor : tensors)
        names.insert(tensor.name);
    std::optional<std::string> best;
    for (const std::string_view name : names)
        for (const std::string_view kernel : {"conv1.weight", "conv1.0.weight"}) {
            if (!name.ends_with(kernel))
                continue;
            const std::string prefix(name.substr(0, name.size() - kernel.size()));
            const auto unit = names.lower_bound(prefix + "layer1.0.");
            if (unit != names.end() && unit->starts_with(prefix + "layer1.0.") &&
                (prefix.empty() || prefix.ends_with('.')) && (!best || prefix.size() < best->size()))
                best = prefix;
        }
    return best && !best->empty() ? best->substr(0, best->size() - 1) : std::string();
}

std::string relative(const std::string& path, const std::string& root) {
    return root.empty() || !isBelow(path, root) || path == root ? path : path.substr(root.size() + 1);
}

// The renamings as pairs: of units by their place, of what is in them once for all.
class Pairs {
public:
    explicit Pairs(const std::string& root) : m_root(root) {}

    void add(const std::string& path, const std::string& name, const std::vector<std::string>& units) {
        const std::string own = relative(path, m_root);
        if (own == name)
            return;
        m_isHuggingFace |= own.ends_with("embedder.embedder.convolution");
        const auto unit =
            std::ranges::find_if(units, [&](const std::string& each) { return isBelow(path, each); });
        if (unit == units.end() || !name.starts_with("layer"))
            return addPair(m_layers, own, name);
        const std::size_t end = name.find('.', name.find('.') + 1);
        addPair(m_units, relative(*unit, m_root), name.substr(0, end));
        if (path.size() > unit->size())
            addPair(m_layers, path.substr(unit->size() + 1), name.substr(end + 1));
    }

    // What is in units first, which is what differs most.
    std::string note() const {
        if (m_isHuggingFace)
            return "The names are Hugging Face's.";
        std::vector<std::pair<std::string, std::string>> pairs = m_layers;
        pairs.insert(pairs.end(), m_units.begin(), m_units.end());
        const std::size_t shown = std::min(pairs.size(), mostPairs);
        std::string text;
        for (std::size_t i = 0; i < shown; ++i)
            text += (i == 0 ? "'" : ", '") + pairs[i].first + "' is " + pairs[i].second;
        if (shown < pairs.size())
            text += " and " + std::to_string(pairs.size() - shown) + " more";
        return text.empty() ? text : "Names are matched by structure and shape: " + text + ".";
    }

private:
    using List = std::vector<std::pair<std::string, std::string>>;

    static void addPair(List& pairs, const std::string& own, const std::string& name) {
        if (own != name && std::ranges::find(pairs, std::pair(own, name)) == pairs.end())
            pairs.emplace_back(own, name);
    }

    const std::string& m_root;
    List m_layers;  // of what is in a unit without the unit's part
    List m_units;
    bool m_isHuggingFace = false;
};

class Namer {
public:
    Namer(const TensorFile& file, const std::string& copy)
        : m_file(file), m_found(modulesOf(file.tensors())) {
        std::vector<NetworkModule> modules = m_found.modules;
        std::erase_if(modules, [](const NetworkModule& module) { return isOfLoss(module.path); });
        m_modules = std::move(modules);
        m_choice = chooseNetwork(file, m_modules, copy);
        m_root = m_choice.places.empty() ? prefixOf(file.tensors()) : m_choice.places.front().match.root;
    }

    NetworkNames name(const std::vector<std::string>& otherEntries) {
        if (m_choice.places.empty())
            m_result.problem = m_choice.problem;
        else
            nameLayers();
        BesideNetwork beside(m_file, m_choice, m_root);
        leaveOrKeep(beside);
        const auto note = [&](std::string line) {
            if (!line.empty())
                m_result.notes.push_back(std::move(line));
        };
        note(m_choice.note);
        if (!m_root.empty() && m_root != "resnet")  // Hugging Face's own
            note("The parameters were found under '" + m_root + "'.");
        note(beside.note(otherEntries));
        note(m_pairs.note());
        if (!m_choice.places.empty()) {
            for (const std::string& line : m_choice.places.front().match.notes)
                note(line);
            note(inFrontNote());
        }
        return std::move(m_result);
    }

private:
    [[noreturn]] void refuse(const std::string& problem) const {
        throw Error(m_file.name() + ": " + problem);
    }

    void nameLayers() {
        const NetworkMatch& match = m_choice.places.front().match;
        if (!match.problem.empty())
            refuse("a residual network was found" + (m_root.empty() ? "" : " under '" + m_root + "'") +
                   ", but " + match.problem);
        for (const auto& [module, name] : match.layers)
            take(*module, name);
        if (const NetworkModule* dense = denseLayer()) {
            take(*dense, "fc");
            if (dense->inputs() != match.lastChannels)
                m_result.problem = "the dense layer '" + dense->path + "' reads " +
                                   std::to_string(dense->inputs()) +
                                   " numbers, and the last residual unit has " +
                                   std::to_string(match.lastChannels) + " feature maps";
        }
    }

    // The tensors of a module: "weight" and so on behind the module's new name.
    void take(const NetworkModule& module, const std::string& name) {
        for (const std::size_t place : module.tensors)
            m_result.names[place] = name + m_file.tensors()[place].name.substr(module.path.size());
        m_pairs.add(module.path, name, m_choice.places.front().match.units);
    }

    // The only one below the place of the network, whatever it is called. People replace it when they train
    // on classes of their own.
    const NetworkModule* denseLayer() const {
        const NetworkPlace& place = m_choice.places.front();
        std::vector<const NetworkModule*> all, fitting;
        for (const NetworkModule& module : m_modules)
            if (module.kind == ModuleKind::Dense && isBelow(module.path, place.prefix) &&
                !isAside(module.path) && !isOfAnother(module.path)) {
                all.push_back(&module);
                if (module.inputs() == place.match.lastChannels)
                    fitting.push_back(&module);
            }
        if (all.empty())
            return nullptr;
        const auto quoted = [](const NetworkModule* module) { return "'" + module->path + "'"; };
        if (fitting.empty() && all.front()->inputs() == 2 * place.match.lastChannels)
            refuse(
                "the dense layer " + quoted(all.front()) + " reads " + std::to_string(all.front()->inputs()) +
                " numbers from " + std::to_string(place.match.lastChannels) +
                " feature maps, their mean and their maximum, as fastai's heads do; expected the mean alone");
        if (all.size() > 1)
            refuse("there are " + std::to_string(all.size()) + " dense layers, " + quoted(all[0]) + " and " +
                   quoted(all[1]) + (all.size() > 2 ? " and others" : "") +
                   ", and the file does not say what stands between them; expected one");
        return all.front();
    }

    // In a unit, where no dense layer belongs, or beside the network by its name.
    bool isAside(const std::string& path) const {
        return saysItIsBeside(relative(path, m_root)) ||
               std::ranges::any_of(m_choice.places.front().match.units,
                                   [&](const std::string& unit) { return isBelow(path, unit); });
    }

    // A Sequential whose first places have no tensors: something prepares the picture there, or nothing does.
    std::string inFrontNote() const {
        const std::string& stem = m_choice.places.front().match.layers.front().first->path;
        for (std::size_t begin = 0; begin < stem.size();) {
            const std::size_t end = std::min(stem.find('.', begin), stem.size());
            const std::string part = stem.substr(begin, end - begin);
            const std::string before = stem.substr(0, begin);
            const bool isNumber = part.size() < 5 && part.find_first_not_of("0123456789") == part.npos;
            const auto isBefore = [&](const ListedTensor& tensor) {
                return tensor.name.starts_with(before) &&
                       isBelow(tensor.name, before + std::to_string(std::stoi(part) - 1));
            };
            if (isNumber && std::stoi(part) > 0 && std::ranges::none_of(m_file.tensors(), isBefore))
                return "What stands in front of '" + before + part + "' has no tensors, and is not computed.";
            begin = end + 1;
        }
        return {};
    }

    void leaveOrKeep(BesideNetwork& beside) {
        std::vector<std::size_t> left;
        for (std::size_t place = 0; place < m_file.tensors().size(); ++place)
            if (!m_result.names.contains(place) && !isCopy(place))
                left.push_back(place);
        if (!m_choice.places.empty()) {
            const NetworkMatch& match = m_choice.places.front().match;
            m_result.normaliseLayer = beside.normaliseLayer(left, match.layers.front().first->inputs());
        }
        bool hasStrangers = false;
        std::set<std::string> taken;
        for (const auto& [place, name] : m_result.names)
            taken.insert(name);
        for (const std::size_t place : left) {
            const auto& layer = m_result.normaliseLayer;
            if ((layer && (place == layer->mean || place == layer->deviation)) || beside.leavesOut(place))
                continue;
            const std::string& name = m_file.tensors()[place].name;
            // A name that another tensor has already got is told in full.
            const std::string kept = relative(name, m_root);
            m_result.names[place] = taken.insert(kept).second ? kept : name;
            hasStrangers = true;
        }
        const auto isOther = [&](const auto& entry) {
            return !isDecodable(m_file.tensors()[entry.first].type);
        };
        if (hasStrangers || !m_result.problem.empty() || std::ranges::any_of(m_result.names, isOther))
            refuseOtherTensors(m_file);
    }

    // Below a network that stands below the one that is taken.
    bool isOfAnother(const std::string& path) const {
        const auto& places = m_choice.places;
        return std::any_of(places.begin() + 1, places.end(), [&](const NetworkPlace& place) {
            return isBelow(place.prefix, places.front().prefix) && isBelow(path, place.prefix);
        });
    }

    bool isCopy(std::size_t place) const {
        const auto& places = m_choice.places;
        for (std::size_t i = 1; i < places.size(); ++i)
            if (isBelow(m_file.tensors()[place].name, places[i].prefix) &&
                (isBelow(places[i].prefix, places.front().prefix) ||
                 !isBelow(m_file.tensors()[place].name, places.front().prefix)))
                return true;
        return false;
    }

    const TensorFile& m_file;
    NetworkModules m_found;
    std::vector<NetworkModule> m_modules;
    NetworkChoice m_choice;
    std::string m_root;
    Pairs m_pairs{m_root};
    NetworkNames m_result;
};

}  // namespace

NetworkNames nameNetwork(const TensorFile& file, const std::string& copy,
                         const std::vector<std::string>& otherEntries) {
    return Namer(file, copy).name(otherEntries);
}

}  // namespace resnet

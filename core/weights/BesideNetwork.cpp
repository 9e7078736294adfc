#include "core/weights/BesideNetwork.h"

#include "core/Error.h"
#include "core/weights/NaturalOrder.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace resnet {

namespace {

constexpr std::size_t mostListed = 8;

bool isWhole(ElementType type) {
    return !isDecodable(type) && type != ElementType::F8E4M3 && type != ElementType::F8E5M2;
}

std::int64_t elementsOf(const ListedTensor& tensor) {
    std::int64_t count = 1;
    for (const std::int64_t extent : tensor.shape)
        if (__builtin_mul_overflow(count, extent, &count))
            return -1;
    return count;
}

// Buffers that count, and change nothing that is computed.
bool isCounter(const ListedTensor& tensor) {
    static const std::set<std::string, std::less<>> names{"num_batches_tracked", "total_ops", "total_params",
                                                          "n_averaged",          "__flops__", "__params__"};
    return names.contains(leafOf(tensor.name)) || (isWhole(tensor.type) && elementsOf(tensor) <= 1);
}

}  // namespace

bool saysItIsBeside(std::string_view path) {
    static const NameWords words{
        "criterion", "criteria", "loss",  "losses", "optimizer", "optimizers",    "optim",
        "scheduler", "metric",   "acc",   "acc1",   "accuracy",  "metrics",       "confmat",
        "rng",       "scaler",   "queue", "bank",   "centers",   "discriminator", "perceptual",
        "lpips",     "ema",      "swa",   "shadow", "projector", "predictor",     "aux"};
    return hasWord(path, words);
}

BesideNetwork::BesideNetwork(const TensorFile& file, const NetworkChoice& choice, std::string root)
    : m_file(file), m_choice(choice), m_root(std::move(root)) {}

bool BesideNetwork::leavesOut(std::size_t place) {
    const ListedTensor& tensor = m_file.tensors()[place];
    const bool isOfCounter = isCounter(tensor);
    // Of a layer that may be between input and output, whatever it is.
    static const NameWords ofLayers{"weight", "bias", "running_mean", "running_var"};
    const bool isOutside = !m_root.empty() && !isBelow(tensor.name, m_root);
    const bool isBeside =
        (isOutside && !ofLayers.contains(leafOf(tensor.name))) || saysItIsBeside(ownPart(tensor.name));
    if (!isOfCounter && (isInUnit(tensor.name) || !isBeside))
        return false;
    remember(tensor.name, isOfCounter && !isBeside);
    return true;
}

bool BesideNetwork::isInUnit(std::string_view path) const {
    return !m_choice.places.empty() &&
           std::ranges::any_of(m_choice.places.front().match.units,
                               [&](const std::string& unit) { return isBelow(path, unit); });
}

// The parts of a name from where it differs from the network's prefix.
std::string_view BesideNetwork::ownPart(std::string_view name) const {
    std::string_view root = m_root;
    while (!root.empty()) {
        const std::size_t dot = std::min(root.find('.'), root.size());
        if (!isBelow(name, root.substr(0, dot)))
            break;
        name.remove_prefix(std::min(dot + 1, name.size()));
        root.remove_prefix(std::min(dot + 1, root.size()));
    }
    return name;
}

// Told by the first part of its own, a counter by its last.
void BesideNetwork::remember(const std::string& name, bool isCounter) {
    if (leafOf(name) == "num_batches_tracked")
        return;
    const std::string_view own = ownPart(name);
    const std::string_view group = isCounter ? leafOf(name) : own.substr(0, own.find('.'));
    const auto found = std::ranges::find(m_groups, group, &Group::name);
    if (found != m_groups.end())
        ++found->tensors;
    else if (m_groups.size() < mostListed)
        m_groups.push_back({std::string(group), std::string(own), 1});
    else
        ++m_more;
}

std::optional<NormaliseLayer> BesideNetwork::normaliseLayer(const std::vector<std::size_t>& left,
                                                            std::int64_t channels) const {
    static const NameWords deviations{"std", "stdev", "sigma", "deviation"};
    static const NameWords notOfPictures{"label", "labels", "target", "targets", "output", "y"};
    const auto fits = [&](const ListedTensor& tensor) {
        return isDecodable(tensor.type) && (elementsOf(tensor) == channels || elementsOf(tensor) == 1) &&
               !isInUnit(tensor.name) && !hasWord(tensor.name, notOfPictures);
    };
    // By what is left of their names without the last word.
    std::map<std::string, std::pair<std::optional<std::size_t>, std::optional<std::size_t>>> layers;
    for (const std::size_t place : left) {
        const ListedTensor& tensor = m_file.tensors()[place];
        const std::vector<std::string> words = wordsOf(leafOf(tensor.name));
        if (words.empty() || !fits(tensor))
            continue;
        const std::string key = tensor.name.substr(0, tensor.name.size() - words.back().size());
        if (words.back() == "mean")
            layers[key].first = place;
        else if (deviations.contains(words.back()))
            layers[key].second = place;
    }
    std::vector<NormaliseLayer> found;
    for (const auto& [key, layer] : layers)
        if (layer.first && layer.second)
            found.push_back(
                {*layer.first, *layer.second, std::string(parentOf(m_file.tensors()[*layer.first].name))});
    if (found.empty())
        return std::nullopt;
    if (found.size() > 1)
        throw Error(m_file.name() + ": '" + m_file.tensors()[found[0].mean].name + "' and '" +
                    m_file.tensors()[found[1].mean].name +
                    "' both prepare the picture; expected one layer that does");
    return found.front();
}

std::string BesideNetwork::note(const std::vector<std::string>& otherEntries) const {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    for (const Group& group : m_groups)
        add(group.tensors == 1 ? group.first
                               : group.name + " (" + std::to_string(group.tensors) + " tensors)");
    for (std::size_t i = 0; i < std::min(otherEntries.size(), mostListed); ++i)
        add(otherEntries[i]);
    const std::size_t more = m_more + otherEntries.size() - std::min(otherEntries.size(), mostListed);
    if (more > 0)
        add(std::to_string(more) + " more");
    return text.empty() ? text : "Left out, as no part of the network: " + text + ".";
}

}  // namespace resnet

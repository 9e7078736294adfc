#include "core/weights/NetworkChoice.h"

#include "core/Error.h"
#include "core/weights/NaturalOrder.h"

#include <algorithm>

namespace resnet {

namespace {

using Modules = std::vector<const NetworkModule*>;

constexpr std::size_t deepestPrefix = 12;
constexpr std::size_t fewestConvolutions = 3;

bool isAverage(std::string_view prefix) {
    static const NameWords words{"ema",    "swa",      "average", "averaged", "averages",
                                 "shadow", "momentum", "polyak",  "moving"};
    return hasWord(prefix, words);
}

// Looks for networks below a prefix, and where all of it is none, below its parts.
class NetworkSearch {
public:
    explicit NetworkSearch(bool isInOrder) : m_isInOrder(isInOrder) {}

    void search(const Modules& modules, const std::string& prefix, std::size_t depth) {
        const auto convolutions =
            std::ranges::count(modules, NetworkModule::Kind::Convolution, &NetworkModule::kind);
        if (std::size_t(convolutions) < fewestConvolutions)
            return;
        NetworkMatch match = matchNetwork(modules, m_isInOrder);
        if (match.problem.empty() || match.isClose) {
            places.push_back({prefix, std::move(match)});
            return;
        }
        if (problem.empty() || std::size_t(convolutions) == m_most) {
            problem = match.problem;  // of the innermost place that has all convolutions
            m_most = std::size_t(convolutions);
        }
        if (depth == deepestPrefix)
            return;
        const std::size_t before = places.size();
        for (std::size_t i = 0; i < modules.size();) {
            const std::string child = childOf(modules[i]->path, prefix);
            Modules below;
            for (; i < modules.size() && childOf(modules[i]->path, prefix) == child; ++i)
                below.push_back(modules[i]);
            if (!child.empty())
                search(below, child, depth + 1);
        }
        if (places.size() > before)
            searchBeside(modules, prefix, before);
    }

    std::vector<NetworkPlace> places;
    std::string problem;

private:
    // A network may have its copy among its own layers: conv1 beside ema.conv1.
    void searchBeside(const Modules& modules, const std::string& prefix, std::size_t firstBelow) {
        Modules rest;
        for (const NetworkModule* module : modules)
            if (std::none_of(places.begin() + std::ptrdiff_t(firstBelow), places.end(),
                             [&](const NetworkPlace& place) { return isBelow(module->path, place.prefix); }))
                rest.push_back(module);
        const auto convolutions =
            std::ranges::count(rest, NetworkModule::Kind::Convolution, &NetworkModule::kind);
        if (std::size_t(convolutions) < fewestConvolutions)
            return;
        NetworkMatch match = matchNetwork(rest, m_isInOrder);
        const bool isCopy = std::any_of(
            places.begin() + std::ptrdiff_t(firstBelow), places.end(), [&](const NetworkPlace& place) {
                return place.match.problem.empty() && place.match.layers.size() == match.layers.size();
            });
        if (match.problem.empty() && isCopy)
            places.insert(places.begin() + std::ptrdiff_t(firstBelow), {prefix, std::move(match)});
    }

    // The prefix one part longer; empty for a module that has no parts below.
    static std::string childOf(std::string_view path, std::string_view prefix) {
        const std::size_t dot = path.find('.', prefix.empty() ? 0 : prefix.size() + 1);
        return std::string(dot == path.npos ? std::string_view() : path.substr(0, dot));
    }

    bool m_isInOrder;
    std::size_t m_most = 0;
};

// What people call it: all that stands before the names of its layers; "." where that is nothing.
std::string nameOf(const NetworkPlace& place) {
    const std::string& name = place.match.root.empty() ? place.prefix : place.match.root;
    return name.empty() ? "." : name;
}

bool isNamedBy(const NetworkPlace& place, std::string_view copy) {
    const std::string whole = nameOf(place);
    const auto components = componentsOf(whole);
    return place.prefix == copy || place.match.root == copy || nameOf(place) == copy ||
           (!components.empty() && (components.front() == copy || components.back() == copy)) ||
           (!place.prefix.empty() && componentsOf(place.prefix).back() == copy);
}

std::string listed(const std::vector<NetworkPlace>& places) {
    std::string text;
    constexpr std::size_t most = 6;
    const std::size_t shown = std::min(places.size(), most);
    for (std::size_t i = 0; i < shown; ++i)
        text += (i == 0 ? "'" : i + 1 == places.size() ? " and '" : ", '") + nameOf(places[i]) + "'";
    return shown < places.size() ? text + " and " + std::to_string(places.size() - shown) + " more" : text;
}

void takeFirst(std::vector<NetworkPlace>& places, std::size_t chosen) {
    std::rotate(places.begin(), places.begin() + std::ptrdiff_t(chosen),
                places.begin() + std::ptrdiff_t(chosen) + 1);
}

// Whether two networks have the same layers with the same numbers. Reads two tensors at a time.
bool areEqual(const TensorFile& file, const NetworkMatch& a, const NetworkMatch& b) {
    if (a.layers.size() != b.layers.size())
        return false;
    for (std::size_t i = 0; i < a.layers.size(); ++i) {
        const auto& [moduleOfA, name] = a.layers[i];
        const auto& [moduleOfB, otherName] = b.layers[i];
        if (name != otherName || moduleOfA->tensors.size() != moduleOfB->tensors.size())
            return false;
        for (std::size_t k = 0; k < moduleOfA->tensors.size(); ++k) {
            const StateDict both = file.read({{moduleOfA->tensors[k], "a"}, {moduleOfB->tensors[k], "b"}});
            if (both.at("a") != both.at("b"))
                return false;
        }
    }
    return true;
}

}  // namespace

NetworkChoice chooseNetwork(const TensorFile& file, const std::vector<NetworkModule>& modules,
                            const std::string& copy) {
    Modules all;
    for (const NetworkModule& module : modules)
        all.push_back(&module);
    NetworkSearch found(file.isInOrder());
    found.search(all, {}, 0);
    NetworkChoice choice{std::move(found.places), {}, std::move(found.problem)};
    std::vector<NetworkPlace>& places = choice.places;
    if (!copy.empty()) {
        const auto named = [&](const NetworkPlace& place) { return isNamedBy(place, copy); };
        if (std::ranges::count_if(places, named) != 1)
            throw Error(file.name() + ": copy: expected " +
                        (places.size() < 2 ? "nothing, as there is one network in the file"
                                           : "one of " + listed(places)) +
                        ", found '" + copy + "'");
        takeFirst(places, std::size_t(std::ranges::find_if(places, named) - places.begin()));
    }
    if (places.size() < 2)
        return choice;
    const auto isPlain = [](const NetworkPlace& place) { return !isAverage(nameOf(place)); };
    bool areSame = false;
    if (copy.empty() && std::ranges::count_if(places, isPlain) == 1) {
        takeFirst(places, std::size_t(std::ranges::find_if(places, isPlain) - places.begin()));
    } else if (copy.empty()) {
        const auto shortest = std::ranges::min_element(
            places, {}, [](const NetworkPlace& place) { return place.match.root.size(); });
        takeFirst(places, std::size_t(shortest - places.begin()));
        areSame = std::ranges::all_of(places.begin() + 1, places.end(), [&](const NetworkPlace& place) {
            return areEqual(file, places.front().match, place.match);
        });
        if (!areSame)
            throw Error(file.name() + ": holds " + std::to_string(places.size()) + " networks, " +
                        listed(places) + ", and does not say which is meant: name one with --copy");
    }
    const std::vector<NetworkPlace> others(places.begin() + 1, places.end());
    choice.note = "The file holds " + std::to_string(places.size()) + " networks: '" +
                  nameOf(places.front()) + "' was taken and " + listed(others) + " left out" +
                  (areSame ? ", whose numbers are the same." : "; --copy takes another.");
    return choice;
}

}  // namespace resnet

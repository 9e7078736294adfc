#include "core/weights/UnitMatch.h"

#include "core/weights/NaturalOrder.h"
#include "core/weights/NormPairs.h"
#include "core/weights/UnitRoles.h"

#include <algorithm>
#include <map>

namespace resnet {

namespace {

using ModuleKind = NetworkModule::Kind;

constexpr std::size_t mostConvolutions = 4096;
constexpr std::size_t mostComponents = 24;

struct Counts {
    std::size_t wide = 0;    // 3 x 3
    std::size_t narrow = 0;  // 1 x 1
    std::size_t others = 0;

    bool isUnit() const {
        return others == 0 && ((wide == 2 && narrow <= 1) || (wide == 1 && (narrow == 2 || narrow == 3)));
    }
};

// The starts of a path that end before a dot, from short to long, and the path itself.
std::vector<std::string_view> prefixesOf(std::string_view path) {
    std::vector<std::string_view> prefixes;
    for (std::size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1))
        prefixes.push_back(path.substr(0, dot));
    prefixes.push_back(path);
    return prefixes;
}

bool hasDigit(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class Matcher {
public:
    Matcher(const std::vector<const NetworkModule*>& modules, bool isInOrder)
        : m_modules(modules), m_isInOrder(isInOrder) {}

    UnitMatch match() {
        if (!findGroups())
            return std::move(m_match);
        m_match.problem = assignRoles(m_groups, m_isInOrder, m_match.isAmbiguous, m_match.groups);
        if (m_match.problem.empty() && sortGroups() && pairAllNorms())
            m_match.problem.clear();
        return std::move(m_match);
    }

private:
    bool fail(std::string problem, bool isAmbiguous = false) {
        m_match.problem = std::move(problem);
        m_match.isAmbiguous = isAmbiguous;
        return false;
    }

    bool findGroups() {
        std::map<std::string_view, Counts> counts;
        std::size_t convolutions = 0;
        for (const NetworkModule* module : m_modules) {
            if (module->kind != ModuleKind::Convolution)
                continue;
            const auto prefixes = prefixesOf(module->path);
            if (++convolutions > mostConvolutions || prefixes.size() > mostComponents)
                return fail("it has too many convolutions, or they are nested too deep");
            for (const std::string_view prefix : prefixes) {
                const std::int64_t side = module->kernelSide();
                Counts& count = counts[prefix];
                ++(side == 3 ? count.wide : side == 1 ? count.narrow : count.others);
            }
        }
        for (const NetworkModule* module : m_modules) {
            const auto prefixes = prefixesOf(module->path);
            const auto found = std::ranges::find_if(prefixes, [&](std::string_view prefix) {
                const auto count = counts.find(prefix);
                return count != counts.end() && count->second.isUnit();
            });
            if (found == prefixes.end())
                m_match.loose.push_back(module);
            else
                addToGroup(*found, module);
        }
        for (UnitGroup& group : m_groups)
            lengthenPrefix(group);
        return !m_groups.empty() || fail("it has no groups of convolutions that are residual units");
    }

    // Modules are sorted by path, so those of a group come one after the other.
    void addToGroup(std::string_view prefix, const NetworkModule* module) {
        if (module->kind == ModuleKind::Dense) {
            m_match.loose.push_back(module);
            return;
        }
        if (m_groups.empty() || m_groups.back().prefix != prefix)
            m_groups.push_back({std::string(prefix), {}, {}, {}, {}, nullptr});
        UnitGroup& group = m_groups.back();
        (module->kind == ModuleKind::Norm ? group.norms
         : module->kernelSide() == 3      ? group.wide
                                          : group.narrow)
            .push_back(module);
    }

    // A stage of one unit is the unit with a longer prefix: "layer1" for "layer1.0".
    static void lengthenPrefix(UnitGroup& group) {
        std::vector<const NetworkModule*> all = group.wide;
        all.insert(all.end(), group.narrow.begin(), group.narrow.end());
        all.insert(all.end(), group.norms.begin(), group.norms.end());
        while (true) {
            const std::string_view path = all.front()->path;
            if (path.size() <= group.prefix.size())
                return;
            const std::size_t end = path.find('.', group.prefix.size() + 1);
            if (end == path.npos || !hasDigit(path.substr(group.prefix.size(), end - group.prefix.size())) ||
                !std::ranges::all_of(
                    all, [&](const NetworkModule* each) { return isBelow(each->path, path.substr(0, end)); }))
                return;
            group.prefix = path.substr(0, end);
        }
    }

    static std::size_t positionOf(const UnitGroup& group) {
        return std::min(group.mainPath.front()->position, group.mainPath.back()->position);
    }

    // By path; by the order of the file if the names do not say the order, or the channels do not fit it.
    bool sortGroups() {
        if (isChain() && !firstUntold())
            return true;
        if (m_isInOrder) {
            const std::vector<UnitGroup> byPath = m_groups;
            std::ranges::sort(m_groups, {}, positionOf);
            if (isChain() && std::ranges::adjacent_find(m_groups, [](const UnitGroup& a, const UnitGroup& b) {
                                 return mayChange(a, b) && saysItIsBefore(a.prefix, b.prefix) == false;
                             }) == m_groups.end())
                return true;
            m_groups = byPath;
        }
        const auto broken = std::ranges::adjacent_find(m_groups, breaks);
        if (broken != m_groups.end())
            return fail("'" + broken->prefix + "' has " + std::to_string(broken->mainPath.back()->outputs()) +
                        " feature maps, and '" + std::next(broken)->prefix + "' reads " +
                        std::to_string(std::next(broken)->mainPath.front()->inputs()));
        const std::size_t untold = *firstUntold();
        return fail("the residual units '" + m_groups[untold].prefix + "' and '" +
                        m_groups[untold + 1].prefix +
                        "' have the same shapes, and their names do not say which comes first",
                    true);
    }

    static bool breaks(const UnitGroup& a, const UnitGroup& b) {
        return a.mainPath.back()->outputs() != b.mainPath.front()->inputs();
    }

    bool isChain() const { return std::ranges::adjacent_find(m_groups, breaks) == m_groups.end(); }

    static bool mayChange(const UnitGroup& a, const UnitGroup& b) {
        return a.mainPath.front()->inputs() == a.mainPath.back()->outputs() &&
               b.mainPath.front()->inputs() == b.mainPath.back()->outputs();
    }

    // The first of two units with the same inputs and outputs whose names do not say which is first.
    std::optional<std::size_t> firstUntold() const {
        for (std::size_t i = 0; i + 1 < m_groups.size(); ++i)
            if (mayChange(m_groups[i], m_groups[i + 1]) &&
                saysItIsBefore(m_groups[i].prefix, m_groups[i + 1].prefix) != true)
                return i;
        return std::nullopt;
    }

    static std::string whyUnpaired(const UnitGroup& group) {
        const std::size_t convolutions = group.mainPath.size() + (group.shortcut != nullptr ? 1 : 0);
        if (group.norms.empty())
            return "the " + std::to_string(convolutions) + " convolutions of '" + group.prefix +
                   "' have no batch norms (weight, bias, running_mean and running_var); expected one each";
        if (group.norms.size() < group.mainPath.size() || group.norms.size() > convolutions)
            return "'" + group.prefix + "' has " + std::to_string(convolutions) + " convolutions and " +
                   std::to_string(group.norms.size()) + " batch norms; expected one each";
        return "which norm belongs to which convolution of '" + group.prefix + "' cannot be told";
    }

    bool pairAllNorms() {
        bool fitsAfter = true, fitsBefore = true;
        for (const UnitGroup& group : m_groups) {
            const NormOfConvolution norms = pairNorms(group, m_isInOrder);
            if (norms.empty())
                return fail(whyUnpaired(group), true);
            MatchedUnit unit{group.prefix, group.mainPath, group.shortcut, {}, nullptr};
            for (const NetworkModule* convolution : unit.mainPath) {
                const NetworkModule* norm = norms.at(convolution);
                unit.norms.push_back(norm);
                fitsAfter &= norm->outputs() == convolution->outputs();
                fitsBefore &= norm->outputs() == convolution->inputs();
            }
            if (const auto found = norms.find(group.shortcut); found != norms.end())
                unit.shortcutNorm = found->second;
            m_match.units.push_back(std::move(unit));
        }
        m_match.isPreActivation = fitsBefore && !fitsAfter;
        return fitsAfter || fitsBefore ||
               fail("the norms' lengths are not the numbers of feature maps of their convolutions");
    }

    const std::vector<const NetworkModule*>& m_modules;
    bool m_isInOrder;
    std::vector<UnitGroup> m_groups;
    UnitMatch m_match;
};

}  // namespace

UnitMatch matchUnits(const std::vector<const NetworkModule*>& modules, bool isInOrder) {
    return Matcher(modules, isInOrder).match();
}

}  // namespace resnet

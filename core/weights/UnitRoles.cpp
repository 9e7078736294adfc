#include "core/weights/UnitRoles.h"

#include "core/weights/NaturalOrder.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace resnet {

namespace {

// The convolutions of a unit, the 3 x 3 before the 1 x 1, as places in that row: of the main path in order,
// and the shortcut, if there is one.
struct Roles {
    std::vector<std::size_t> mainPath;
    std::optional<std::size_t> shortcut;
};

// All ways to read a unit of so many convolutions.
std::vector<Roles> possibleRoles(std::size_t wide, std::size_t narrow) {
    if (wide == 2)
        return narrow == 0 ? std::vector<Roles>{{{0, 1}, {}}, {{1, 0}, {}}}
                           : std::vector<Roles>{{{0, 1}, 2}, {{1, 0}, 2}};
    if (narrow == 2)
        return {{{1, 0, 2}, {}}, {{2, 0, 1}, {}}};
    return {{{1, 0, 2}, 3}, {{2, 0, 1}, 3}, {{1, 0, 3}, 2}, {{3, 0, 1}, 2}, {{2, 0, 3}, 1}, {{3, 0, 2}, 1}};
}

bool saysShortcut(std::string_view name) {
    static const NameWords words{"downsample", "downsampling", "down", "shortcut", "skip",  "proj",
                                 "projection", "identity",     "sc",   "bypass",   "match", "adjust"};
    return hasWord(name, words);
}

// Units whose convolutions have the same names below the unit.
class UnitClass {
public:
    UnitClass(std::vector<std::string> names, std::size_t wide, std::size_t narrow)
        : m_names(std::move(names)), m_roles(possibleRoles(wide, narrow)) {}

    void add(UnitGroup& unit) {
        m_units.push_back(&unit);
        m_convolutions.push_back(unit.wide);
        m_convolutions.back().insert(m_convolutions.back().end(), unit.narrow.begin(), unit.narrow.end());
    }

    // Leaves the ways that the shapes of all units allow. `groups` is what a 3 x 3 convolution may be divided
    // into: 1, or if it is 0 anything, which is then put there.
    bool keepFitting(std::int64_t& groups) {
        std::erase_if(m_roles, [&](const Roles& roles) {
            return !std::ranges::all_of(m_convolutions,
                                        [&](const auto& unit) { return fits(unit, roles, groups); });
        });
        return !m_roles.empty();
    }

    bool isDecided() const { return m_roles.size() == 1; }

    // What a decided class tells of a name: its place on the main path, -1 for the shortcut.
    void tell(std::map<std::string, int>& roleOfName) const {
        const Roles& roles = m_roles.front();
        for (std::size_t i = 0; i < roles.mainPath.size(); ++i)
            roleOfName.emplace(m_names[roles.mainPath[i]], int(i));
        if (roles.shortcut)
            roleOfName.emplace(m_names[*roles.shortcut], -1);
    }

    void learn(const std::map<std::string, int>& roleOfName) {
        keep([&](const Roles& roles) {
            for (std::size_t i = 0; i < roles.mainPath.size(); ++i)
                if (const auto found = roleOfName.find(m_names[roles.mainPath[i]]);
                    found != roleOfName.end() && found->second != int(i))
                    return false;
            const auto found = roles.shortcut ? roleOfName.find(m_names[*roles.shortcut]) : roleOfName.end();
            return found == roleOfName.end() || found->second == -1;
        });
    }

    // Takes what the names say themselves, and then the order of the file.
    void decideByNames(bool isInOrder) {
        keep([&](const Roles& roles) { return !roles.shortcut || saysShortcut(m_names[*roles.shortcut]); });
        keep([&](const Roles& roles) {
            return std::ranges::none_of(roles.mainPath,
                                        [&](std::size_t each) { return saysShortcut(m_names[each]); });
        });
        keep([&](const Roles& roles) { return isSaid(roles); });
        if (isInOrder)
            keep([&](const Roles& roles) {
                return std::ranges::is_sorted(roles.mainPath, {}, [&](std::size_t each) {
                    return m_convolutions.front()[each]->position;
                });
            });
    }

    void apply() const {
        for (std::size_t i = 0; i < m_units.size(); ++i) {
            for (const std::size_t each : m_roles.front().mainPath)
                m_units[i]->mainPath.push_back(m_convolutions[i][each]);
            if (m_roles.front().shortcut)
                m_units[i]->shortcut = m_convolutions[i][*m_roles.front().shortcut];
        }
    }

    // Whether what it takes for a projection is one in some unit by its shape, or there is none.
    bool needsItsShortcut() const {
        const Roles& roles = m_roles.front();
        return !roles.shortcut || std::ranges::any_of(m_convolutions, [&](const Convolutions& unit) {
            return unit[*roles.shortcut]->inputs() != unit[*roles.shortcut]->outputs();
        });
    }

    // A convolution of 1 x 1 that no unit needs as its projection, and that is not called so.
    const NetworkModule* doubtfulShortcut(const std::map<std::string, int>& roleOfName) const {
        const Roles& roles = m_roles.front();
        if (!roles.shortcut || saysShortcut(m_names[*roles.shortcut]))
            return nullptr;
        const auto known = roleOfName.find(m_names[*roles.shortcut]);
        return needsItsShortcut() || (known != roleOfName.end() && known->second == -1)
                   ? nullptr
                   : m_convolutions.front()[*roles.shortcut];
    }

    // What cannot be told: two convolutions that may change places.
    std::string ambiguity() const {
        const Roles& one = m_roles[0];
        const Roles& other = m_roles[1];
        const auto nameOf = [&](std::size_t each) { return "'" + m_convolutions.front()[each]->path + "'"; };
        for (std::size_t i = 0; i < one.mainPath.size(); ++i)
            if (one.mainPath[i] != other.mainPath[i])
                return nameOf(one.mainPath[i]) + " and " + nameOf(other.mainPath[i]) +
                       " have shapes that fit each other's place in their residual unit, and their names do not say "
                       "which comes first";
        return "the unit '" + m_units.front()->prefix + "' can be read in several ways";
    }

    const UnitGroup& first() const { return *m_units.front(); }

private:
    using Convolutions = std::vector<const NetworkModule*>;

    static bool fits(const Convolutions& unit, const Roles& roles, std::int64_t& groups) {
        for (std::size_t i = 0; i + 1 < roles.mainPath.size(); ++i) {
            const std::int64_t outputs = unit[roles.mainPath[i]]->outputs();
            const std::int64_t inputs = unit[roles.mainPath[i + 1]]->inputs();
            if (outputs == inputs)
                continue;
            if (groups == 1 || inputs > outputs || outputs % inputs != 0 ||
                (groups > 1 && outputs / inputs != groups))
                return false;
            groups = outputs / inputs;
        }
        return !roles.shortcut ||
               (unit[*roles.shortcut]->inputs() == unit[roles.mainPath.front()]->inputs() &&
                unit[*roles.shortcut]->outputs() == unit[roles.mainPath.back()]->outputs());
    }

    bool isSaid(const Roles& roles) const {
        for (std::size_t i = 0; i + 1 < roles.mainPath.size(); ++i)
            if (saysItIsBefore(m_names[roles.mainPath[i]], m_names[roles.mainPath[i + 1]]) != true)
                return false;
        return true;
    }

    // Leaves the ways that something speaks for, if there are any.
    template <typename Test>
    void keep(const Test& test) {
        if (m_roles.size() > 1 && std::ranges::any_of(m_roles, test))
            std::erase_if(m_roles, [&](const Roles& roles) { return !test(roles); });
    }

    std::vector<std::string> m_names;
    std::vector<Roles> m_roles;
    std::vector<UnitGroup*> m_units;
    std::vector<Convolutions> m_convolutions;  // of each unit
};

std::vector<UnitClass> classesOf(std::vector<UnitGroup>& units) {
    std::vector<UnitClass> classes;
    std::map<std::vector<std::string>, std::size_t> classOfNames;
    for (UnitGroup& unit : units) {
        std::vector<std::string> names;
        for (const auto* convolutions : {&unit.wide, &unit.narrow})
            for (const NetworkModule* each : *convolutions)
                names.push_back(each->path.substr(unit.prefix.size()));
        std::vector<std::string> key = names;
        key.push_back(std::to_string(unit.wide.size()));
        const auto [found, isNew] = classOfNames.emplace(std::move(key), classes.size());
        if (isNew)
            classes.emplace_back(std::move(names), unit.wide.size(), unit.narrow.size());
        classes[found->second].add(unit);
    }
    return classes;
}

}  // namespace

std::string assignRoles(std::vector<UnitGroup>& units, bool isInOrder, bool& isAmbiguous,
                        std::int64_t& groups) {
    std::vector<UnitClass> classes = classesOf(units);
    for (UnitClass& each : classes) {
        UnitClass strict = each;
        std::int64_t one = 1;
        if (strict.keepFitting(one)) {
            each = std::move(strict);
            continue;
        }
        std::int64_t any = 0;
        if (!each.keepFitting(any))
            return "the shapes of the convolutions in '" + each.first().prefix + "' do not fit each other";
        groups = std::max(groups, any);
    }
    std::map<std::string, int> roleOfName;
    for (const UnitClass& each : classes)
        if (each.isDecided() && each.needsItsShortcut())
            each.tell(roleOfName);
    for (UnitClass& each : classes) {
        each.learn(roleOfName);
        each.decideByNames(isInOrder);
        if (!each.isDecided()) {
            isAmbiguous = true;
            return each.ambiguity();
        }
        if (const NetworkModule* doubtful = each.doubtfulShortcut(roleOfName))
            return "'" + doubtful->path +
                   "' stands in a residual unit that needs no projection, and is not called so";
        each.apply();
    }
    return {};
}

}  // namespace resnet

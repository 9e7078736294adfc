#include "core/network/Edits.h"

#include "core/Error.h"
#include "core/tensor/NumberText.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace resnet {

const UnitEdit& Edits::of(UnitId unit) const {
    static const UnitEdit unchanged;
    const auto found = m_units.find(unit);
    return found == m_units.end() ? unchanged : found->second;
}

void Edits::set(UnitId unit, UnitEdit edit) {
    edit.mainPathGain += 0.0f;  // no negative zero: equal edits have equal texts
    edit.shortcutGain += 0.0f;
    if (edit.weights == UnitWeights(WeightsOf{unit}))
        edit.weights = OwnWeights{};
    if (edit == UnitEdit{})
        m_units.erase(unit);
    else
        m_units[unit] = edit;
}

bool Edits::changesWeights() const {
    return std::ranges::any_of(m_units,
                               [](const auto& each) { return each.second.weights != UnitWeights(); });
}

StepId firstDifferentStep(const Graph& graph, const Edits& a, const Edits& b) {
    for (const ResidualUnit& unit : graph.units()) {
        const UnitEdit& one = a.of(idOf(unit));
        const UnitEdit& other = b.of(idOf(unit));
        if (one.weights != other.weights)
            return unit.first();
        if (one != other)
            return *unit.add;
    }
    return graph.stepCount();
}

namespace {

constexpr const char* mainPathKey = "F";
constexpr const char* shortcutKey = "x";
constexpr const char* weightsKey = "weights";
constexpr const char* seedKey = "seed";

std::string nameOf(UnitId id, const Graph& graph) {
    const ResidualUnit* unit = graph.unit(id.stage, id.unit);
    return unit ? unit->name
                : "unit " + std::to_string(id.unit) + " of stage " + std::to_string(id.stage + 1);
}

[[noreturn]] void refuseUnit(const std::string& name, const Graph& graph) {
    throw Error(name + ": no unit of this network, which has " + graph.units().front().name + " to " +
                graph.units().back().name);
}

bool haveEqualShapes(const Graph& graph, const ResidualUnit& a, const ResidualUnit& b) {
    return std::ranges::equal(graph.stepsOf(a), graph.stepsOf(b), [](const Step& s, const Step& t) {
        return s.kind == t.kind && s.window == t.window && s.input == t.input && s.output == t.output;
    });
}

void checkGain(const std::string& name, const char* key, float gain, const ResidualUnit& unit) {
    if (!std::isfinite(gain))
        throw Error(name + ":" + key + ": expected a finite number");
    if (gain != 1.0f && !unit.add)
        throw Error(name + ":" + key + ": the units of a plain network have no shortcut and no sum");
}

void checkWeights(const ResidualUnit& unit, UnitId from, const Graph& graph) {
    const ResidualUnit* other = graph.unit(from.stage, from.unit);
    if (!other)
        refuseUnit(nameOf(from, graph), graph);
    if (other->stage != unit.stage)
        throw Error(unit.name + ":" + weightsKey + ": expected a unit of the same stage, found " +
                    other->name);
    if (!haveEqualShapes(graph, unit, *other))
        throw Error(unit.name + ":" + weightsKey + ": " + other->name + " has other shapes");
}

}  // namespace

void validate(const Edits& edits, const Graph& graph) {
    for (const auto& [id, edit] : edits.units()) {
        const std::string name = nameOf(id, graph);
        const ResidualUnit* unit = graph.unit(id.stage, id.unit);
        if (!unit)
            refuseUnit(name, graph);
        checkGain(name, mainPathKey, edit.mainPathGain, *unit);
        checkGain(name, shortcutKey, edit.shortcutGain, *unit);
        if (const auto* other = std::get_if<WeightsOf>(&edit.weights))
            checkWeights(*unit, other->unit, graph);
    }
}

namespace {

// Reads edits item by item: UNIT:KEY=VALUE with commas between.
class EditsReader {
public:
    explicit EditsReader(const Graph& graph) : m_graph(graph) {}

    void read(std::string_view item) {
        const std::size_t colon = item.find(':');
        const std::size_t equals = item.find('=', colon == std::string_view::npos ? 0 : colon);
        if (colon == std::string_view::npos || equals == std::string_view::npos)
            throw Error("'" + std::string(item) + "': expected UNIT:F=NUMBER, UNIT:x=NUMBER, " +
                        "UNIT:weights=UNIT or UNIT:seed=NUMBER");
        const ResidualUnit& unit = unitNamed(trimmed(item.substr(0, colon)));
        const std::string key(trimmed(item.substr(colon + 1, equals - colon - 1)));
        m_place = unit.name + ":" + key;
        if (std::ranges::find(m_given, m_place) != m_given.end())
            throw Error(m_place + ": given twice");
        m_given.push_back(m_place);
        UnitEdit edit = m_edits.of(idOf(unit));
        take(edit, key, std::string(trimmed(item.substr(equals + 1))));
        m_edits.set(idOf(unit), edit);
    }

    const Edits& edits() const { return m_edits; }

    static std::string_view trimmed(std::string_view text) {
        constexpr std::string_view blanks = " \t\r\n";
        const std::size_t first = text.find_first_not_of(blanks);
        return first == std::string_view::npos
                   ? std::string_view()
                   : text.substr(first, text.find_last_not_of(blanks) - first + 1);
    }

private:
    void take(UnitEdit& edit, const std::string& key, const std::string& value) const {
        const bool isWeights = key == weightsKey || key == seedKey;
        if (key == mainPathKey)
            edit.mainPathGain = number<float>(value, "a finite number");
        else if (key == shortcutKey)
            edit.shortcutGain = number<float>(value, "a finite number");
        else if (isWeights && edit.weights != UnitWeights())
            throw Error(m_place + ": a unit has either weights or a seed");
        else if (key == weightsKey)
            edit.weights = WeightsOf{idOf(unitNamed(value))};
        else if (key == seedKey)
            edit.weights =
                NewWeights{number<std::uint64_t>(value, "a whole number from 0 to 18446744073709551615")};
        else
            throw Error(m_place + ": expected F, x, weights or seed");
    }

    template <typename Number>
    Number number(const std::string& text, const char* expected) const {
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
            !std::isfinite(double(value)))
            throw Error(m_place + ": expected " + expected + ", found '" + text + "'");
        return value;
    }

    const ResidualUnit& unitNamed(std::string_view name) const {
        const auto found = std::ranges::find(m_graph.units(), name, &ResidualUnit::name);
        if (found == m_graph.units().end())
            refuseUnit("'" + std::string(name) + "'", m_graph);
        return *found;
    }

    const Graph& m_graph;
    Edits m_edits;
    std::string m_place;  // "layer3.2:F"
    std::vector<std::string> m_given;
};

}  // namespace

std::string textOf(const Edits& edits, const Graph& graph) {
    std::string text;
    for (const auto& [id, edit] : edits.units()) {
        const auto add = [&, of = id](const char* key, const std::string& value) {
            text += (text.empty() ? "" : ",") + nameOf(of, graph) + ":" + key + "=" + value;
        };
        if (edit.mainPathGain != 1.0f)
            add(mainPathKey, numberText(edit.mainPathGain));
        if (edit.shortcutGain != 1.0f)
            add(shortcutKey, numberText(edit.shortcutGain));
        if (const auto* other = std::get_if<WeightsOf>(&edit.weights))
            add(weightsKey, nameOf(other->unit, graph));
        if (const auto* started = std::get_if<NewWeights>(&edit.weights))
            add(seedKey, std::to_string(started->seed));
    }
    return text;
}

Edits editsFrom(std::string_view text, const Graph& graph) {
    EditsReader reader(graph);
    for (std::string_view rest = EditsReader::trimmed(text); !rest.empty();) {
        const std::size_t comma = rest.find(',');
        reader.read(EditsReader::trimmed(rest.substr(0, comma)));
        if (comma == rest.size() - 1)
            throw Error("an edit is missing after the last comma");
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    validate(reader.edits(), graph);
    return reader.edits();
}

}  // namespace resnet

#include "ui/words/EditWords.h"

#include "ui/Words.h"

#include <QStringList>

#include <set>

namespace resnet::ui {

namespace {

QString weightsWords(const UnitWeights& weights) {
    if (const auto* other = std::get_if<WeightsOf>(&weights))
        return Words::tr("weights of %1").arg(unitName(other->unit));
    if (const auto* started = std::get_if<NewWeights>(&weights))
        return Words::tr("weights started anew, seed %1").arg(started->seed);
    return Words::tr("its own weights");
}

int partsOf(const UnitEdit& edit) {
    return int(edit.mainPathGain != 1.0f) + int(edit.shortcutGain != 1.0f) +
           int(edit.weights != UnitWeights());
}

// The units that differ.
std::set<UnitId> unitsBetween(const Edits& a, const Edits& b) {
    std::set<UnitId> units;
    for (const Edits* edits : {&a, &b})
        for (const auto& [unit, edit] : edits->units())
            if (a.of(unit) != b.of(unit))
                units.insert(unit);
    return units;
}

int partsBetween(const UnitEdit& a, const UnitEdit& b) {
    return int(a.mainPathGain != b.mainPathGain) + int(a.shortcutGain != b.shortcutGain) +
           int(a.weights != b.weights);
}

bool isSwap(const Edits& edits, UnitId a, UnitId b) {
    return edits.of(a).weights == UnitWeights(WeightsOf{b}) &&
           edits.of(b).weights == UnitWeights(WeightsOf{a});
}

// The units have each other's weights, each those of one.
bool isOrder(const Edits& edits, const std::set<UnitId>& units) {
    std::set<UnitId> taken;
    for (const UnitId unit : units) {
        const auto* other = std::get_if<WeightsOf>(&edits.of(unit).weights);
        taken.insert(other ? other->unit : unit);
    }
    return taken == units;
}

}  // namespace

QString shortName(UnitId unit) {
    return QStringLiteral("%1.%2").arg(unit.stage + 1).arg(unit.unit + 1);
}

QString unitName(UnitId unit) {
    return Words::tr("stage %1, unit %2").arg(unit.stage + 1).arg(unit.unit + 1);
}

namespace {

QString factorText(float gain) {
    return QString::number(double(gain), 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

}  // namespace

QString gainText(float gain) {
    return gain == 0.0f ? Words::tr("off") : QStringLiteral("× ") + factorText(gain);
}

QString shortcutName(ShortcutForm form) {
    return form == ShortcutForm::Identity ? QStringLiteral("x") : QStringLiteral("P(x)");
}

QString sumFormula(const UnitEdit& edit, ShortcutForm form) {
    QStringList terms;
    for (const auto& [gain, term] : {std::pair(edit.mainPathGain, QStringLiteral("F(x)")),
                                     std::pair(edit.shortcutGain, shortcutName(form))})
        if (gain != 0.0f)
            terms << (gain == 1.0f ? term : factorText(gain) + QStringLiteral(" · ") + term);
    return terms.isEmpty() ? QStringLiteral("0") : terms.join(QStringLiteral(" + "));
}

QString editWords(const UnitEdit& edit) {
    QStringList words;
    if (edit.mainPathGain != 1.0f)
        words << Words::tr("F(x) %1").arg(gainText(edit.mainPathGain));
    if (edit.shortcutGain != 1.0f)
        words << Words::tr("shortcut %1").arg(gainText(edit.shortcutGain));
    if (edit.weights != UnitWeights())
        words << weightsWords(edit.weights);
    return words.join(QStringLiteral(", "));
}

int changedParts(const Edits& edits) {
    int parts = 0;
    for (const auto& [unit, edit] : edits.units())
        parts += partsOf(edit);
    return parts;
}

QString changedPartsWords(const Edits& edits) {
    const int parts = changedParts(edits);
    return parts == 0   ? QString()
           : parts == 1 ? Words::tr("1 part changed")
                        : Words::tr("%1 parts changed").arg(parts);
}

QString editsWords(const Edits& edits, int most) {
    QStringList words;
    for (const auto& [unit, edit] : edits.units()) {
        if (int(words.size()) == most) {
            words << Words::tr("and %1 more").arg(edits.units().size() - std::size_t(most));
            break;
        }
        words << unitName(unit) + QStringLiteral(": ") + editWords(edit);
    }
    return words.join(QStringLiteral("; "));
}

bool concernOnePart(const Edits& a, const Edits& b) {
    const std::set<UnitId> units = unitsBetween(a, b);
    return units.empty() ||
           (units.size() == 1 && partsBetween(a.of(*units.begin()), b.of(*units.begin())) <= 1);
}

QString changeWords(const Edits& before, const Edits& after) {
    const std::set<UnitId> units = unitsBetween(before, after);
    if (after.isEmpty() && changedParts(before) > 1)
        return Words::tr("all parts as they were");
    if (units.size() == 2 && isSwap(after, *units.begin(), *units.rbegin()))
        return Words::tr("%1 and %2 swapped").arg(unitName(*units.begin()), unitName(*units.rbegin()));
    if (units.size() > 1 && isOrder(after, units))
        return Words::tr("%1 units of stage %2 in another order")
            .arg(units.size())
            .arg(units.begin()->stage + 1);
    if (units.size() != 1)
        return Words::tr("%1 units changed").arg(units.size());
    const UnitId unit = *units.begin();
    const UnitEdit& from = before.of(unit);
    const UnitEdit& to = after.of(unit);
    if (partsBetween(from, to) > 1)
        return to == UnitEdit{} ? Words::tr("%1 as it was").arg(unitName(unit))
                                : Words::tr("%1 changed").arg(unitName(unit));
    if (from.mainPathGain != to.mainPathGain)
        return Words::tr("F(x) of %1 %2").arg(unitName(unit), gainText(to.mainPathGain));
    if (from.shortcutGain != to.shortcutGain)
        return Words::tr("shortcut of %1 %2").arg(unitName(unit), gainText(to.shortcutGain));
    return Words::tr("%1 with %2").arg(unitName(unit), weightsWords(to.weights));
}

}  // namespace resnet::ui

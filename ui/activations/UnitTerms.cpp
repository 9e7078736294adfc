#include "ui/activations/UnitTerms.h"

#include "ui/words/EditWords.h"

#include <algorithm>

namespace resnet::ui {

const ResidualUnit* unitWithSum(const Graph& graph, StepId step) {
    const ResidualUnit* unit = graph.unitOf(step);
    return unit && unit->hasAddition() ? unit : nullptr;
}

std::vector<UnitTerm> unitTerms(const Graph& graph, const ResidualUnit& unit, const Edits& edits) {
    std::vector<UnitTerm> terms;
    const auto append = [&](UnitTerm::Role role, StepId step) {
        const std::string_view kind = step == inputStep ? std::string_view() : name(graph.step(step).kind);
        terms.push_back(
            {role, step, QString::fromUtf8(kind.data(), qsizetype(kind.size())), edits.of(idOf(unit))});
    };
    append(UnitTerm::Role::Shortcut, unit.shortcutOutput());
    append(UnitTerm::Role::MainPath, unit.branchOutput());
    append(UnitTerm::Role::Sum, *unit.add);
    for (const StepId step : unit.tail)
        append(UnitTerm::Role::After, step);
    return terms;
}

std::vector<StepId> stepsOf(const std::vector<UnitTerm>& terms) {
    std::vector<StepId> steps;
    for (const UnitTerm& term : terms)
        steps.push_back(term.step);
    return steps;
}

namespace {

// "F(x), off".
QString weighed(const QString& name, float gain) {
    return gain == 1.0f ? name : name + QStringLiteral(", ") + gainText(gain);
}

}  // namespace

QString unitTermName(const UnitTerm& term, ShortcutForm form) {
    switch (term.role) {
        case UnitTerm::Role::Shortcut:
            return weighed(shortcutName(form), term.edit.shortcutGain);
        case UnitTerm::Role::MainPath:
            return weighed(QStringLiteral("F(x)"), term.edit.mainPathGain);
        case UnitTerm::Role::Sum:
            return sumFormula(term.edit, form);
        case UnitTerm::Role::After:
            break;
    }
    return term.kind;
}

QColor unitTermColor(const UnitTerm& term, const Theme& theme) {
    return term.role == UnitTerm::Role::Shortcut   ? theme.shortcutText
           : term.role == UnitTerm::Role::MainPath ? theme.mainPath
                                                   : theme.ink;
}

QString signBefore(const UnitTerm& term) {
    switch (term.role) {
        case UnitTerm::Role::Shortcut:
            return {};
        case UnitTerm::Role::MainPath:
            return QStringLiteral("+");
        case UnitTerm::Role::Sum:
            return QStringLiteral("=");
        case UnitTerm::Role::After:
            break;
    }
    return QStringLiteral("→");
}

}  // namespace resnet::ui

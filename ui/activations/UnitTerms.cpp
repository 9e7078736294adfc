#include "ui/activations/UnitTerms.h"

#include "core/explain/UnitNorms.h"

#include <QCoreApplication>

namespace resnet::ui {

const ResidualUnit* unitWithSum(const Graph& graph, StepId step) {
    const ResidualUnit* unit = step == inputStep ? nullptr : graph.unitOf(step);
    return unit && unit->add ? unit : nullptr;
}

std::array<StepId, unitTermCount> unitTerms(const ResidualUnit& unit) {
    return {shortcutStep(unit), unit.bn2, *unit.add, unit.relu2};
}

QString unitTermName(int term, bool hasProjection) {
    if (term == 0 && hasProjection)
        return QCoreApplication::translate("FeatureMaps", "projected x");
    constexpr const char* names[] = {"x", "F(x)", "F(x) + x", "ReLU"};
    return QString::fromLatin1(names[term]);
}

QColor unitTermColor(int term, const Theme& theme) {
    return term == 0 ? theme.shortcutText : term == 1 ? theme.mainPath : theme.ink;
}

QString signAfterTerm(int term) {
    constexpr const char* signs[] = {"+", "=", "→"};
    return QString::fromUtf8(signs[term]);
}

}  // namespace resnet::ui

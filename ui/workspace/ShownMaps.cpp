#include "ui/workspace/ShownMaps.h"

#include "ui/Words.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace resnet::ui {

namespace {

constexpr StepId nowhere = inputStep - 1;

template <typename Combine>
FeatureMapsPtr combined(const FeatureMaps& a, const FeatureMaps& b, Combine combine) {
    auto result = std::make_shared<FeatureMaps>(a.shape());
    std::transform(a.data(), a.data() + a.size(), b.data(), result->data(), combine);
    return result;
}

}  // namespace

// Touched in the GUI thread only.
struct ShownMaps::Cache {
    std::array<std::map<StepId, FeatureMapsPtr>, 3> bySide;
};

ShownMaps::ShownMaps(Subject now, std::optional<Subject> before, Quantity quantity, Side side)
    : m_now(std::move(now)),
      m_before(std::move(before)),
      m_quantity(quantity),
      m_side(m_before ? side : Side::Now),
      m_cache(std::make_shared<Cache>()) {
    if (!m_before)
        return;
    const Graph& graph = m_now.run.graph();
    const Graph& other = m_before->run.graph();
    m_partners.assign(std::size_t(graph.stepCount()) + 1, nowhere);
    const auto pair = [&](StepId step, StepId partner) {
        if (graph.outputShape(step) == other.outputShape(partner))
            m_partners[placeOf(step)] = partner;
    };
    pair(inputStep, inputStep);
    for (const Step& step : graph.steps())
        if (const std::optional<StepId> partner = other.find(step.name))
            pair(step.id, *partner);
}

bool ShownMaps::isRunBefore() const {
    return m_side == Side::Before && m_before->run.stepCount() == stepCount() &&
           std::ranges::none_of(m_partners, [](StepId step) { return step == nowhere; });
}

StepId ShownMaps::partnerOf(StepId step) const {
    return m_partners.at(placeOf(step));
}

FeatureMapsPtr ShownMaps::of(StepId step) const {
    return step < stepCount() ? ofSide(m_side, step) : nullptr;
}

std::vector<FeatureMapsPtr> ShownMaps::onOneScale(StepId step) const {
    std::vector<FeatureMapsPtr> maps;
    for (const Side side : {Side::Now, Side::Before})
        if (side == Side::Now || m_before)
            if (FeatureMapsPtr each = step < stepCount() ? ofSide(side, step) : nullptr)
                maps.push_back(std::move(each));
    return maps;
}

FeatureMapsPtr ShownMaps::ofSide(Side side, StepId step) const {
    if (side == Side::Now && m_quantity == Quantity::Values)
        return m_now.run.output(step);
    FeatureMapsPtr& kept = m_cache->bySide[std::size_t(side)][step];
    if (kept)
        return kept;
    if (side == Side::Difference) {
        const FeatureMapsPtr now = ofSide(Side::Now, step);
        const FeatureMapsPtr before = ofSide(Side::Before, step);
        if (now && before)
            kept = combined(*now, *before, std::minus());
    } else if (side == Side::Now) {
        kept = made(m_now, step);
    } else if (const StepId partner = partnerOf(step); partner != nowhere) {
        kept = made(*m_before, partner);
    }
    return kept;
}

FeatureMapsPtr ShownMaps::made(const Subject& subject, StepId step) const {
    FeatureMapsPtr values = subject.run.output(step);
    if (m_quantity == Quantity::Values || !values)
        return values;
    const FeatureMapsPtr gradient = subject.gradients ? subject.gradients->of(step) : nullptr;
    return m_quantity == Quantity::Gradient || !gradient ? gradient
                                                         : combined(*values, *gradient, std::multiplies());
}

QString ShownMaps::whyNot(StepId step) const {
    if (step >= stepCount() || !m_now.run.has(step))
        return Words::tr("is not computed yet");
    if (m_side != Side::Now && partnerOf(step) == nowhere)
        return Words::tr("has no partner of its shape in the other network");
    const bool areGradientsThere = m_now.gradients && (m_side == Side::Now || m_before->gradients);
    return areGradientsThere ? Words::tr("has no gradient: it comes after the score")
                             : Words::tr("has no gradient yet: it is being computed");
}

QString nameOf(Quantity quantity) {
    switch (quantity) {
        case Quantity::Values:
            return Words::tr("values");
        case Quantity::Gradient:
            return Words::tr("gradient");
        case Quantity::ValueTimesGradient:
            return Words::tr("value × gradient");
    }
    return {};
}

QString nameOf(Side side) {
    switch (side) {
        case Side::Now:
            return Words::tr("now");
        case Side::Before:
            return Words::tr("before");
        case Side::Difference:
            return Words::tr("difference");
    }
    return {};
}

QString nameOf(Quantity quantity, Side side) {
    QStringList parts;
    if (quantity != Quantity::Values)
        parts << nameOf(quantity);
    if (side != Side::Now)
        parts << nameOf(side);
    return parts.join(QStringLiteral(", "));
}

}  // namespace resnet::ui

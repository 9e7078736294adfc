#pragma once

#include "core/inference/Gradients.h"
#include "ui/workspace/ViewSettings.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace resnet::ui {

// What the views show of every step, by the two settings that they need not care about: the quantity, and of
// which of two runs it is. Immutable; products and differences are made when they are asked for.
//
// Runs of two networks are paired by the names of their steps, that is by stage and unit.
class ShownMaps {
public:
    struct Subject {
        Run run;
        std::optional<Gradients> gradients;  // of the score of a class; nothing while they are not there
    };

    ShownMaps() = default;  // of no run
    // Without another run to compare with, it is all of this one.
    ShownMaps(Subject now, std::optional<Subject> before, Quantity quantity, Side side);

    // Null where there is nothing to show: a step that is not computed, that comes after the score, or that
    // the other network does not have in this shape.
    FeatureMapsPtr of(StepId step) const;
    bool has(StepId step) const { return of(step) != nullptr; }
    // Why there is nothing, as the end of a sentence about the step: "is not computed yet".
    QString whyNot(StepId step) const;
    // Of both runs: what is shown now, before, and as a difference is on their one scale.
    std::vector<FeatureMapsPtr> onOneScale(StepId step) const;
    int stepCount() const { return m_now.run.stepCount(); }

    Quantity quantity() const { return m_quantity; }
    Side side() const { return m_side; }
    bool hasBefore() const { return m_before.has_value(); }
    bool areOutputs() const { return m_quantity == Quantity::Values && m_side == Side::Now; }
    // What explanations that need a whole run are of: the one before where that is shown and has the same
    // steps, else the one that is open.
    const Run& run() const { return isRunBefore() ? m_before->run : m_now.run; }
    bool isRunBefore() const;

private:
    FeatureMapsPtr ofSide(Side side, StepId step) const;
    FeatureMapsPtr made(const Subject& subject, StepId step) const;
    StepId partnerOf(StepId step) const;

    Subject m_now;
    std::optional<Subject> m_before;
    std::vector<StepId> m_partners;  // of the other network's steps, the input first; -2: none
    Quantity m_quantity = Quantity::Values;
    Side m_side = Side::Now;
    struct Cache;
    std::shared_ptr<Cache> m_cache;
};

// "gradient, difference"; empty for what the network itself computes now.
QString nameOf(Quantity quantity, Side side);
QString nameOf(Quantity quantity);
QString nameOf(Side side);

}  // namespace resnet::ui

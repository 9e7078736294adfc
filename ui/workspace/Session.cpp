#include "ui/workspace/Session.h"

#include "core/explain/ClassActivation.h"

namespace resnet::ui {

int Session::bestClass() const {
    const FeatureMapsPtr logits = model ? run.output(graph().logitsStep()) : nullptr;
    return logits ? topClass(*logits) : 0;
}

bool isSameFile(const Model& a, const Model& b) {
    const auto detected = [](const Model& model) { return model.detected ? model.detected.get() : &model; };
    return detected(a) == detected(b);
}

namespace {

// The outputs that came, if all that were there are still the same.
Changes changesBetween(const Run& before, const Run& after) {
    if (before.input() != after.input() || before.stepCount() != after.stepCount())
        return Changes::OtherRun;
    Changes changes;
    for (StepId step = 0; step < after.stepCount(); ++step) {
        if (before.output(step) == after.output(step))
            continue;
        if (before.has(step))
            return Changes::OtherRun;
        changes |= Changes::outputs(step, step);
    }
    return changes;
}

}  // namespace

Changes changesBetween(const Session& before, const Session& after) {
    Changes changes = changesBetween(before.run, after.run);
    if (before.model != after.model)
        changes |= Changes::Model;
    if (before.picture != after.picture || before.image != after.image)
        changes |= Changes::Picture;
    return changes;
}

}  // namespace resnet::ui

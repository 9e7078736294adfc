#include "ui/workspace/Session.h"

#include "core/explain/ClassActivation.h"

namespace resnet::ui {

int Session::bestClass() const {
    const FeatureMapsPtr logits = model ? run.output(graph().logitsStep()) : nullptr;
    return logits ? topClass(*logits) : 0;
}

Session withEdits(const Session& session, const Edits& edits, StepId last) {
    const Run& reference = session.reference();
    const Run fromRun = session.run.with(edits);  // shares weights that were started anew
    const Run fromReference = reference.with(edits);
    Session edited = session;
    edited.run =
        (fromReference.firstMissing() > fromRun.firstMissing() ? fromReference : fromRun).before(last + 1);
    edited.unedited = edits.isEmpty() ? Run() : reference;
    return edited;
}

bool isThere(const Session& session, StepId last) {
    return !session.hasInput() || (session.run.firstMissing() > last &&
                                   (session.edits().isEmpty() || session.unedited.isComplete()));
}

bool areOfOne(const Run& a, const Run& b) {
    return a.network() == b.network() && a.input() == b.input() && a.edits() == b.edits();
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
    if (before.edits() != after.edits() ||
        (!after.edits().isEmpty() && before.reference().input() != after.reference().input()))
        changes |= Changes::Edits;
    return changes;
}

}  // namespace resnet::ui

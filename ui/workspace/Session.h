#pragma once

#include "core/inference/Run.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/workspace/Changes.h"

#include <memory>

namespace resnet::ui {

// What is open and what is computed of it. Immutable once it is shared: the workspace has another one in its
// place when anything of it changes, so that its parts always belong together.
struct Session {
    ModelPtr model;                      // null until the first is open; then there is no run
    PicturePtr picture;                  // null until the first is open
    std::shared_ptr<const Image> image;  // what the network sees of the picture, 8-bit; null without both
    Run run;                             // of the picture in the model's network; without one it has no input
    Run unedited;  // while the run has edits: the same input without them, complete; else of no network

    // Of a session with a model.
    const Graph& graph() const { return model->graph(); }
    bool hasInput() const { return run.input() != nullptr; }
    const Edits& edits() const { return run.edits(); }
    // What the network makes of the picture without edits: the run itself while there are none.
    const Run& reference() const { return edits().isEmpty() ? run : unedited; }
    // The picture has gone through the whole network.
    bool isComputed() const { return hasInput() && run.isComplete(); }
    // Null while there is none.
    FeatureMapsPtr output(StepId step) const { return model ? run.output(step) : nullptr; }
    // The class with the highest score; 0 while there is none.
    int bestClass() const;
};

using SessionPtr = std::shared_ptr<const Session>;

// Whether two runs are of one input, network and edits, or of none: what both have computed is equal.
bool areOfOne(const Run& a, const Run& b);

// Whether two models differ in nothing but settings.
bool isSameFile(const Model& a, const Model& b);

// The same with other edits. Of the run, up to and including `last`, all is kept that they cannot change;
// what is missing of it, and of the run without edits, is to be computed. Throws Error like validate().
Session withEdits(const Session& session, const Edits& edits, StepId last);
// Nothing is missing of the run up to and including `last`, nor of the run without edits.
bool isThere(const Session& session, StepId last);

// What differs, as far as it is part of a session.
Changes changesBetween(const Session& before, const Session& after);

}  // namespace resnet::ui

#pragma once

#include "app/cli/Command.h"
#include "core/inference/Executor.h"
#include "core/model/Model.h"

#include <QImage>

namespace resnet::app {

// A network, and what goes in: a picture, prepared as the model says, or a tensor as it is.
struct Subject {
    ModelPtr model;
    QString name;  // of the file
    FeatureMapsPtr input;
    // As the network sees it: of a tensor the pixels that preparing would make it of, cut off at black and
    // white.
    QImage seen;
};

// IMAGE or INPUT.npy, the first argument: a tensor says how large the network's input is, as in `run`. Throws
// Error and UsageError.
Subject subjectOf(const Invocation& invocation);

// Runs it with the edits asked for, up to and including `last`. Throws Interrupted when stopped.
Run runSubject(Executor& executor, const Subject& subject, StepId last, const Invocation& invocation);

}  // namespace resnet::app

#pragma once

#include "ui/training/TrainingResources.h"

namespace resnet::app {

// What a landscape is measured over: at most 256 pictures of a folder, spread over it so that all classes are
// among them. Throws UsageError, naming the option or nothing, for what is no folder of pictures and for one
// class only, and Interrupted when stopped.
ui::LabelledPictures landscapePictures(const QString& folder, const Model& model, const std::stop_token& stop,
                                       const QString& option = {});

}  // namespace resnet::app

#pragma once

#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"

#include <QImage>

#include <stop_token>

namespace resnet::app {

// Opens a picture file, and tells on stderr what its decoder had to do. Throws Error.
ui::PicturePtr openPicture(const QString& path);

// The picture as the network sees it, resized and cropped.
QImage cropOf(const Model& model, const Image& image);

// The picture as the network's input tensor: resized, cropped, normalised.
FeatureMapsPtr inputOf(const Model& model, const Image& image);

// Runs the steps up to and including `last` (nothing for `inputStep`). Throws Interrupted when stopped.
Activations runImage(Executor& executor, const Model& model, const Image& image, StepId last,
                     const std::stop_token& stop);

}  // namespace resnet::app

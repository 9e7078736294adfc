#pragma once

#include "core/experiments/Landscape.h"

#include <QString>

namespace resnet::ui {

// Both directions of a plane as NAME-direction-1.safetensors and NAME-direction-2.safetensors in a folder,
// which is made if it is not there: F32 under the names of the parameters. Throws Error.
void writeDirections(const QString& folder, const QString& name, const Direction& first,
                     const Direction& second);

}  // namespace resnet::ui

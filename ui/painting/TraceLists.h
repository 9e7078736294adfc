#pragma once

#include "ui/painting/TraceForms.h"

namespace resnet::ui {

// Traces whose picture is terms beside or below each other.
std::unique_ptr<TraceForm> formOf(const SumTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const DenseTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const SoftmaxTrace& how, const TracePicture& picture);

}  // namespace resnet::ui

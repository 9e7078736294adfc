#pragma once

#include "ui/painting/TraceForms.h"

namespace resnet::ui {

// Traces whose picture is cells of the maps before.
std::unique_ptr<TraceForm> formOf(const ConvolutionTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const MaxPoolTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const MeanTrace& how, const TracePicture& picture);

}  // namespace resnet::ui

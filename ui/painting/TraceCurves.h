#pragma once

#include "ui/painting/TraceForms.h"

namespace resnet::ui {

// Traces whose picture is a curve from the value before to the value after.
std::unique_ptr<TraceForm> formOf(const AffineTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const FunctionTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const CopyTrace& how, const TracePicture& picture);
std::unique_ptr<TraceForm> formOf(const ReluTrace& how, const TracePicture& picture);

}  // namespace resnet::ui

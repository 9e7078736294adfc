#pragma once

#include "core/explain/Trace.h"
#include "core/model/Model.h"

#include <QString>

namespace resnet::app {

// The arithmetic for reading: the largest terms one a line, the rest as one, then the sum.
QString traceText(const Trace& trace, const Model& model);

// {step, kind, channel, at: [y, x], value, terms: [...], sum, difference, ...}, one term a line. Every term
// has a `contribution`, and the contributions add up to `sum`.
QString traceJson(const Trace& trace, const Model& model);

}  // namespace resnet::app

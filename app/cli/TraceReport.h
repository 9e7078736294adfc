#pragma once

#include "core/explain/Trace.h"
#include "core/model/Model.h"

#include <QString>

namespace resnet::app {

// The arithmetic for reading: the largest terms one per line, the rest as one, then the sum.
QString traceText(const Trace& trace, const Model& model);

// {step, kind, channel, at: [y, x], value, terms: [...], sum, difference, ...}, one term per line. Every
// term
// has a `contribution`, and the contributions add up to `sum`.
QString traceJson(const Trace& trace, const Model& model);

// A float as the double with the fewest digits that still tell it from its neighbours: 0.1f is 0.1, not
// 0.10000000149. JSON has no NaN or infinity; they become null.
double shortest(float value);

}  // namespace resnet::app

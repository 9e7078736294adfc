#pragma once

#include "core/experiments/Trial.h"
#include "core/model/Model.h"

#include <QStringList>

#include <stop_token>
#include <vector>

namespace resnet::ui {

// Overlapping squares of photographs, `perSide` by `perSide` of each, as inputs of a network; they have no
// classes. Empty when stopped. Throws Error for a photograph that cannot be read.
std::vector<LabelledInput> sampleSquares(const Model& model, const QStringList& photographs, int perSide,
                                         const std::stop_token& stop = {});

}  // namespace resnet::ui

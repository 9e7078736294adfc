#pragma once

#include "core/weights/UnitRoles.h"

#include <map>

namespace resnet {

// Which norm belongs to which convolution of a unit.
using NormOfConvolution = std::map<const NetworkModule*, const NetworkModule*>;

// Pairs those that have the same name but for the words for convolution and norm (conv1 and bn1, skip_conv
// and skip_bn), else by their order: a shortcut's norm stands beside its projection, and the others alternate
// with the convolutions of the main path. Nothing if neither leaves a norm for each of them; a projection may
// have none.
NormOfConvolution pairNorms(const UnitGroup& unit, bool isInOrder);

}  // namespace resnet

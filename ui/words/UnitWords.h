#pragma once

#include "core/explain/UnitNorms.h"
#include "ui/words/StepWords.h"

namespace resnet::ui {

// Whether a window has rows or columns of padding at any side.
bool isPadded(const Window& window);

// Whether a convolution has no bias and nothing but a batch norm reads it, which adds its own, β.
bool leavesBiasToNorm(const Graph& graph, const Step& convolution);

// By how much a unit changes what passes: "F(x) changes x by 17.9 %", the norm of the one in that of the
// other; "P(x)" where the shortcut makes that of x.
QString changeText(const ResidualUnit& unit, const UnitNorms& norms);

// The words of the steps that residual units are made of. What they say depends on what stands around the
// step: nothing may be said that is not so in this network.
StepWords convolutionWords(const Graph& graph, const Step& step);
StepWords batchNormWords(const Graph& graph, const Step& step);
StepWords reluWords(const Graph& graph, const Step& step);
StepWords addWords(const Graph& graph, const Step& step);
StepWords paddingWords(const Step& step);

}  // namespace resnet::ui

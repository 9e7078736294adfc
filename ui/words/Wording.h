#pragma once

#include "core/explain/Statistics.h"
#include "core/model/Model.h"
#include "core/tensor/FeatureMaps.h"

#include <QString>

namespace resnet::ui {

// "channel 83", "red" for the input, "church" where channels are classes.
QString channelName(const Model& model, StepId step, int channel);

// "red", "grey", "opacity": of an input with so many channels in that order.
QString inputChannelName(int channel, int count, ChannelOrder order);

// "row 11, column 13".
QString cellName(const Cell& cell);

// Which cells along a row or column a stride takes: "every cell", "every second cell", "every third cell",
// "one cell in 4".
QString cellsAtStride(int stride);

// How much of the picture a cell has seen over the longest path, clipped at the border:
// "has seen 115 × 115 pixels", "has seen the whole picture".
QString seenText(const Graph& graph, StepId step, const Cell& cell);
// The same from the shortest path to the longest, in a sentence; empty for the input.
QString seenExplanation(const Graph& graph, StepId step, const Cell& cell);

// "3 NaN, 1 infinite, hatched in red. "; empty if all values are finite.
QString notFiniteText(const Statistics& statistics);

QString capitalised(QString text);

}  // namespace resnet::ui

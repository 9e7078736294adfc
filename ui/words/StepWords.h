#pragma once

#include "core/network/Graph.h"
#include "ui/words/References.h"

#include <QString>

#include <vector>

namespace resnet::ui {

// What a step does, in words.
struct StepWords {
    QString formula;  // one line
    QString brief;    // one or two sentences
    QString longer;   // why it is there; paragraphs of rich text
    std::vector<Paper> papers;
};

// `step` may be `inputStep`.
StepWords wordsFor(const Graph& graph, StepId step);

// What the number in a network's name counts: "16 residual units. 34 layers with weights ..."; plain text.
QString layersText(const Graph& graph);

// "Stage 2, unit 1 (layer2.0)", "Stem", "Head" or "Input".
QString placeOf(const Graph& graph, StepId step);

// What a step is called wherever it is told of: "Stage 1, unit 1: add", "Stem: conv1", "Input".
QString titleOf(const Graph& graph, StepId step);
// The same where its unit is named already: "add", "conv1", "Input".
QString nameInPlace(const Graph& graph, StepId step);
// "Stage 1, unit 1".
QString titleOf(const ResidualUnit& unit);

// What files call a step, to stand beside its title: "in the file: conv2d_3", or where a file names no steps
// "in PyTorch: layer1.0.add". Empty for the input.
QString fileNameOf(const Graph& graph, StepId step);

}  // namespace resnet::ui

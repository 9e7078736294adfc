#pragma once

#include "core/network/Edits.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/Theme.h"

#include <QByteArray>

namespace resnet::ui {

// A drawing's nodes and edges as a Mermaid flowchart, with stages and units as subgraphs. Where there are
// several rows, each is a subgraph, the rows are joined as wholes, and what enters one stands in it once more
// as "x": Mermaid lays out a subgraph of its own only if no edge from outside leads to a node in it. What
// edits switch off is dotted, and edges say by how much they count.
QByteArray mermaidOf(const Graph& graph, const DiagramLayout& layout, const Edits& edits,
                     const QString& title, const Theme& theme);

// What Mermaid takes unless its settings say otherwise, and what GitHub takes at all.
inline constexpr int mostMermaidLetters = 50'000;
inline constexpr int mostMermaidEdges = 500;

// How many edges a flowchart of mermaidOf() has.
int mermaidEdges(const QByteArray& flowchart);

}  // namespace resnet::ui

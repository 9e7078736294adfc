#pragma once

#include "core/network/Edits.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/Theme.h"

#include <QByteArray>

namespace resnet::ui {

// A drawing's nodes and edges as a Graphviz digraph, with stages and units as subgraphs. What edits
// switch off is dotted, and edges say by how much they count.
QByteArray dotOf(const Graph& graph, const DiagramLayout& layout, const Edits& edits, const QString& title,
                 const Theme& theme, bool isTransparent);

}  // namespace resnet::ui

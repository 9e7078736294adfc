#pragma once

#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/Theme.h"

#include <QByteArray>

namespace resnet::ui {

// A drawing's nodes and edges as a Graphviz digraph, with stages and units as subgraphs.
QByteArray dotOf(const Graph& graph, const DiagramLayout& layout, const QString& title, const Theme& theme,
                 bool isTransparent);

}  // namespace resnet::ui

#pragma once

#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/Theme.h"

#include <QByteArray>

namespace resnet::ui {

// A drawing's nodes and edges as a Mermaid flowchart, with stages and units as subgraphs.
QByteArray mermaidOf(const Graph& graph, const DiagramLayout& layout, const QString& title,
                     const Theme& theme);

}  // namespace resnet::ui

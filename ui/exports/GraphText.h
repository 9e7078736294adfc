#pragma once

#include "ui/drawing/DiagramLayout.h"

#include <functional>

namespace resnet::ui {

// What a node of a text format says: its kind and the shape of its output.
struct NodeText {
    QString title;  // "conv 3×3", "Stage 2, unit 2", "+"
    QString shape;  // "28×28×128"
};

NodeText nodeText(const Graph& graph, const DiagramNode& node);

// A node's name as an identifier: "layer2_0_bn2".
QString identifierOf(const DiagramNode& node);

// Calls `open` before and `close` after the nodes of each stage, and of each unit.
struct NestedNodes {
    std::function<void(const QString& id, const QString& title)> open;
    std::function<void()> close;
    std::function<void(const DiagramNode&)> node;
};
void visitNested(const DiagramLayout& layout, const NestedNodes& visitor);

}  // namespace resnet::ui

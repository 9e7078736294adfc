#pragma once

#include "core/network/Edits.h"
#include "ui/drawing/DiagramLayout.h"

#include <QPointF>

#include <vector>

namespace resnet::ui {

// What edits mean for the parts of a drawing.

// The gain of the way that an edge is of; 1 for edges that no gain is about.
float gainOf(const DiagramLayout& layout, const DiagramEdge& edge, const Edits& edits);
// Whether a node stands for what is switched off: a step of a way that is off, a block of units whose F(x)
// are all off.
bool isOff(const DiagramNode& node, const Edits& edits);

// What is written beside a part: "× 0.5" at a way that counts by a factor, "W" at a unit with other weights,
// "2 changed" at a stage's block.
struct EditTag {
    enum class Kind { Factor, OtherWeights, ChangedUnits };
    Kind kind{};
    Way way{};  // MainPath or Shortcut
    float factor = 1.0f;
    int units = 0;
    QPointF centre;
    StepId of = inputStep;  // the step it stands at
};
std::vector<EditTag> editTags(const DiagramLayout& layout, const Edits& edits);

}  // namespace resnet::ui

#pragma once

#include "core/network/Edits.h"

namespace resnet {

// Edits as a small text file: one item of textOf() a line, "layer3.2:F=0". Empty for no edits.
std::string fileTextOf(const Edits& edits, const Graph& graph);

// Reads it back; a line may hold several items with commas between, and one that is empty or begins with #
// says nothing. Throws Error like editsFrom().
Edits editsFromFile(std::string_view text, const Graph& graph);

}  // namespace resnet

#pragma once

#include "core/explain/Trace.h"
#include "core/inference/EngineOptions.h"
#include "core/inference/Run.h"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace resnet {

// Figures as rows and columns, for a spreadsheet. An empty text stands where a row has nothing.
struct Table {
    using Value = std::variant<std::string, std::int64_t, double>;

    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;
};

// As comma-separated values (RFC 4180, but with \n). Numbers have a decimal point and as few digits as give
// back the same float32; NaN and infinity are "nan" and "inf".
std::string csvText(const Table& table);

// Every step that is computed: kind, shape, and what its values are like.
Table stepsTable(const Run& run, const EngineOptions& options = {});

// Every channel of a step. Throws Error if the step is not computed.
Table channelsTable(const Run& run, StepId step, const EngineOptions& options = {});

// What the main path adds to the shortcut, in every unit that has both and is computed. The share that the
// ReLU after the sum cuts is left empty where there is none.
Table unitsTable(const Run& run, const EngineOptions& options = {});

// What each feature adds to a class's logit, the largest first, and the bias. Throws Error as
// featureContributions() does.
Table contributionsTable(const Run& run, int classIndex);

// The terms that a number was made of, with their places in the step's input; the contributions add up to it.
Table termsTable(const Trace& trace, const Graph& graph, std::span<const std::string> classNames);

}  // namespace resnet

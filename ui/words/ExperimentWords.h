#pragma once

#include "core/experiments/Prediction.h"
#include "core/network/Edits.h"
#include "ui/words/References.h"

#include <string>
#include <vector>

namespace resnet::ui {

// What a unit does with an edit, in a sentence: "F(x) is switched off: the unit passes x on".
QString unitEditSentence(const ResidualUnit& unit, const UnitEdit& edit);

// "F(x) of stage 3, unit 2 off: church 57.5 %, still first", or what the network says instead.
QString lesionFigures(const QString& change, const Prediction& prediction, int classInQuestion,
                      const std::vector<std::string>& classNames);
// How often the network still says what it says with all on.
QString lesionSummary(const Graph& graph, const Prediction& reference,
                      const std::vector<Prediction>& mainPaths, const std::vector<Prediction>& shortcuts,
                      const std::vector<std::string>& classNames);

// What the view of experiments shows.
Explanation whatIfWords();
// Many changes one after the other.
Explanation sweepWords();
// Two runs step by step.
Explanation compareWords();
// Who wrote the score, and early exits.
Explanation scoreWords();

}  // namespace resnet::ui

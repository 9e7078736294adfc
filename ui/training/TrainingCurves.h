#pragma once

#include "ui/painting/LineChart.h"
#include "ui/training/TrainingFolder.h"

#include <optional>
#include <vector>

namespace resnet::ui {

// Loss and accuracy of trainings over the same epochs, from 0, the start, to the last: of the pictures
// trained with in full lines, of those never seen dashed. `present` is marked.
struct TrainingCurves {
    LineChart loss, accuracy;

    static TrainingCurves of(const std::vector<Training>& trainings, std::optional<int> present = {});
};

// Its name for reading: "with shortcuts" of the twin called residual, "without" of the one called plain.
QString nameOf(const Training& training);
// Of an epoch: null if nothing is written down of it.
const HistoryEntry* entryOf(const Training& training, int epoch);

}  // namespace resnet::ui

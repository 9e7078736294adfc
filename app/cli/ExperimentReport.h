#pragma once

#include "core/experiments/EditSweep.h"
#include "core/experiments/ScoreShares.h"
#include "core/experiments/Trial.h"
#include "core/model/Model.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace resnet::app {

// What came of an edit, and beside it what came of it with batch norm measured anew.
struct ExperimentRow {
    std::string edit;                 // as --edit reads it
    std::optional<SweepPoint> point;  // of a sweep
    Outcome outcome;
    std::optional<Outcome> measured;
};

struct ExperimentReport {
    QString subject;  // name of the picture or folder
    bool isFolder = false;
    bool hasClasses = false;     // accuracy can be told
    std::optional<int> watched;  // the class told of; none: each picture's own
    Outcome reference;
    std::optional<Outcome> measuredReference;
    std::vector<ExperimentRow> rows;
    std::optional<ScoreShares> shares;  // of one picture without edits, beside a sweep over units
};

// {reference: {logits, probabilities}, results: [{edit, logits, probabilities}]}, and more.
QByteArray jsonText(const ExperimentReport& report, const Model& model);
QByteArray csvText(const ExperimentReport& report, const Model& model);
QString plainText(const ExperimentReport& report, const Model& model);

}  // namespace resnet::app

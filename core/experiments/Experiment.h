#pragma once

#include "core/experiments/EditSweep.h"
#include "core/experiments/ScoreShares.h"
#include "core/experiments/Trial.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace resnet {

// What came of an edit, and beside it what came of it with batch norm measured anew.
struct ExperimentRow {
    std::string edit;                 // as --edit reads it
    std::optional<SweepPoint> point;  // of a sweep
    Edits edits;
    Outcome outcome = {};
    std::optional<Outcome> measured = {};
};

// A row for each point of a sweep. Throws Error like sweepPoints().
std::vector<ExperimentRow> rowsOf(const Graph& graph, const SweepRequest& request);

struct ExperimentReport {
    std::string subject;  // name of the picture or folder
    bool isFolder = false;
    bool hasClasses = false;     // accuracy can be told
    std::optional<int> watched;  // the class told of; none: each picture's own
    Outcome reference;
    std::optional<Outcome> measuredReference;
    std::vector<ExperimentRow> rows;
    std::optional<ScoreShares> shares;  // of one picture without edits, beside a sweep over units
};

// How far an experiment is, in words of the caller: edits tried on a picture, or pictures; and edits with
// batch norm measured anew. Called on the thread that works.
struct ExperimentObserver {
    std::function<void(int done, int total)> tried;
    std::function<void(int done, int total)> measured;
};

// Tries edits, each made on the network as it was opened, on one picture or over many.
class Experiment {
public:
    // `measuring` are inputs to measure batch norm over beside each result, or none. Throws Error for edits
    // that cannot be made and like withMeasuredBatchNorm().
    Experiment(std::shared_ptr<const PackedNetwork> packed, std::vector<ExperimentRow> rows,
               std::optional<int> watched = {}, std::vector<FeatureMapsPtr> measuring = {});

    // `known` is a finished run of the picture. Nothing when stopped.
    std::optional<ExperimentReport> onPicture(const std::string& subject, const Run& known,
                                              const std::stop_token& stop = {},
                                              const ExperimentObserver& observer = {});

    // Goes through the pictures batch by batch, each time it is called from the first on, until `use` says
    // no; false when stopped.
    using UseBatch = std::function<bool(std::span<const LabelledInput>)>;
    using ForEachBatch = std::function<bool(const UseBatch&)>;
    // `count` pictures at most. Nothing when stopped.
    std::optional<ExperimentReport> onPictures(const std::string& subject, bool hasClasses, int count,
                                               const ForEachBatch& forEachBatch,
                                               const std::stop_token& stop = {},
                                               const ExperimentObserver& observer = {});

private:
    bool isOverUnits() const;
    using Feed = std::function<bool(SetTrials&)>;
    bool measureAnew(const Feed& feed, const std::stop_token& stop, const ExperimentObserver& observer);

    std::shared_ptr<const PackedNetwork> m_packed;
    std::vector<Edits> m_edits;
    std::vector<FeatureMapsPtr> m_measuring;
    ExperimentReport m_report;
};

}  // namespace resnet

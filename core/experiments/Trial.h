#pragma once

#include "core/experiments/Prediction.h"
#include "core/network/Edits.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace resnet {

// How far a row of trials is. Called on the thread that runs them.
using TrialObserver = std::function<void(int done, int total)>;

// What a network says of one picture with each of some edits, each made on the network as it was opened.
struct PictureTrials {
    Prediction reference;  // of the run that is known
    std::vector<Prediction> results;
};

// `known` is a finished run of a picture, of the network that `packed` is of: only what follows the first
// difference from its own edits, if it has any, is computed. The same bits as whole passes. Nothing when
// stopped. Throws Error for a run that is not finished or of another network, and for edits that cannot be
// made.
std::optional<PictureTrials> tryOnPicture(const std::shared_ptr<const PackedNetwork>& packed,
                                          const Run& known, std::span<const Edits> edits,
                                          const std::stop_token& stop = {},
                                          const TrialObserver& observer = {});

// A picture of a set.
struct LabelledInput {
    FeatureMapsPtr input;
    std::optional<int> expected = {};  // the class it is of, if that is known
    std::optional<int> watched =
        {};  // the class to tell of; else the expected one, else the top one without edits
};

// What came out over pictures.
struct Outcome {
    Prediction mean;  // of logits and probabilities, picture by picture
    int images = 0;
    int right = 0;            // of them: the top class is the expected one
    int agreeing = 0;         // the top class is that of the network without edits
    double divergence = 0.0;  // mean, from the network without edits
    double classLogit = 0.0;  // means, of the class that is watched
    double classProbability = 0.0;

    void add(const Prediction& prediction, const Prediction& reference, const LabelledInput& of);
    double accuracy() const { return images == 0 ? 0.0 : double(right) / images; }
    double agreement() const { return images == 0 ? 0.0 : double(agreeing) / images; }
};

// Tries edits over pictures that come batch by batch, so that a set of any size takes no more memory than a
// batch. What comes before a unit is computed once for all edits of it.
class SetTrials {
public:
    // Throws Error for edits that cannot be made.
    SetTrials(std::shared_ptr<const PackedNetwork> packed, std::vector<Edits> edits);

    // Counts one more batch in; false when stopped, and then it counts in nothing. Throws Error for inputs of
    // another shape than the network's.
    bool add(std::span<const LabelledInput> batch, const std::stop_token& stop = {},
             const TrialObserver& observer = {});
    // The same where what the network says without edits is known: of another network, say.
    bool add(std::span<const LabelledInput> batch, std::span<const Prediction> references,
             const std::stop_token& stop = {}, const TrialObserver& observer = {});
    // Of the batch added last: what the network says without edits.
    const std::vector<Prediction>& lastReferences() const { return m_lastReferences; }

    const Outcome& reference() const { return m_sums.front(); }
    // By edit.
    std::span<const Outcome> results() const { return std::span(m_sums).subspan(1); }

private:
    struct Group {
        StepId entry = inputStep;        // what its edits' first unit takes
        std::vector<std::size_t> edits;  // indices
    };
    std::vector<std::vector<Prediction>> predictions(std::span<const LabelledInput> batch,
                                                     const std::stop_token& stop,
                                                     const TrialObserver& observer);

    std::shared_ptr<const PackedNetwork> m_packed;
    std::vector<Edits> m_edits;
    std::vector<Group> m_groups;  // in the order of their units
    FusedExecutor m_executor;
    std::vector<Prediction> m_lastReferences;
    std::vector<Outcome> m_sums;  // of the network without edits first
};

}  // namespace resnet

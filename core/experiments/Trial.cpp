#include "core/experiments/Trial.h"

#include "core/Error.h"

#include <algorithm>
#include <map>

namespace resnet {

std::optional<PictureTrials> tryOnPicture(const std::shared_ptr<const PackedNetwork>& packed,
                                          const Run& known, std::span<const Edits> edits,
                                          const std::stop_token& stop, const TrialObserver& observer) {
    if (!known.isComplete())
        throw Error("experiment: the picture has not gone through the whole network yet");
    FusedExecutor executor(packed);
    PictureTrials trials{predictionOf(known), {}};
    for (const Edits& each : edits) {
        if (executor.finish(known.with(each), stop) == RunOutcome::Cancelled)
            return std::nullopt;
        trials.results.push_back(predictionOf(executor));
        if (observer)
            observer(int(trials.results.size()), int(edits.size()));
    }
    return trials;
}

namespace {

// What the first unit that an edit changes takes; the last unit's for no edits.
StepId entryOf(const Graph& graph, const Edits& edits) {
    const auto first = std::ranges::find_if(
        graph.units(), [&](const ResidualUnit& unit) { return edits.of(idOf(unit)) != UnitEdit{}; });
    return first == graph.units().end() ? graph.units().back().input : first->input;
}

void addTo(std::vector<float>& mean, const std::vector<float>& values, int count) {
    mean.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        mean[i] += (values[i] - mean[i]) / float(count);
}

double addTo(double mean, double value, int count) {
    return mean + (value - mean) / count;
}

}  // namespace

void Outcome::add(const Prediction& prediction, const Prediction& reference, const LabelledInput& of) {
    ++images;
    const int top = prediction.top();
    const int before = reference.top();
    const std::size_t told = std::size_t(of.watched.value_or(of.expected.value_or(before)));
    right += of.expected == top;
    agreeing += top == before;
    addTo(mean.logits, prediction.logits, images);
    addTo(mean.probabilities, prediction.probabilities, images);
    divergence = addTo(divergence, resnet::divergence(reference, prediction), images);
    classLogit = addTo(classLogit, prediction.logits.at(told), images);
    classProbability = addTo(classProbability, prediction.probabilities.at(told), images);
}

namespace {

std::vector<Prediction> predictionsOf(const FusedExecutor& executor, std::size_t images) {
    std::vector<Prediction> predictions;
    for (std::size_t i = 0; i < images; ++i)
        predictions.push_back(predictionOf(executor, int(i)));
    return predictions;
}

}  // namespace

SetTrials::SetTrials(std::shared_ptr<const PackedNetwork> packed, std::vector<Edits> edits)
    : m_packed(std::move(packed)),
      m_edits(std::move(edits)),
      m_executor(m_packed),
      m_sums(m_edits.size() + 1) {
    std::map<StepId, std::vector<std::size_t>> byEntry;
    for (std::size_t i = 0; i < m_edits.size(); ++i) {
        validate(m_edits[i], m_packed->graph());
        byEntry[entryOf(m_packed->graph(), m_edits[i])].push_back(i);
    }
    for (auto& [entry, indices] : byEntry)
        m_groups.push_back({entry, std::move(indices)});
}

// Of the network without edits first; empty when stopped.
std::vector<std::vector<Prediction>> SetTrials::predictions(std::span<const LabelledInput> batch,
                                                            const std::stop_token& stop,
                                                            const TrialObserver& observer) {
    std::vector<FeatureMapsPtr> inputs;
    for (const LabelledInput& sample : batch)
        inputs.push_back(sample.input);
    std::vector<std::vector<Prediction>> all(m_sums.size());
    const int total = int(m_sums.size());
    int done = 0;
    const auto finish = [&](RunOutcome outcome, std::size_t index) {
        if (outcome == RunOutcome::Cancelled)
            return false;
        all[index] = predictionsOf(m_executor, batch.size());
        if (observer)
            observer(++done, total);
        return true;
    };
    if (!finish(m_executor.run(inputs, stop), 0))
        return {};

    const FeatureShape shape = m_packed->graph().outputShape(inputStep);
    AlignedBuffer held(shape.size() * batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i)
        std::copy_n(inputs[i]->data(), shape.size(), held.data() + i * shape.size());
    FusedExecutor::BatchOutput known{inputStep, {held.data(), shape, int(batch.size())}};
    for (const Group& group : m_groups) {
        if (group.entry != known.step) {
            MapsView maps;
            if (m_executor.runBatchTo(group.entry, known, maps, stop) == RunOutcome::Cancelled)
                return {};
            AlignedBuffer next(maps.size());
            std::copy_n(maps.values, maps.size(), next.data());
            held = std::move(next);
            known = {group.entry, {held.data(), maps.shape, maps.images}};
        }
        for (const std::size_t index : group.edits)
            if (!finish(m_executor.runBatchFrom(known, m_edits[index], stop), index + 1))
                return {};
    }
    return all;
}

bool SetTrials::add(std::span<const LabelledInput> batch, const std::stop_token& stop,
                    const TrialObserver& observer) {
    return add(batch, {}, stop, observer);
}

bool SetTrials::add(std::span<const LabelledInput> batch, std::span<const Prediction> references,
                    const std::stop_token& stop, const TrialObserver& observer) {
    if (batch.empty())
        return true;
    std::vector<std::vector<Prediction>> all = predictions(batch, stop, observer);
    if (all.empty())
        return false;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t picture = 0; picture < batch.size(); ++picture)
            m_sums[i].add(all[i][picture], references.empty() ? all.front()[picture] : references[picture],
                          batch[picture]);
    m_lastReferences = std::move(all.front());
    return true;
}

}  // namespace resnet

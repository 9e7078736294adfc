#include "core/experiments/Experiment.h"

#include "core/experiments/BatchNormMeasuring.h"

#include <algorithm>

namespace resnet {

std::vector<ExperimentRow> rowsOf(const Graph& graph, const SweepRequest& request) {
    std::vector<ExperimentRow> rows;
    for (const SweepPoint& point : sweepPoints(graph, request))
        rows.push_back({textOf(point.edits, graph), point, point.edits});
    return rows;
}

Experiment::Experiment(std::shared_ptr<const PackedNetwork> packed, std::vector<ExperimentRow> rows,
                       std::optional<int> watched, std::vector<FeatureMapsPtr> measuring)
    : m_packed(std::move(packed)), m_measuring(std::move(measuring)) {
    m_report.rows = std::move(rows);
    m_report.watched = watched;
    for (const ExperimentRow& row : m_report.rows)
        m_edits.push_back(row.edits);
}

bool Experiment::isOverUnits() const {
    return std::ranges::any_of(m_report.rows, [](const ExperimentRow& row) {
        return row.point && row.point->kind == SweepKind::Units;
    });
}

std::optional<ExperimentReport> Experiment::onPicture(const std::string& subject, const Run& known,
                                                      const std::stop_token& stop,
                                                      const ExperimentObserver& observer) {
    m_report.subject = subject;
    const auto trials = tryOnPicture(m_packed, known, m_edits, stop, observer.tried);
    if (!trials)
        return std::nullopt;
    if (!m_report.watched)
        m_report.watched = trials->reference.top();
    const LabelledInput sample{known.input(), {}, m_report.watched};
    m_report.reference.add(trials->reference, trials->reference, sample);
    for (std::size_t i = 0; i < m_edits.size(); ++i)
        m_report.rows[i].outcome.add(trials->results[i], trials->reference, sample);
    const auto feed = [&](SetTrials& measured) {
        return measured.add(std::vector{sample}, std::vector{trials->reference}, stop);
    };
    if (!measureAnew(feed, stop, observer))
        return std::nullopt;
    if (isOverUnits() && known.edits().isEmpty() &&
        std::ranges::any_of(known.graph().units(), &ResidualUnit::hasAddition))
        m_report.shares = scoreShares(known, *m_report.watched);
    return m_report;
}

std::optional<ExperimentReport> Experiment::onPictures(const std::string& subject, bool hasClasses, int count,
                                                       const ForEachBatch& forEachBatch,
                                                       const std::stop_token& stop,
                                                       const ExperimentObserver& observer) {
    m_report.subject = subject;
    m_report.isFolder = true;
    m_report.hasClasses = hasClasses;
    SetTrials trials(m_packed, m_edits);
    std::vector<Prediction> references;
    std::vector<LabelledInput> samples;
    const auto eachWatched = [&](const UseBatch& use) {
        return forEachBatch([&](std::span<const LabelledInput> batch) {
            samples.assign(batch.begin(), batch.end());
            for (LabelledInput& sample : samples)
                sample.watched = m_report.watched;
            return use(samples);
        });
    };
    const auto addTo = [&](std::span<const LabelledInput> batch) {
        if (!trials.add(batch, stop))
            return false;
        references.insert(references.end(), trials.lastReferences().begin(), trials.lastReferences().end());
        if (observer.tried)
            observer.tried(int(references.size()), count);
        return true;
    };
    if (!eachWatched(addTo) || stop.stop_requested())
        return std::nullopt;
    m_report.reference = trials.reference();
    for (std::size_t i = 0; i < m_edits.size(); ++i)
        m_report.rows[i].outcome = trials.results()[i];
    const auto feed = [&](SetTrials& measured) {
        std::size_t first = 0;
        return eachWatched([&](std::span<const LabelledInput> batch) {
            const auto known = std::span(references).subspan(first, batch.size());
            first += batch.size();
            return measured.add(batch, known, stop);
        });
    };
    if (!measureAnew(feed, stop, observer))
        return std::nullopt;
    return m_report;
}

// Each edit with batch norm measured anew, and the network without edits, too. False when stopped.
bool Experiment::measureAnew(const Feed& feed, const std::stop_token& stop,
                             const ExperimentObserver& observer) {
    if (m_measuring.empty())
        return true;
    const auto outcomeOf = [&](const Edits& edits) -> std::optional<Outcome> {
        const auto measured = withMeasuredBatchNorm(m_packed, edits, m_measuring, stop);
        if (!measured)
            return std::nullopt;
        SetTrials trials(std::make_shared<const PackedNetwork>(measured->network, m_packed->options()),
                         {measured->gains});
        if (!feed(trials) || stop.stop_requested())
            return std::nullopt;
        return trials.results().front();
    };
    m_report.measuredReference = outcomeOf({});
    for (std::size_t i = 0; m_report.measuredReference && i < m_edits.size(); ++i) {
        m_report.rows[i].measured = outcomeOf(m_edits[i]);
        if (!m_report.rows[i].measured)
            return false;
        if (observer.measured)
            observer.measured(int(i) + 1, int(m_edits.size()));
    }
    return m_report.measuredReference.has_value();
}

}  // namespace resnet

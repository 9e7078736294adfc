#include "ui/workspace/SessionRunner.h"

#include <mutex>
#include <optional>

namespace resnet::ui {

// What is kept from run to run: an executor holds the packed weights of its network. A run that is told to
// stop lets go of it within 100 ms; until then the next one waits.
struct SessionRunner::Engine {
    explicit Engine(int count) : threads(count) {}

    Executor& executorOf(const std::shared_ptr<const Network>& network) {
        if (!executor || executor->network() != network) {
            executor.reset();  // the old packing goes before the new one is made
            executor.emplace(network, threads);
        }
        return *executor;
    }

    const int threads;
    std::mutex mutex;
    std::optional<Executor> executor;  // guarded by it
};

namespace {

// Steps on their way to the GUI thread.
class Arrivals {
public:
    // Whether it is the first since they were taken.
    bool add(const FinishedStep& step) {
        const std::lock_guard lock(m_mutex);
        m_steps.push_back(step);
        return m_steps.size() == 1;
    }
    std::vector<FinishedStep> take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_steps, {});
    }

private:
    std::mutex m_mutex;
    std::vector<FinishedStep> m_steps;
};

}  // namespace

SessionRunner::SessionRunner(int threads, QObject* parent)
    : QObject(parent),
      m_engine(std::make_shared<Engine>(threads)),
      m_job(tr("not enough memory to compute this")) {}

SessionRunner::~SessionRunner() = default;

std::shared_ptr<const PackedNetwork> SessionRunner::packedOf(
    const std::shared_ptr<const Network>& network) const {
    auto packed = m_packed.lock();
    return packed && packed->network() == network ? packed : nullptr;
}

namespace {

// The run without edits comes first: what comes before the edits is the same in both.
bool isReferenceMissing(const Session& session) {
    return !session.edits().isEmpty() && !session.unedited.isComplete();
}

int missingOf(const Session& session, StepId last) {
    int missing = 0;
    StepId shared = 0;
    if (isReferenceMissing(session)) {
        missing += session.unedited.stepCount() - session.unedited.computedCount();
        shared = firstDifferentStep(session.graph(), {}, session.edits());
    }
    for (StepId step = shared; step <= last; ++step)
        missing += session.run.has(step) ? 0 : 1;
    return missing;
}

}  // namespace

void SessionRunner::start(const SessionPtr& session, StepId last, Purpose purpose) {
    m_purpose = purpose;
    m_last = last;
    m_job.start(
        [this, engine = m_engine, session, last](const BackgroundJob::Context& context) {
            const auto arrivals = std::make_shared<Arrivals>();
            return run(*engine, *session, last, context.stop(), [&](const FinishedStep& finished) {
                if (arrivals->add(finished))
                    context.report([this, arrivals] { takeSteps(arrivals->take()); });
            });
        },
        [this, session](const Result& result) { takeResult(session, result); },
        [this](const Error& error) {
            setProgress(0, 0);
            Q_EMIT failed(error);
        });
    setProgress(0, missingOf(*session, last));
}

// In the background.
SessionRunner::Result SessionRunner::run(Engine& engine, const Session& session, StepId last,
                                         const std::stop_token& stop, const StepObserver& observer) {
    const std::lock_guard lock(engine.mutex);
    if (stop.stop_requested())
        return {};
    try {
        Executor& executor = engine.executorOf(session.run.network());
        Result result{session.run, session.unedited, executor.packed()};
        if (isReferenceMissing(session)) {
            if (executor.run(result.unedited, stop, observer) == RunOutcome::Cancelled)
                return {};
            const Run shared = result.unedited.with(session.edits());
            if (shared.firstMissing() > result.run.firstMissing())
                result.run = shared.before(last + 1);
        }
        executor.run(result.run, last, stop, observer);
        return result;
    } catch (...) {
        engine.executor.reset();  // it may be what takes the memory
        throw;
    }
}

void SessionRunner::takeSteps(const std::vector<FinishedStep>& finished) {
    setProgress(m_progress.first + int(finished.size()), m_progress.second);
    if (m_purpose == Purpose::Shown)
        Q_EMIT stepsFinished(finished);
}

void SessionRunner::takeResult(const SessionPtr& session, const Result& result) {
    m_packed = result.packed;
    setProgress(0, 0);
    std::shared_ptr<Session> next;
    if (m_purpose == Purpose::Next) {
        next = std::make_shared<Session>(*session);
        next->run = result.run;
        next->unedited = result.unedited;
    }
    Q_EMIT ended(next);
}

void SessionRunner::cancel() {
    m_job.cancel();
    setProgress(0, 0);
}

void SessionRunner::setProgress(int finished, int total) {
    if (m_progress == std::pair(finished, total))
        return;
    m_progress = {finished, total};
    Q_EMIT progressChanged(finished, total);
}

}  // namespace resnet::ui

#include "ui/workspace/InferenceRunner.h"

#include <exception>
#include <new>
#include <utility>

namespace resnet::ui {

InferenceRunner::InferenceRunner(int threads, QObject* parent)
    : QObject(parent), m_threads(threads), m_worker([this](const std::stop_token& quit) { work(quit); }) {}

InferenceRunner::~InferenceRunner() {
    m_stop.request_stop();
    m_worker.request_stop();
    m_worker.join();  // before the members it uses go
}

InferenceRunner::RunId InferenceRunner::start(std::shared_ptr<const Network> network, Run activations,
                                              StepId last) {
    cancel();
    m_stop = std::stop_source();
    m_isRunning = true;
    {
        const std::lock_guard lock(m_mutex);
        m_next = Job{m_latestRun, std::move(network), std::move(activations), last, m_stop.get_token()};
    }
    m_wake.notify_one();
    return m_latestRun;
}

void InferenceRunner::cancel() {
    ++m_latestRun;
    m_isRunning = false;
    m_stop.request_stop();
}

void InferenceRunner::work(const std::stop_token& quit) {
    std::optional<Executor> executor;  // kept from run to run: it holds the packed weights
    while (!quit.stop_requested()) {
        std::optional<Job> job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, quit, [&] { return m_next.has_value(); }))
                return;
            job = std::exchange(m_next, std::nullopt);
        }
        if (job->stop.stop_requested())
            continue;
        const auto fail = [&](const QString& message) {
            executor.reset();
            deliver(job->id, [this, id = job->id, message] {
                m_isRunning = false;
                Q_EMIT failed(id, message);
            });
        };
        try {
            runJob(*job, executor);
        } catch (const std::bad_alloc&) {
            fail(tr("not enough memory to compute this"));
        } catch (const std::exception& error) {
            fail(QString::fromUtf8(error.what()));
        }
    }
}

void InferenceRunner::runJob(Job& job, std::optional<Executor>& executor) {
    if (!executor || executor->network() != job.network) {
        executor.reset();  // the old packing goes before the new one is made
        executor.emplace(job.network, m_threads);
    }
    const StepObserver observer = [&](const FinishedStep& finished) {
        deliver(job.id, [this, id = job.id, finished] { Q_EMIT stepFinished(id, finished); });
    };
    if (executor->run(job.activations, job.last, job.stop, observer) == RunOutcome::Cancelled)
        return;
    deliver(job.id,
            [this, id = job.id, activations = job.activations, packed = std::weak_ptr(executor->packed())] {
                m_isRunning = false;
                m_packed = packed;
                Q_EMIT ended(id, activations);
            });
}

template <typename Report>
void InferenceRunner::deliver(RunId id, Report report) {
    QMetaObject::invokeMethod(
        this,
        [this, id, report = std::move(report)] {
            if (id == m_latestRun)
                report();
        },
        Qt::QueuedConnection);
}

}  // namespace resnet::ui

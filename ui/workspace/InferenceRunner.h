#pragma once

#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"

#include <QObject>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace resnet::ui {

// Owns the thread that runs whole networks. One run at a time, the latest wins: starting or cancelling
// makes the run before it stale, and nothing of a stale run is signalled any more, however late it comes in.
// Signals come in the thread this object lives in.
class InferenceRunner : public QObject {
    Q_OBJECT
public:
    using RunId = quint64;

    explicit InferenceRunner(int threads = 0, QObject* parent = nullptr);
    ~InferenceRunner() override;

    // Computes what is missing in `activations` up to and including `last`. The signals name the run.
    RunId start(std::shared_ptr<const Network> network, Run activations, StepId last);
    void cancel();
    bool isRunning() const { return m_isRunning; }
    // The weights of the last run that ended, packed, for others to share; null when they are gone.
    std::shared_ptr<const PackedNetwork> packed() const { return m_packed.lock(); }

Q_SIGNALS:
    void stepFinished(quint64 run, const resnet::FinishedStep& finished);
    void ended(quint64 run, const resnet::Run& activations);
    void failed(quint64 run, const QString& message);

private:
    struct Job {
        RunId id = 0;
        std::shared_ptr<const Network> network;
        Run activations;
        StepId last = 0;
        std::stop_token stop;
    };

    void work(const std::stop_token& quit);
    void runJob(Job& job, std::optional<Executor>& executor);
    // Calls `report` in this object's thread, unless the run is stale by then.
    template <typename Report>
    void deliver(RunId id, Report report);

    const int m_threads;
    RunId m_latestRun = 0;  // touched in this object's thread only
    bool m_isRunning = false;
    std::weak_ptr<const PackedNetwork> m_packed;  // the executor's, which lives as long as its network is run
    std::stop_source m_stop;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Job> m_next;  // guarded by m_mutex
    std::jthread m_worker;
};

}  // namespace resnet::ui

#pragma once

#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/Session.h"

#include <QObject>

#include <utility>
#include <vector>

namespace resnet::ui {

// Computes sessions in the background, one at a time, of which the latest wins: nothing of a run that was
// overtaken or cancelled is signalled any more.
class SessionRunner : public QObject {
    Q_OBJECT
public:
    explicit SessionRunner(int threads = 0, QObject* parent = nullptr);
    ~SessionRunner() override;

    // Whether the session grows where it is looked at, or is the next, to be seen when all of it is there.
    enum class Purpose { Shown, Next };
    // Computes what is missing of the session's run up to and including `last`, and for the next session what
    // is missing of the run without edits.
    void start(const SessionPtr& session, StepId last, Purpose purpose);
    void cancel();

    bool isRunning() const { return m_job.isRunning(); }
    // How far the session that is looked at is being computed; `inputStep` while it is not.
    StepId comingUpTo() const { return isRunning() && m_purpose == Purpose::Shown ? m_last : inputStep; }
    // Steps finished and to be finished; {0, 0} while nothing runs.
    std::pair<int, int> progress() const { return m_progress; }
    // The network's weights, packed, for others to share; null unless the last run that ended was of it.
    std::shared_ptr<const PackedNetwork> packedOf(const std::shared_ptr<const Network>& network) const;

Q_SIGNALS:
    // Of the session that is looked at: all that have come since the last signal, in their order. A busy
    // window is not told of each.
    void stepsFinished(const std::vector<resnet::FinishedStep>& finished);
    // The run is over. `next` is the next session with all its outputs; null if it was not that.
    void ended(const resnet::ui::SessionPtr& next);
    void failed(const resnet::Error& error);
    void progressChanged(int finished, int total);

private:
    struct Engine;
    struct Result {
        Run run;
        Run unedited;
        std::weak_ptr<const PackedNetwork> packed;
    };
    static Result run(Engine& engine, const Session& session, StepId last, const std::stop_token& stop,
                      const StepObserver& observer);
    void takeSteps(const std::vector<FinishedStep>& finished);
    void takeResult(const SessionPtr& session, const Result& result);
    void setProgress(int finished, int total);

    Purpose m_purpose = Purpose::Shown;
    StepId m_last = inputStep;
    std::pair<int, int> m_progress{0, 0};
    std::weak_ptr<const PackedNetwork> m_packed;  // the engine's, which lives as long as its network is run
    const std::shared_ptr<Engine> m_engine;
    BackgroundJob m_job;
};

}  // namespace resnet::ui

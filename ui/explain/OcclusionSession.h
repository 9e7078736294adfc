#pragma once

#include "core/explain/Occlusion.h"
#include "ui/workspace/Workspace.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace resnet::ui {

// Runs occlusions off the GUI thread. The latest request wins: starting or cancelling makes the one before it
// stale, and nothing of a stale run is signalled any more. Signals come in the thread this object lives in.
class OcclusionRunner : public QObject {
    Q_OBJECT
public:
    explicit OcclusionRunner(QObject* parent = nullptr);
    ~OcclusionRunner() override;

    // `unhidden` is a finished pass; `packed` its network's weights if they are packed already, or null: then
    // they are, with `options`.
    void start(std::shared_ptr<const PackedNetwork> packed, const EngineOptions& options, Run unhidden,
               OcclusionRequest request);
    void cancel();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progressed(const resnet::OcclusionProgress& progress);
    void finished(std::shared_ptr<const resnet::OcclusionMap> map);
    void failed(const QString& message);

private:
    using RunId = quint64;
    // Calls `report` in this object's thread, unless the run is stale by then.
    template <typename Report>
    void deliver(RunId id, Report report);

    RunId m_latestRun = 0;  // touched in this object's thread only
    bool m_isRunning = false;
    std::stop_source m_stop;
    QThreadPool m_pool;
};

// The occlusion of the workspace's picture that is under way or was the last: what is known of it so far.
class OcclusionSession : public QObject {
    Q_OBJECT
public:
    explicit OcclusionSession(Workspace& workspace, QObject* parent = nullptr);

    // The workspace's pass must be finished.
    void start(const OcclusionRequest& request);
    // What is known stays.
    void cancel();
    void forget();

    bool isRunning() const { return m_runner.isRunning(); }
    // It ended before all patches were done.
    bool isStopped() const { return !isRunning() && m_progress.done < m_progress.total; }
    // How much probability the class loses, 0 where that is not known yet; null before the first patch.
    FeatureMapsPtr drops() const { return m_drops; }
    const OcclusionProgress& progress() const { return m_progress; }
    // Of the patches measured so far; 0 before the second.
    double millisecondsOfPatch() const { return m_millisecondsOfPatch; }

Q_SIGNALS:
    void progressed(const resnet::OcclusionProgress& progress);
    void ended();

private:
    void take(const OcclusionProgress& progress);

    Workspace& m_workspace;
    OcclusionRunner m_runner;
    OcclusionRequest m_request;
    OcclusionProgress m_progress;
    QElapsedTimer m_clock;
    double m_millisecondsOfPatch = 0.0;
    std::shared_ptr<FeatureMaps> m_drops;
};

}  // namespace resnet::ui

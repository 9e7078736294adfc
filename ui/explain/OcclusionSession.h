#pragma once

#include "core/explain/Occlusion.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/Workspace.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace resnet::ui {

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

    bool isRunning() const { return m_job.isRunning(); }
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
    OcclusionRequest m_request;
    OcclusionProgress m_progress;
    QElapsedTimer m_clock;
    double m_millisecondsOfPatch = 0.0;
    std::shared_ptr<FeatureMaps> m_drops;
    BackgroundJob m_job;
};

}  // namespace resnet::ui

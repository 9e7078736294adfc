#pragma once

#include "core/explain/Occlusion.h"

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

    // `unhidden` is a finished pass; `packed` the network's weights if they are packed already, or null.
    void start(std::shared_ptr<const Network> network, std::shared_ptr<const PackedNetwork> packed,
               Activations unhidden, OcclusionRequest request);
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

}  // namespace resnet::ui

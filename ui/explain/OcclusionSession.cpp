#include "ui/explain/OcclusionSession.h"

#include "core/Error.h"

#include <algorithm>
#include <new>

namespace resnet::ui {

OcclusionRunner::OcclusionRunner(QObject* parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

OcclusionRunner::~OcclusionRunner() {
    m_stop.request_stop();
    m_pool.waitForDone();
}

template <typename Report>
void OcclusionRunner::deliver(RunId id, Report report) {
    QMetaObject::invokeMethod(
        this,
        [this, id, report = std::move(report)] {
            if (id == m_latestRun)
                report();
        },
        Qt::QueuedConnection);
}

void OcclusionRunner::start(std::shared_ptr<const PackedNetwork> packed, const EngineOptions& options,
                            Run unhidden, OcclusionRequest request) {
    cancel();
    m_stop = std::stop_source();
    m_isRunning = true;
    const auto work = [this, id = m_latestRun, stop = m_stop.get_token(), packed = std::move(packed), options,
                       unhidden = std::move(unhidden), request] {
        const auto end = [this, id](auto report) {
            deliver(id, [this, report] {
                m_isRunning = false;
                report();
            });
        };
        try {
            if (stop.stop_requested())
                return;
            const auto ready =
                packed ? packed : std::make_shared<const PackedNetwork>(unhidden.network(), options);
            const auto observer = [this, id](const OcclusionProgress& progress) {
                deliver(id, [this, progress] { Q_EMIT progressed(progress); });
            };
            if (auto map = occlude(ready, unhidden, request, stop, observer))
                end([this, shared = std::make_shared<const OcclusionMap>(std::move(*map))] {
                    Q_EMIT finished(shared);
                });
        } catch (const Error& error) {
            end([this, message = QString::fromStdString(error.what())] { Q_EMIT failed(message); });
        } catch (const std::bad_alloc&) {
            end([this] { Q_EMIT failed(tr("Not enough memory for the occlusion.")); });
        }
    };
    m_pool.start(work);
}

void OcclusionRunner::cancel() {
    ++m_latestRun;
    m_stop.request_stop();
    m_isRunning = false;
}

OcclusionSession::OcclusionSession(Workspace& workspace, QObject* parent)
    : QObject(parent), m_workspace(workspace) {
    connect(&m_runner, &OcclusionRunner::progressed, this, &OcclusionSession::take);
    connect(&m_runner, &OcclusionRunner::finished, this, &OcclusionSession::ended);
    connect(&m_runner, &OcclusionRunner::failed, this, [this](const QString& message) {
        m_workspace.post({Notice::Kind::Error, message, {}});
        Q_EMIT ended();
    });
}

void OcclusionSession::start(const OcclusionRequest& request) {
    forget();
    m_request = request;
    m_runner.start(m_workspace.packedNetwork(), m_workspace.engineOptions(), m_workspace.activations(),
                   request);
}

void OcclusionSession::cancel() {
    m_runner.cancel();
    Q_EMIT ended();
}

void OcclusionSession::forget() {
    m_drops.reset();
    m_progress = {};
    m_millisecondsOfPatch = 0.0;
    cancel();
}

void OcclusionSession::take(const OcclusionProgress& progress) {
    if (!m_drops) {
        const FeatureShape shape = occlusionShape(m_workspace.activations().input()->shape(), m_request);
        m_drops = std::make_shared<FeatureMaps>(shape);
        std::fill_n(m_drops->data(), m_drops->size(), 0.0f);
        m_clock.start();  // what came before was preparing
    } else {
        m_millisecondsOfPatch = double(m_clock.elapsed()) / (progress.done - 1);
    }
    m_progress = progress;
    m_drops->at(0, progress.row, progress.column) = progress.probabilityDrop;
    Q_EMIT progressed(progress);
}

}  // namespace resnet::ui

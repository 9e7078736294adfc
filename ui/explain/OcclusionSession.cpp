#include "ui/explain/OcclusionSession.h"

#include <algorithm>

namespace resnet::ui {

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
    m_runner.start(m_workspace.model()->network, m_workspace.packedNetwork(), m_workspace.activations(),
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

#include "ui/explain/OcclusionSession.h"

#include <algorithm>

namespace resnet::ui {

OcclusionSession::OcclusionSession(Workspace& workspace, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_job(tr("Not enough memory for the occlusion.")) {
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::OtherRun))
            forget();
    });
}

void OcclusionSession::start(const OcclusionRequest& request) {
    forget();
    m_request = request;
    const auto work = [this, request, options = m_workspace.engineOptions(),
                       packed = m_workspace.packedNetwork(),
                       unhidden = m_workspace.activations()](const BackgroundJob::Context& context) {
        const auto ready =
            packed ? packed : std::make_shared<const PackedNetwork>(unhidden.network(), options);
        occlude(ready, unhidden, request, context.stop(), [&](const OcclusionProgress& progress) {
            context.report([this, progress] { take(progress); });
        });
    };
    m_job.start(
        work, [this] { Q_EMIT ended(); },
        [this](const Error& error) {
            m_workspace.post({Notice::Kind::Error, QString::fromUtf8(error.what()), {}});
            Q_EMIT ended();
        });
}

void OcclusionSession::cancel() {
    m_job.cancel();
    Q_EMIT ended();
}

void OcclusionSession::forget() {
    if (!isRunning() && !m_drops)
        return;
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

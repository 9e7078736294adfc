#include "ui/training/PlaneWalk.h"

#include "ui/training/DirectionFiles.h"
#include "ui/workspace/Workspace.h"

#include <QFileInfo>

namespace resnet::ui {

PlaneWalk::PlaneWalk(Workspace& workspace, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_job(tr("Not enough memory for a network of other weights.")) {}

const ModelPtr& PlaneWalk::origin() const {
    return m_walked ? m_origin : m_workspace.model();
}

bool PlaneWalk::follow() {
    const ModelPtr& open = m_workspace.model();
    if (open && open == m_walked)
        return true;
    const bool isBack = open && open == m_origin;
    m_walked.reset();
    m_origin.reset();
    return isBack;
}

void PlaneWalk::to(const MeasuredPlane& plane, std::uint64_t seed, const LandscapeCanvas::Place& place) {
    m_job.start(
        [plane, seed, place](const BackgroundJob::Context& context) {
            return movedModel(plane, seed, place.row, place.column, context.stop());
        },
        [this](ModelPtr moved) {
            if (!moved)
                return;
            m_origin = origin();
            m_walked = moved == m_origin ? nullptr : moved;
            m_workspace.setModel(moved);
        },
        [this](const Error& error) { m_workspace.post(error); });
}

void PlaneWalk::back() {
    m_job.cancel();
    if (m_walked)
        m_workspace.setModel(m_origin);
}

void PlaneWalk::saveDirections(const std::vector<MeasuredPlane>& planes, std::uint64_t seed,
                               const QString& folder) {
    m_job.start(
        [planes, seed, folder](const BackgroundJob::Context& context) {
            for (const MeasuredPlane& plane : planes) {
                const QString file =
                    QFileInfo(QString::fromStdString(plane.model->source)).completeBaseName();
                const Network& network = *plane.model->network;
                const Direction first = randomDirection(network, seed, context.stop());
                const Direction second = randomDirection(network, seed + 1, context.stop());
                if (context.stop().stop_requested())
                    return;
                writeDirections(folder, file.isEmpty() ? QStringLiteral("network") : file, first, second);
            }
        },
        [this, folder] { Q_EMIT saved(folder); }, [this](const Error& error) { m_workspace.post(error); });
}

}  // namespace resnet::ui

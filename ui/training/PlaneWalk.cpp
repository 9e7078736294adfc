#include "ui/training/PlaneWalk.h"

#include "ui/training/DirectionFiles.h"
#include "ui/workspace/Workspace.h"

#include <QFileInfo>

#include <utility>

namespace resnet::ui {

PlaneWalk::PlaneWalk(Workspace& workspace, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_job(tr("Not enough memory for a network of other weights.")) {
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            follow();
    });
}

const PlaneWalk::Walk* PlaneWalk::current() const {
    const ModelPtr& open = m_workspace.model();
    if (!open)
        return nullptr;
    return open == m_next.walked ? &m_next : open == m_now.walked ? &m_now : nullptr;
}

const ModelPtr& PlaneWalk::origin() const {
    const Walk* walk = current();
    return walk ? walk->origin : m_workspace.model();
}

std::optional<LandscapeCanvas::Place> PlaneWalk::placeOn(std::uint64_t seed, int side) const {
    const Walk* walk = current();
    return walk && walk->seed == seed && walk->side == side ? std::optional(walk->place) : std::nullopt;
}

void PlaneWalk::follow() {
    const Walk* walk = current();
    const bool wasAway = m_now.walked != nullptr;
    if (walk == &m_next)
        m_now = std::exchange(m_next, {});
    else if (!walk)
        m_now = m_next = {};
    if (walk || wasAway)
        Q_EMIT moved();
}

void PlaneWalk::to(const MeasuredPlane& plane, std::uint64_t seed, const LandscapeCanvas::Place& place) {
    m_job.start(
        [plane, seed, place](const BackgroundJob::Context& context) {
            return movedModel(plane, seed, place.row, place.column, context.stop());
        },
        [this, seed, place, side = plane.side](const ModelPtr& moved) {
            if (!moved)
                return;
            m_next = {origin(), moved, seed, side, place};
            if (moved == m_next.origin)
                m_next = {};
            m_workspace.setModel(moved);
        },
        [this](const Error& error) { m_workspace.post(error); });
}

void PlaneWalk::back() {
    m_job.cancel();
    if (isAway())
        m_workspace.setModel(origin());
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

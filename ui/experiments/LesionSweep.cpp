#include "ui/experiments/LesionSweep.h"

#include "core/experiments/EditSweep.h"
#include "core/inference/PackedNetwork.h"

#include <algorithm>

namespace resnet::ui {

LesionSweep::LesionSweep(Workspace& workspace, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_job(tr("not enough memory to switch the units off")) {
    connect(&m_workspace, &Workspace::changed, this, &LesionSweep::follow);
    connect(&m_job, &BackgroundJob::runningChanged, this, &LesionSweep::changed);
}

// The window may hold results of a picture that is there no more.
void LesionSweep::follow() {
    const Run& reference = m_workspace.reference();
    if (!m_input || (reference.input() == m_input && reference.network() == m_network))
        return;
    m_input.reset();
    m_network.reset();
    m_results.reset();
    m_job.cancel();
    setProgress(0, 0);
}

QString LesionSweep::whyNot() const {
    if (!m_workspace.session().hasInput())
        return tr("Open a picture and a network first.");
    if (std::ranges::none_of(m_workspace.session().graph().units(), &ResidualUnit::hasAddition))
        return tr("This network has no shortcuts: no way of a unit can be switched off.");
    if (!m_workspace.reference().isComplete())
        return tr("The picture has to go through the whole network first (key End).");
    return {};
}

void LesionSweep::start() {
    if (!whyNot().isEmpty())
        return;
    const Run known = m_workspace.reference();
    m_input = known.input();
    m_network = known.network();
    m_results.reset();
    std::vector<Edits> edits;
    for (const SweepKind kind : {SweepKind::Units, SweepKind::Shortcuts})
        for (const SweepPoint& point : sweepPoints(known.graph(), {.kind = kind}))
            edits.push_back(point.edits);
    const auto work = [this, known, edits, options = m_workspace.engineOptions(),
                       packed = m_workspace.packedNetwork()](const BackgroundJob::Context& context) {
        const auto ready = packed ? packed : std::make_shared<const PackedNetwork>(known.network(), options);
        return tryOnPicture(ready, known, edits, context.stop(), [&](int done, int total) {
            context.report([this, done, total] { setProgress(done, total); });
        });
    };
    m_job.start(
        work,
        [this](const std::optional<PictureTrials>& trials) {
            const auto half = trials->results.begin() + std::ptrdiff_t(trials->results.size() / 2);
            m_results = {trials->reference, {trials->results.begin(), half}, {half, trials->results.end()}};
            setProgress(0, 0);
        },
        [this](const Error& error) {
            m_workspace.post(error);
            setProgress(0, 0);
        });
    setProgress(0, int(edits.size()));
}

void LesionSweep::cancel() {
    m_job.cancel();
    setProgress(0, 0);
}

void LesionSweep::setProgress(int done, int total) {
    m_progress = {done, total};
    Q_EMIT changed();
}

}  // namespace resnet::ui

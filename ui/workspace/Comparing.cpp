#include "ui/workspace/Comparing.h"

#include "core/inference/Executor.h"
#include "core/model/ModelInput.h"
#include "core/tensor/FreedMemory.h"
#include "ui/images/PictureReader.h"

#include <QFileInfo>

#include <tuple>
#include <utility>

namespace resnet::ui {

Comparing::Comparing(const EngineOptions& options, QObject* parent)
    : QObject(parent),
      m_options(options),
      m_reading(tr("not enough memory to open what is to be compared")),
      m_computing(tr("not enough memory to compute the other run")) {}

void Comparing::openFile(const QString& path, const ModelRequest& request, const ModelMemory& memory) {
    m_reading.start(
        [path, request, memory](const BackgroundJob::Context& context) {
            ComparedWith with;
            with.name = QFileInfo(path).fileName();
            if (isPictureFile(path))
                with.picture = readPicture(path, {}, {}, context.stop());
            else
                with.model = memory.recall(openModel(path.toStdString(), request, context.stop()));
            return with;
        },
        [this](const ComparedWith& with) { compareWith(with); },
        [this](const Error& error) { Q_EMIT failed(error); });
}

void Comparing::compareWith(const ComparedWith& with) {
    m_reading.cancel();
    m_computing.cancel();
    m_with = with;
    m_asked.reset();
    m_run = {};
    Q_EMIT changed();
}

Comparing::Subject Comparing::subjectFor(const Session& session) const {
    return {m_with.model ? m_with.model : session.model, m_with.picture ? m_with.picture : session.picture,
            m_with.edits   ? *m_with.edits
            : m_with.model ? Edits()
                           : session.edits()};
}

Run Comparing::runFor(const Session& session) const {
    const bool isThere = !m_with.isEmpty() && m_run.network() && session.model;
    return isThere && m_computed == subjectFor(session) ? m_run : Run();
}

void Comparing::follow(const Session& session, const std::shared_ptr<const PackedNetwork>& packed) {
    if (m_with.isEmpty() || !session.isComputed())
        return;
    const Subject subject = subjectFor(session);
    if (!subject.picture || (m_asked && *m_asked == subject))
        return;
    m_asked = subject;
    m_computing.start(
        [subject, packed, options = m_options](const BackgroundJob::Context& context) {
            const auto image = std::make_shared<const Image>(seenBy(*subject.model, subject.picture->image));
            Run run(subject.model->network, inputOfSeen(*subject.model, *image), subject.edits);
            const bool isPacked = packed && packed->network() == subject.model->network;
            Executor(isPacked ? packed
                              : std::make_shared<const PackedNetwork>(subject.model->network, options))
                .run(run, context.stop());
            returnFreedMemory();
            return std::pair(run, image);
        },
        [this, subject](const std::pair<Run, std::shared_ptr<const Image>>& computed) {
            m_computed = subject;
            std::tie(m_run, m_image) = computed;
            Q_EMIT changed();
        },
        [this](const Error& error) { Q_EMIT failed(error); });
}

}  // namespace resnet::ui

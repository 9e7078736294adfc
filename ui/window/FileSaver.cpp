#include "ui/window/FileSaver.h"

#include "ui/exports/WholeFile.h"
#include "ui/workspace/BackgroundJob.h"

namespace resnet::ui {

FileSaver::FileSaver(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {}

void FileSaver::save(const QString& path, MakeBytes bytes) {
    Saving& saving = m_savings[path];
    if (!saving.job)
        saving = {new BackgroundJob(tr("not enough memory to save this"), this),
                  std::make_shared<std::mutex>()};
    saving.job->start(
        [path, bytes = std::move(bytes), writing = saving.writing](const BackgroundJob::Context& context) {
            const QByteArray made = bytes(context.stop());
            const std::lock_guard lock(*writing);
            if (!context.stop().stop_requested())
                writeWholeFile(path, made);
        },
        [this, path] { end(path, savedNotice(path)); },
        [this, path](const Error& error) {
            end(path, {Notice::Kind::Error, QString::fromUtf8(error.what()), {}});
        });
}

void FileSaver::end(const QString& path, const Notice& notice) {
    m_savings.take(path).job->deleteLater();
    m_workspace.post(notice);
}

}  // namespace resnet::ui

#include "ui/window/FileSaver.h"

#include "ui/exports/WholeFile.h"
#include "ui/workspace/BackgroundJob.h"

namespace resnet::ui {

FileSaver::FileSaver(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {}

void FileSaver::save(const QString& path, MakeBytes bytes) {
    BackgroundJob*& job = m_jobs[path];
    if (!job)
        job = new BackgroundJob(tr("not enough memory to save this"), this);
    job->start([path, bytes = std::move(bytes)](
                   const BackgroundJob::Context& context) { writeWholeFile(path, bytes(context.stop())); },
               [this, path] { end(path, savedNotice(path)); },
               [this, path](const Error& error) {
                   end(path, {Notice::Kind::Error, QString::fromUtf8(error.what()), {}});
               });
}

void FileSaver::end(const QString& path, const Notice& notice) {
    m_jobs.take(path)->deleteLater();
    m_workspace.post(notice);
}

}  // namespace resnet::ui

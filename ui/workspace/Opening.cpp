#include "ui/workspace/Opening.h"

#include "core/model/ModelInput.h"
#include "core/model/ModelSettings.h"
#include "ui/images/PictureReader.h"

namespace resnet::ui {

namespace {

SessionPtr sessionOf(const ModelPtr& model, const PicturePtr& picture) {
    auto session = std::make_shared<Session>();
    session->model = model;
    session->picture = picture;
    FeatureMapsPtr input;
    if (picture) {
        session->image = std::make_shared<const Image>(seenBy(*model, picture->image));
        input = inputOfSeen(*model, *session->image);
    }
    session->run = Run(model->network, input);
    return session;
}

}  // namespace

Opening::Opening(QObject* parent)
    : QObject(parent),
      m_pictureReading(tr("not enough memory to open this picture")),
      m_modelReading(tr("not enough memory to open this network")),
      m_fileReading(tr("not enough memory to open this file")),
      m_preparing(tr("not enough memory to prepare the picture")),
      m_remembering(tr("not enough memory to keep the settings")) {
    setRequest({});
    for (BackgroundJob* job : {&m_pictureReading, &m_modelReading, &m_fileReading, &m_preparing})
        connect(job, &BackgroundJob::runningChanged, this, &Opening::busyChanged);
}

void Opening::setRequest(const ModelRequest& request) {
    m_request = request;
    m_request.guessesShortcut = true;
}

bool Opening::isBusy() const {
    return m_pictureReading.isRunning() || m_modelReading.isRunning() || m_fileReading.isRunning() ||
           m_preparing.isRunning();
}

void Opening::openWeightsFile(const QString& path) {
    read(m_modelReading,
         [path = path.toStdString(), request = m_request, memory = m_memory](const auto& stop) {
             return Opened{memory.recall(openModel(path, request, stop)), nullptr};
         });
}

void Opening::createModel(const ModelRequest& request) {
    read(m_modelReading, [request](const auto&) { return Opened{newModel(request), nullptr}; });
}

void Opening::changeSettings(const ModelPtr& model, const ModelRequest& settings) {
    read(m_modelReading, [model, settings](const auto&) {
        return Opened{withSettings(model, settings), nullptr};
    });
}

void Opening::openPictureFile(const QString& path, const QString& title, const Caption& caption) {
    read(m_pictureReading, [path, title, caption](const auto& stop) {
        return Opened{nullptr, readPicture(path, title, caption, stop)};
    });
}

void Opening::openPicture(const QImage& image, const QString& name) {
    read(m_pictureReading, [image, name](const auto&) { return Opened{nullptr, pictureFrom(image, name)}; });
}

void Opening::openFile(const QString& path) {
    read(m_fileReading, [path, request = m_request, memory = m_memory](const auto& stop) {
        return isPictureFile(path)
                   ? Opened{nullptr, readPicture(path, {}, {}, stop)}
                   : Opened{memory.recall(openModel(path.toStdString(), request, stop)), nullptr};
    });
}

void Opening::read(BackgroundJob& job, Read work) {
    job.start(
        [work = std::move(work)](const BackgroundJob::Context& context) { return work(context.stop()); },
        [this](const Opened& opened) {
            if (opened.model)
                setModel(opened.model);
            else
                setPicture(opened.picture);
        },
        [this](const Error& error) { Q_EMIT unreadable(error); });
}

void Opening::setPicture(const PicturePtr& picture) {
    for (const QString& note : picture->notes)
        Q_EMIT noticePosted({Notice::Kind::Warning, picture->name + QStringLiteral(": ") + note, {}});
    m_picture = picture;
    if (m_model)
        prepare();
}

void Opening::setModel(const ModelPtr& model) {
    m_model = model;
    if (m_picture)
        prepare();
    else
        Q_EMIT prepared(sessionOf(model, nullptr));
}

void Opening::prepare() {
    m_preparing.start(
        [model = m_model, picture = m_picture](const auto&) { return sessionOf(model, picture); },
        [this](const SessionPtr& session) { Q_EMIT prepared(session); },
        [this](const Error& error) { Q_EMIT unusable(error); });
}

void Opening::remember(const ModelPtr& model) {
    m_toRemember.push_back(model);
    if (!m_remembering.isRunning())
        rememberNext();
}

// One after the other: each is about a file of its own.
void Opening::rememberNext() {
    if (m_toRemember.empty())
        return;
    m_remembering.start(
        [memory = m_memory, models = std::exchange(m_toRemember, {})](const auto&) {
            for (const ModelPtr& model : models)
                memory.remember(*model);
        },
        [this] { rememberNext(); }, [this](const Error&) { rememberNext(); });
}

void Opening::cancel() {
    for (BackgroundJob* job : {&m_pictureReading, &m_modelReading, &m_fileReading, &m_preparing})
        job->cancel();
}

void Opening::revertTo(const ModelPtr& model, const PicturePtr& picture) {
    m_model = model;
    m_picture = picture;
}

}  // namespace resnet::ui

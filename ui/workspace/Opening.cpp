#include "ui/workspace/Opening.h"

#include "core/model/ModelInput.h"
#include "core/model/ModelSettings.h"
#include "ui/images/PictureReader.h"

namespace resnet::ui {

namespace {

PreparedInput preparedInput(const ModelPtr& model, const PicturePtr& picture) {
    PreparedInput prepared{model, picture, {}, {}};
    prepared.croppedImage = seenBy(*model, picture->image);
    prepared.tensor = inputOfSeen(*model, prepared.croppedImage);
    return prepared;
}

}  // namespace

Opening::Opening(QObject* parent) : QObject(parent) {
    connect(&m_queue, &OpeningQueue::busyChanged, this, &Opening::busyChanged);
}

void Opening::openWeightsFile(const QString& path) {
    read(OpeningQueue::Kind::Model, [path = path.toStdString(), request = m_request, memory = m_memory] {
        return Opened{memory.recall(openModel(path, request)), nullptr};
    });
}

void Opening::createModel(const ModelRequest& request) {
    read(OpeningQueue::Kind::Model, [request] { return Opened{newModel(request), nullptr}; });
}

void Opening::changeSettings(const ModelPtr& model, const ModelRequest& settings) {
    read(OpeningQueue::Kind::Model, [model, settings] {
        return Opened{withSettings(model, settings), nullptr};
    });
}

void Opening::openPictureFile(const QString& path, const QString& title, const Caption& caption) {
    read(OpeningQueue::Kind::Picture, [path, title, caption] {
        return Opened{nullptr, readPicture(path, title, caption)};
    });
}

void Opening::openPicture(const QImage& image, const QString& name) {
    read(OpeningQueue::Kind::Picture, [image, name] { return Opened{nullptr, pictureFrom(image, name)}; });
}

void Opening::openFile(const QString& path) {
    read(OpeningQueue::Kind::File, [path, request = m_request, memory = m_memory] {
        return isPictureFile(path) ? Opened{nullptr, readPicture(path)}
                                   : Opened{memory.recall(openModel(path.toStdString(), request)), nullptr};
    });
}

void Opening::read(OpeningQueue::Kind kind, std::function<Opened()> work) {
    m_queue.start<Opened>(
        kind, std::move(work),
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
        Q_EMIT prepared({model, nullptr, {}, nullptr});
}

void Opening::prepare() {
    m_queue.start<PreparedInput>(
        OpeningQueue::Kind::Input,
        [model = m_model, picture = m_picture] { return preparedInput(model, picture); },
        [this](const PreparedInput& input) { Q_EMIT prepared(input); },
        [this](const Error& error) { Q_EMIT unusable(error); });
}

void Opening::remember(const ModelPtr& model) {
    m_queue.start<bool>(
        OpeningQueue::Kind::Memory,
        [memory = m_memory, model] {
            memory.remember(*model);
            return true;
        },
        [](bool) {}, [](const Error&) {});
}

void Opening::revertTo(const ModelPtr& model, const PicturePtr& picture) {
    m_model = model;
    m_picture = picture;
}

}  // namespace resnet::ui

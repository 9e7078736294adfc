#pragma once

#include "core/Error.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/Notice.h"
#include "ui/workspace/Session.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <functional>
#include <stop_token>
#include <vector>

namespace resnet::ui {

// The way from a file to a session that can be run, off the GUI thread: what is asked for is read, then
// prepared together with the latest of the other kind. The latest request of each kind wins: one that is
// overtaken or given up is stopped, and nothing of it is signalled any more.
class Opening : public QObject {
    Q_OBJECT
public:
    explicit Opening(QObject* parent = nullptr);

    bool isBusy() const;

    // In a window what is guessed can be changed, so nothing is refused that is only not told.
    void setRequest(const ModelRequest& request);
    void setMemory(const ModelMemory& memory) { m_memory = memory; }
    const ModelRequest& request() const { return m_request; }
    const ModelMemory& memory() const { return m_memory; }

    void openWeightsFile(const QString& path);
    void openPictureFile(const QString& path, const QString& title, const Caption& caption);
    void openPicture(const QImage& image, const QString& name);
    void openFile(const QString& path);
    void createModel(const ModelRequest& request);
    void changeSettings(const ModelPtr& model, const ModelRequest& settings);
    void setPicture(const PicturePtr& picture);
    void setModel(const ModelPtr& model);

    // Keeps a model's settings for its file, in the background.
    void remember(const ModelPtr& model);

    // Drops pending requests; the next one is prepared against this model and picture.
    void revertTo(const ModelPtr& model, const PicturePtr& picture);
    void cancel();

Q_SIGNALS:
    // With nothing computed yet.
    void prepared(const resnet::ui::SessionPtr& session);
    // A file could not be read; other pending requests continue.
    void unreadable(const resnet::Error& error);
    // The picture does not go with the model.
    void unusable(const resnet::Error& error);
    void noticePosted(const resnet::ui::Notice& notice);
    void busyChanged();

private:
    // What a file turned out to hold: one of the two.
    struct Opened {
        ModelPtr model;
        PicturePtr picture;
    };
    using Read = std::function<Opened(const std::stop_token&)>;
    void read(BackgroundJob& job, Read work);
    void prepare();
    void rememberNext();

    ModelRequest m_request;
    ModelMemory m_memory;
    ModelPtr m_model;  // the latest that was asked for, else what is open
    PicturePtr m_picture;
    std::vector<ModelPtr> m_toRemember;

    BackgroundJob m_pictureReading;
    BackgroundJob m_modelReading;
    BackgroundJob m_fileReading;  // of a picture or model, whichever it turns out to be
    BackgroundJob m_preparing;
    BackgroundJob m_remembering;
};

}  // namespace resnet::ui

#pragma once

#include "core/Error.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/Notice.h"
#include "ui/workspace/OpeningQueue.h"

#include <QImage>
#include <QObject>
#include <QString>

namespace resnet::ui {

// A picture in a model, ready to be run: what the network sees of it, and the same as a tensor. Without a
// picture there is neither.
struct PreparedInput {
    ModelPtr model;
    PicturePtr picture;
    Image croppedImage;
    FeatureMapsPtr tensor;
};

// The way from a file to an input that can be run, off the GUI thread: what is asked for is read, then
// prepared together with the latest of the other kind. The latest request of each kind wins, and nothing of
// one that was overtaken or given up is signalled any more.
class Opening : public QObject {
    Q_OBJECT
public:
    explicit Opening(QObject* parent = nullptr);

    bool isBusy() const { return m_queue.isBusy(); }

    void setRequest(const ModelRequest& request) { m_request = request; }
    void setMemory(const ModelMemory& memory) { m_memory = memory; }

    void openWeightsFile(const QString& path);
    void openPictureFile(const QString& path, const QString& title, const Caption& caption);
    void openPicture(const QImage& image, const QString& name);
    void openFile(const QString& path);
    void createModel(const ModelRequest& request);
    void changeSettings(const ModelPtr& model, const ModelRequest& settings);
    void setPicture(const PicturePtr& picture);
    void setModel(const ModelPtr& model);

    // Keeps a model's settings for its file.
    void remember(const ModelPtr& model);

    // Drops pending requests; the next one is prepared against this model and picture.
    void revertTo(const ModelPtr& model, const PicturePtr& picture);
    void cancelAll() { m_queue.cancelAll(); }

Q_SIGNALS:
    void prepared(const resnet::ui::PreparedInput& input);
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
    void read(OpeningQueue::Kind kind, std::function<Opened()> work);
    void prepare();

    ModelRequest m_request;
    ModelMemory m_memory;
    ModelPtr m_model;  // the latest that was asked for, else what is open
    PicturePtr m_picture;
    OpeningQueue m_queue;
};

}  // namespace resnet::ui

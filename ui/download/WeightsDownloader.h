#pragma once

#include "ui/workspace/BackgroundJob.h"

#include <QByteArray>
#include <QFile>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace resnet::ui {

// A weights file on the internet and how to know that it is the right one.
struct PublishedWeights {
    QUrl url;
    QString fileName;
    QByteArray sha256;     // hexadecimal, lower case
    qint64 size = 0;       // bytes, about
    qint64 sizeLimit = 0;  // bytes; what is larger is not it
};

// torchvision's ResNet-34 with the weights IMAGENET1K_V1. PyTorch checks the eight digits in the file's name;
// here the whole sum is known.
PublishedWeights torchvisionResNet34();

// Fetches a weights file into a folder. It grows as FILE.part, which stays when the transfer breaks off and
// is continued the next time; only when its sum is right does it get its name, in one step. A file that is
// there already is checked and not fetched again. Never waits: files are brought to the disk and sums
// computed in the background.
class WeightsDownloader : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Fetching, Checking };

    WeightsDownloader(PublishedWeights weights, const QString& folder, QObject* parent = nullptr);
    ~WeightsDownloader() override;

    const PublishedWeights& weights() const { return m_weights; }
    QString target() const { return m_target; }
    State state() const { return m_state; }
    // What an earlier attempt left, in bytes.
    qint64 partSize() const;
    // A server that sends nothing for so long has stopped. 30 s unless told.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

public Q_SLOTS:
    void start();
    // Stops; what has come stays for the next time.
    void cancel();

Q_SIGNALS:
    void stateChanged();
    void progressed(qint64 received, qint64 total);
    // One of these ends every start() that was not cancelled.
    void finished(const QString& path);
    void failed(const QString& reason);

private:
    void request();
    void onData();
    // Whether the answer's bytes belong at the end of the part file. Anything else ends the transfer, or
    // begins it again.
    bool acceptAnswer();
    void startOver();
    void onReplyFinished();
    void dropReply();
    void check(const QString& path);
    void onChecked(const QString& path, const QByteArray& sum);
    void fail(const QString& reason);
    void setState(State state);
    QString partPath() const { return m_target + QStringLiteral(".part"); }

    const PublishedWeights m_weights;
    const QString m_folder;
    const QString m_target;
    std::chrono::milliseconds m_patience{30'000};
    State m_state = State::Idle;
    bool m_isAccepted = false;  // the answer under way
    bool m_hasStartedOver = false;
    qint64 m_received = 0;  // bytes in the part file
    qint64 m_total = 0;
    QFile m_part;
    std::unique_ptr<QLockFile> m_lock;
    QNetworkAccessManager* m_network;
    QNetworkReply* m_reply = nullptr;
    BackgroundJob m_checking;
};

}  // namespace resnet::ui

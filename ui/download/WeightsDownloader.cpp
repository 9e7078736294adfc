#include "ui/download/WeightsDownloader.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace resnet::ui {

PublishedWeights torchvisionResNet34() {
    return {QUrl(QStringLiteral("https://download.pytorch.org/models/resnet34-b627a593.pth")),
            QStringLiteral("resnet34-b627a593.pth"),
            "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f", 87'319'819, 84 * 1024 * 1024};
}

namespace {

constexpr qint64 readAhead = 1024 * 1024;
constexpr int digitsTold = 16;  // of a sum of 64

int statusOf(const QNetworkReply& reply) {
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

// "bytes 100-999/1000" or "bytes */1000" (RFC 9110, 14.4). The first is -1 in the second form, the total
// if it is not told.
struct ContentRange {
    qint64 first = -1;
    qint64 total = -1;
};

ContentRange contentRangeOf(const QNetworkReply& reply) {
    static const QRegularExpression form(
        QStringLiteral("^bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)$"));
    const auto match = form.match(QString::fromLatin1(reply.rawHeader("Content-Range")));
    const auto number = [&](int group) {
        bool isNumber = false;
        const qint64 value = match.captured(group).toLongLong(&isNumber);
        return isNumber ? value : -1;
    };
    return {number(1), number(2)};
}

QString problemOf(const QNetworkReply& reply, std::chrono::milliseconds patience) {
    const QString host = reply.url().host();
    const int status = statusOf(reply);
    if (status >= 400) {
        const QString phrase =
            reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString().left(60);
        return WeightsDownloader::tr("%1 answered %2 %3").arg(host).arg(status).arg(phrase).trimmed();
    }
    switch (reply.error()) {
        case QNetworkReply::HostNotFoundError:
            return WeightsDownloader::tr("%1 was not found; this machine may be offline").arg(host);
        case QNetworkReply::OperationCanceledError:
            return WeightsDownloader::tr("%1 sent nothing for %2 s").arg(host).arg(patience.count() / 1000.0);
        case QNetworkReply::RemoteHostClosedError:
            return WeightsDownloader::tr("the connection to %1 broke off").arg(host);
        case QNetworkReply::TooManyRedirectsError:
            return WeightsDownloader::tr("%1 points from one address to the next without end").arg(host);
        default:
            return WeightsDownloader::tr("%1 could not be reached: %2").arg(host, reply.errorString());
    }
}

// Brings a file to the disk and gives its sum; empty if it cannot be read.
QByteArray sha256Of(const QString& path, const std::stop_token& stop) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    ::fsync(file.handle());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (!stop.stop_requested()) {
        const QByteArray piece = file.read(readAhead);
        if (piece.isEmpty())
            break;
        hash.addData(piece);
    }
    return file.atEnd() ? hash.result().toHex() : QByteArray();
}

}  // namespace

WeightsDownloader::WeightsDownloader(PublishedWeights weights, const QString& folder, QObject* parent)
    : QObject(parent),
      m_weights(std::move(weights)),
      m_folder(folder),
      m_target(QDir(folder).absoluteFilePath(m_weights.fileName)),
      m_network(new QNetworkAccessManager(this)),
      m_checking(tr("there is not enough memory to check the file")) {}

WeightsDownloader::~WeightsDownloader() {
    dropReply();
}

qint64 WeightsDownloader::partSize() const {
    return QFileInfo(partPath()).size();
}

void WeightsDownloader::start() {
    if (m_state != State::Idle)
        return;
    m_hasStartedOver = false;
    if (!QDir().mkpath(m_folder))
        return fail(tr("the folder %1 cannot be made").arg(m_folder));
    m_lock = std::make_unique<QLockFile>(m_target + QStringLiteral(".lock"));
    m_lock->setStaleLockTime(0);  // a transfer may take hours; a lock of a program that ended is still found
    if (!m_lock->tryLock()) {
        const bool isTaken = m_lock->error() == QLockFile::LockFailedError;
        return fail(isTaken ? tr("another window is fetching this file")
                            : tr("the folder %1 cannot be written to").arg(m_folder));
    }
    if (QFileInfo(m_target).isFile())
        check(m_target);
    else
        request();
}

void WeightsDownloader::cancel() {
    setState(State::Idle);
}

void WeightsDownloader::request() {
    m_part.setFileName(partPath());
    if (!m_part.open(QIODevice::WriteOnly | QIODevice::Append))
        return fail(tr("%1 cannot be written: %2").arg(partPath(), m_part.errorString()));
    if (m_part.size() > m_weights.sizeLimit)
        m_part.resize(0);
    m_received = m_part.size();
    m_total = m_weights.size;
    m_isAccepted = false;

    QNetworkRequest request(m_weights.url);
    request.setTransferTimeout(int(m_patience.count()));
    request.setMaximumRedirectsAllowed(5);
    request.setRawHeader("User-Agent", "ResNet-Explorer");
    request.setRawHeader("Accept-Encoding", "identity");
    if (m_received > 0)
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_received) + '-');
    m_reply = m_network->get(request);
    m_reply->setReadBufferSize(readAhead);
    connect(m_reply, &QNetworkReply::readyRead, this, &WeightsDownloader::onData);
    connect(m_reply, &QNetworkReply::finished, this, &WeightsDownloader::onReplyFinished);
    setState(State::Fetching);
    Q_EMIT progressed(m_received, m_total);
}

bool WeightsDownloader::acceptAnswer() {
    const int status = statusOf(*m_reply);
    if (status != 200 && status != 206)
        return false;
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (status == 206) {
        const ContentRange range = contentRangeOf(*m_reply);
        if (range.first != m_received) {
            startOver();
            return false;
        }
        m_total = range.total > 0 ? range.total : m_received + length;
    } else {
        // All of it, though a part was there: the server does not continue.
        m_part.resize(0);
        m_received = 0;
        m_total = length;
    }
    m_isAccepted = true;
    return true;
}

void WeightsDownloader::startOver() {
    dropReply();
    m_part.close();
    QFile::remove(partPath());
    if (std::exchange(m_hasStartedOver, true))
        return fail(tr("%1 does not send the bytes that it was asked for").arg(m_weights.url.host()));
    request();
}

void WeightsDownloader::onData() {
    if (!m_reply || (!m_isAccepted && !acceptAnswer()))
        return;
    const QByteArray bytes = m_reply->readAll();
    if (std::max(m_total, m_received + bytes.size()) > m_weights.sizeLimit) {
        dropReply();
        m_part.remove();
        return fail(tr("%1 sends more than the file's %2 MiB; it was removed")
                        .arg(m_weights.url.host())
                        .arg(double(m_weights.size) / 1048576.0, 0, 'f', 1));
    }
    if (m_part.write(bytes) != bytes.size() || !m_part.flush())
        return fail(tr("%1 cannot be written: %2").arg(partPath(), m_part.errorString()));
    m_received += bytes.size();
    Q_EMIT progressed(m_received, m_total);
}

void WeightsDownloader::onReplyFinished() {
    QNetworkReply* const reply = m_reply;
    if (reply && reply->bytesAvailable() > 0)
        onData();
    if (!reply || reply != m_reply)
        return;                     // that was its end
    if (statusOf(*reply) == 416) {  // nothing is left to send, or the part is none of this file
        const qint64 total = contentRangeOf(*reply).total;
        if (total != m_received)
            return startOver();
    } else if (reply->error() != QNetworkReply::NoError) {
        return fail(problemOf(*reply, m_patience));
    } else if (m_total > m_received && m_isAccepted) {
        return fail(tr("the connection to %1 broke off").arg(reply->url().host()));
    }
    dropReply();
    m_part.close();
    check(partPath());
}

void WeightsDownloader::check(const QString& path) {
    setState(State::Checking);
    m_checking.start([path](const BackgroundJob::Context& context) { return sha256Of(path, context.stop()); },
                     [this, path](const QByteArray& sum) { onChecked(path, sum); },
                     [this](const Error& error) { fail(QString::fromUtf8(error.what())); });
}

void WeightsDownloader::onChecked(const QString& path, const QByteArray& sum) {
    const bool isRight = sum == m_weights.sha256;
    const bool isPart = path != m_target;
    if (!isRight && !isPart)
        return request();  // some other file of that name, replaced when the right one is there
    if (!isRight) {
        QFile::remove(path);
        return fail(
            tr("what came is damaged or another file (its SHA-256 begins with %1, expected %2); it was removed")
                .arg(QString::fromLatin1(sum.left(digitsTold)),
                     QString::fromLatin1(m_weights.sha256.left(digitsTold))));
    }
    if (isPart && std::rename(QFile::encodeName(path), QFile::encodeName(m_target)) != 0)
        return fail(
            tr("%1 cannot be written: %2").arg(m_target, QString::fromLocal8Bit(std::strerror(errno))));
    setState(State::Idle);
    Q_EMIT finished(m_target);
}

void WeightsDownloader::dropReply() {
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void WeightsDownloader::fail(const QString& reason) {
    setState(State::Idle);
    Q_EMIT failed(reason);
}

void WeightsDownloader::setState(State state) {
    if (state == State::Idle) {
        m_checking.cancel();
        dropReply();
        m_part.close();
        m_lock.reset();
    }
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

}  // namespace resnet::ui

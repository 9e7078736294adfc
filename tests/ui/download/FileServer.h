#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <memory>
#include <utility>

namespace resnet::ui::test {

inline QByteArray fileOf(int size) {
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char& byte : bytes)
        byte = char((state = state * 1664525u + 1013904223u) >> 24);
    return bytes;
}

// A web server for one file, on this machine only, that can be told to misbehave.
class FileServer : public QTcpServer {
public:
    QByteArray file = fileOf(400'000);
    int cutAfter = -1;             // bytes of the body, then the connection is closed; once
    bool knowsRange = true;        // else every answer is all of it
    bool sendsWrongRange = false;  // 206 for bytes that were not asked for
    bool tellsLength = true;
    bool stalls = false;        // after 1000 bytes
    int bytesAtOnce = 1 << 20;  // every 5 ms
    int status = 200;
    QByteArray location;  // of a redirect, once
    QList<QByteArray> requests;

    FileServer() {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            auto received = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket, received] {
                *received += socket->readAll();
                if (received->contains("\r\n\r\n"))
                    answer(socket, std::exchange(*received, {}));
            });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/weights.pth").arg(serverPort())); }

    int requestedStart(int i) const {
        const qsizetype at = requests[i].toLower().indexOf("range: bytes=");
        return at < 0 ? 0 : requests[i].mid(at + 13, requests[i].indexOf('-', at) - at - 13).toInt();
    }

private:
    void answer(QTcpSocket* socket, const QByteArray& request) {
        requests << request;
        if (!location.isEmpty()) {
            socket->write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " +
                          std::exchange(location, {}) + "\r\n\r\n");
            return;
        }
        const int first = knowsRange ? requestedStart(int(requests.size()) - 1) : 0;
        if (status != 200) {
            socket->write("HTTP/1.1 " + QByteArray::number(status) +
                          " Refused\r\nContent-Length: 5\r\n\r\nsorry");
            return;
        }
        if (first >= file.size()) {
            socket->write(
                "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nContent-Range: bytes */" +
                QByteArray::number(file.size()) + "\r\n\r\n");
            return;
        }
        const int told = sendsWrongRange ? first + 1 : first;
        const QByteArray size = QByteArray::number(file.size());
        QByteArray head = first > 0 ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " +
                                          QByteArray::number(told) + "-" +
                                          QByteArray::number(file.size() - 1) + "/" + size + "\r\n"
                                    : QByteArray("HTTP/1.1 200 OK\r\n");
        if (tellsLength)
            head += "Content-Length: " + QByteArray::number(file.size() - first) + "\r\n";
        socket->write(head + "Connection: close\r\n\r\n");
        send(socket, first, first + (cutAfter >= 0 ? std::exchange(cutAfter, -1) : int(file.size()) - first));
    }

    void send(QTcpSocket* socket, int from, int end) {
        const int to = std::min(end, stalls ? 1000 : from + bytesAtOnce);
        socket->write(file.mid(from, to - from));
        if (to == end)
            socket->disconnectFromHost();
        else if (!stalls)
            QTimer::singleShot(5, socket, [this, socket, to, end] { send(socket, to, end); });
    }
};

}  // namespace resnet::ui::test

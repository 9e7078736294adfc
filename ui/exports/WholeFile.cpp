#include "ui/exports/WholeFile.h"

#include "core/Error.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace resnet::ui {

namespace {

[[noreturn]] void fail(const QString& path, const QString& reason) {
    throw Error(path.toStdString() + ": cannot be written: " + reason.toStdString());
}

// QSaveFile reports some failures only on flush, and some of them only through error().
bool writeAll(QFileDevice& file, const QByteArray& bytes) {
    qint64 done = 0;
    while (done < bytes.size()) {
        const qint64 written = file.write(bytes.constData() + done, bytes.size() - done);
        if (written <= 0)
            return false;
        done += written;
    }
    return file.flush() && file.error() == QFileDevice::NoError;
}

// Nothing to keep whole there, and renaming a file over a device would remove the device.
void writeToDevice(const QString& path, const QByteArray& bytes) {
    QFile device(path);
    if (!device.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || !writeAll(device, bytes))
        fail(path, device.errorString());
}

}  // namespace

void checkTarget(const QString& path) {
    const QFileInfo target(path);
    if (path.isEmpty())
        throw Error("expected the name of a file to write, found nothing");
    if (target.isDir())
        fail(path, QStringLiteral("it is a folder"));
    if (!target.dir().exists())
        fail(path, QStringLiteral("the folder %1 does not exist").arg(target.path()));
}

void writeWholeFile(const QString& path, const QByteArray& bytes) {
    checkTarget(path);
    const QFileInfo target(path);
    if (target.exists() && !target.isFile())
        return writeToDevice(path, bytes);
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly))
        fail(path, file.errorString());
    if (!writeAll(file, bytes)) {
        const QString reason = file.errorString();
        file.cancelWriting();
        fail(path, reason);
    }
    if (!file.commit())
        fail(path, file.errorString());
}

}  // namespace resnet::ui

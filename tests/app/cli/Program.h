#pragma once

#include "tests/Patience.h"

#include <QProcess>
#include <QString>
#include <QStringList>

namespace resnet::test {

struct Finished {
    int status = -1;  // -1: it crashed or did not end in time
    QByteArray output;
    QString messages;

    QStringList messageLines() const { return messages.split(QLatin1Char('\n'), Qt::SkipEmptyParts); }
};

inline QString programPath() {
    return QStringLiteral(RESNET_BINARY_DIR "/resnet-explorer");
}

inline QString sample(const char* name) {
    return QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/") + QString::fromLatin1(name);
}

// A network small enough to run in no time, and no weights to read.
inline QStringList smallNetwork() {
    return QStringLiteral("--units 1,1 --channels 4,8 --classes 3 --input 32x48 --seed 7")
        .split(QLatin1Char(' '));
}

// No display, whatever the tests run on.
inline QProcessEnvironment bareEnvironment() {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    return environment;
}

inline Finished execute(const QString& program, const QStringList& arguments,
                        const QProcessEnvironment& environment = bareEnvironment()) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    Finished finished;
    if (process.waitForFinished(tests::patience(60'000)) && process.exitStatus() == QProcess::NormalExit)
        finished.status = process.exitCode();
    finished.output = process.readAllStandardOutput();
    finished.messages = QString::fromUtf8(process.readAllStandardError());
    return finished;
}

inline Finished execute(const QStringList& arguments) {
    return execute(programPath(), arguments);
}

// Through bash, with the program as $0 and the arguments as $@.
inline Finished executeInShell(const QString& script, const QStringList& arguments) {
    return execute(QStringLiteral("bash"),
                   QStringList{QStringLiteral("-c"), script, programPath()} + arguments);
}

}  // namespace resnet::test

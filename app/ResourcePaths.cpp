#include "app/ResourcePaths.h"

#include <QCoreApplication>
#include <QDir>

namespace resnet::app {

namespace {

QString folder(const QString& name) {
    const QString program = QCoreApplication::applicationDirPath() + QLatin1Char('/');
    QStringList places{program + QStringLiteral(RESNET_DATA_FROM_PROGRAM "/")};
    if (program.startsWith(QDir(QStringLiteral(RESNET_BINARY_DIR)).canonicalPath() + QLatin1Char('/')))
        places.append(QStringLiteral(RESNET_SOURCE_DIR "/resources/"));
    for (const QString& place : places)
        if (QDir(place + name).exists())
            return QDir::cleanPath(place + name);
    return {};
}

}  // namespace

QString modelsFolder() {
    return folder(QStringLiteral("models"));
}

QString samplesFolder() {
    return folder(QStringLiteral("samples"));
}

QString bundledWeights() {
    const QString path = modelsFolder() + QStringLiteral("/resnet34-imagenette.safetensors");
    return QFile::exists(path) ? path : QString();
}

}  // namespace resnet::app

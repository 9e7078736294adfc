#include "app/resources/ResourcePaths.h"

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

QString model(const QString& name) {
    const QString path = modelsFolder() + QLatin1Char('/') + name;
    return QFile::exists(path) ? path : QString();
}

}  // namespace

QString modelsFolder() {
    return folder(QStringLiteral("models"));
}

QString samplesFolder() {
    return folder(QStringLiteral("samples"));
}

QString bundledWeights() {
    return model(QStringLiteral("resnet34-imagenette.safetensors"));
}

QString residualTwin() {
    return model(QStringLiteral("twins/residual-e20.safetensors"));
}

QString plainTwin() {
    return model(QStringLiteral("twins/plain-e20.safetensors"));
}

}  // namespace resnet::app

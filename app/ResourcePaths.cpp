#include "app/ResourcePaths.h"

#include <QCoreApplication>
#include <QDir>

namespace resnet::app {

namespace {

QString folder(const QString& name) {
    const QString installed =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/resnet-explorer/") + name;
    const QString source = QStringLiteral(RESNET_SOURCE_DIR "/resources/") + name;
    for (const QString& candidate : {installed, source})
        if (QDir(candidate).exists())
            return QDir::cleanPath(candidate);
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

#include "app/resources/ResourcePaths.h"

#include <QCoreApplication>
#include <QDir>

namespace resnet::app {

namespace {

// `inSource` is where it lies in the source tree.
QString folder(const QString& name, const QString& inSource) {
    const QString program = QCoreApplication::applicationDirPath() + QLatin1Char('/');
    QStringList places{program + QStringLiteral(RESNET_DATA_FROM_PROGRAM "/") + name};
    if (program.startsWith(QDir(QStringLiteral(RESNET_BINARY_DIR)).canonicalPath() + QLatin1Char('/')))
        places.append(QStringLiteral(RESNET_SOURCE_DIR "/") + inSource);
    for (const QString& place : places)
        if (QDir(place).exists())
            return QDir::cleanPath(place);
    return {};
}

QString model(const QString& name) {
    const QString path = modelsFolder() + QLatin1Char('/') + name;
    return QFile::exists(path) ? path : QString();
}

}  // namespace

QString modelsFolder() {
    return folder(QStringLiteral("models"), QStringLiteral("resources/models"));
}

QString samplesFolder() {
    return folder(QStringLiteral("samples"), QStringLiteral("resources/samples"));
}

QString guideFile() {
    const QString path = folder(QStringLiteral("docs"), QStringLiteral("docs")) + QStringLiteral("/guide.md");
    return QFile::exists(path) ? path : QString();
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

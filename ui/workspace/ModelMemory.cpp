#include "ui/workspace/ModelMemory.h"

#include "core/Error.h"
#include "core/model/ModelSettings.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace resnet::ui {

namespace {

constexpr qint64 fingerprintBytes = 1024 * 1024;

// Empty if there is no such file any more.
QString fingerprint(const std::string& path) {
    const QFileInfo info(QString::fromStdString(path));
    QFile file(info.filePath());
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(info.absoluteFilePath().toUtf8() + '\n' + QByteArray::number(file.size()) + '\n');
    hash.addData(file.read(fingerprintBytes));
    return QString::fromLatin1(hash.result().toHex());
}

void dropAskedFor(ModelRequest& settings, const SettingSources& sources) {
    const auto isAskedFor = [](SettingSource source) { return source == SettingSource::User; };
    if (isAskedFor(sources.padding))
        settings.padding.reset();
    if (isAskedFor(sources.batchNormEpsilon))
        settings.batchNormEpsilon.reset();
    if (isAskedFor(sources.inputSize)) {
        settings.inputHeight.reset();
        settings.inputWidth.reset();
    }
    if (isAskedFor(sources.preprocessing))
        settings.preprocessing.reset();
    if (isAskedFor(sources.strideIn))
        settings.strideIn.reset();
    if (isAskedFor(sources.shortcut))
        settings.shortcut.reset();
    if (isAskedFor(sources.classNames))
        settings.classNames.reset();
}

}  // namespace

ModelPtr ModelMemory::recall(const ModelPtr& opened) const {
    const QString file = m_load && opened->isOfFile() ? fingerprint(opened->source) : QString();
    if (file.isEmpty())
        return opened;
    std::optional<ModelRequest> settings = settingsFromText(m_load(file).toStdString());
    if (!settings)
        return opened;
    dropAskedFor(*settings, opened->sources);
    try {
        return withSettings(opened, *settings);
    } catch (const Error&) {
        return opened;
    }
}

void ModelMemory::remember(const Model& model) const {
    const QString file = m_save && model.isOfFile() ? fingerprint(model.source) : QString();
    if (!file.isEmpty())
        m_save(file, QByteArray::fromStdString(settingsText(changedSettings(model))));
}

}  // namespace resnet::ui

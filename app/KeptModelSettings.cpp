#include "app/KeptModelSettings.h"

#include <QSettings>
#include <QStandardPaths>

namespace resnet::app {

namespace {

// Made anew at every use, as it is used from any thread.
struct KeptSettings : QSettings {
    KeptSettings()
        : QSettings(IniFormat, UserScope, QStringLiteral("resnet-explorer"), QStringLiteral("models")) {}
};

}  // namespace

ui::ModelMemory keptModelSettings() {
    return {[](const QString& file) { return KeptSettings().value(file).toByteArray(); },
            [](const QString& file, const QByteArray& kept) {
                KeptSettings settings;
                if (kept.isEmpty())
                    settings.remove(file);
                else
                    settings.setValue(file, kept);
            }};
}

QString dataFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

}  // namespace resnet::app

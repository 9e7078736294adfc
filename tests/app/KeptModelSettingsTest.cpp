#include "app/Window.h"
#include "core/model/ModelSettings.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallWeightsFile.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui::test;

class KeptModelSettingsTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path()); }

    void settingsAreKeptAndForgotten() {
        const QString path = m_folder.filePath(QStringLiteral("small.safetensors"));
        writeSmallWeights(path);
        const ModelPtr opened = openModel(path.toStdString());
        ModelRequest settings;
        settings.classNames = {"a", "Größe", "c, d", "e=f;", "\"g\""};
        settings.inputHeight = 96;
        settings.inputWidth = 128;
        app::keptModelSettings().remember(*withSettings(opened, settings));
        QVERIFY(changedSettings(*app::keptModelSettings().recall(opened)) == settings);
        app::keptModelSettings().remember(*opened);
        QCOMPARE(app::keptModelSettings().recall(opened), opened);
        QFile kept(m_folder.filePath(QStringLiteral("resnet-explorer/models.ini")));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QVERIFY(!kept.readAll().contains("input_size"));
    }
};

RESNET_EVENT_LOOP_TEST(KeptModelSettingsTest)
#include "KeptModelSettingsTest.moc"

#include "core/model/ModelSettings.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallWeightsFile.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/Workspace.h"

#include <QMutex>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

ModelRequest bytesInSamePadding() {
    ModelRequest settings;
    settings.padding = Padding::Same;
    settings.preprocessing = Preprocessing{};
    settings.preprocessing->scale = 1.0f;
    return settings;
}

ModelRequest twoNames() {
    ModelRequest settings;
    settings.classNames = {"a", "b"};
    return settings;
}

}  // namespace

class ModelMemoryTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QMutex m_mutex;
    QMap<QString, QByteArray> m_kept;

    ModelMemory memory() {
        return {[this](const QString& file) {
                    const QMutexLocker lock(&m_mutex);
                    return m_kept.value(file);
                },
                [this](const QString& file, const QByteArray& settings) {
                    const QMutexLocker lock(&m_mutex);
                    if (settings.isEmpty())
                        m_kept.remove(file);
                    else
                        m_kept[file] = settings;
                }};
    }
    int keptCount() {
        const QMutexLocker lock(&m_mutex);
        return int(m_kept.size());
    }
    QString path(const char* name = "small.safetensors") const {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    ModelPtr open(const QString& file, const ModelRequest& request = {}) const {
        return openModel(file.toStdString(), request);
    }

private Q_SLOTS:
    void init() {
        m_kept.clear();
        writeSmallWeights(path());
    }

    void settingsComeBack() {
        memory().remember(*withSettings(open(path()), bytesInSamePadding()));
        const ModelPtr recalled = memory().recall(open(path()));
        QVERIFY(changedSettings(*recalled) == bytesInSamePadding());
        QCOMPARE(recalled->sources.padding, SettingSource::User);
        QCOMPARE(recalled->sources.batchNormEpsilon, SettingSource::Guess);
    }

    void resetForgets() {
        const ModelPtr changed = withSettings(open(path()), bytesInSamePadding());
        memory().remember(*changed);
        QCOMPARE(m_kept.size(), 1);
        memory().remember(*withSettings(changed, {}));
        QVERIFY(m_kept.isEmpty());
    }

    void anotherFileIsNotMistakenForIt() {
        memory().remember(*withSettings(open(path()), bytesInSamePadding()));
        QFile::copy(path(), path("copy.safetensors"));
        QVERIFY(!memory().recall(open(path("copy.safetensors")))->detected);
        writeSmallWeights(path(), 8);
        QVERIFY(!memory().recall(open(path()))->detected);
    }

    void whatWasAskedForGoesBefore() {
        memory().remember(*withSettings(open(path()), bytesInSamePadding()));
        ModelRequest asked;
        asked.padding = Padding::Symmetric;
        const ModelPtr recalled = memory().recall(open(path(), asked));
        QCOMPARE(recalled->network->spec().padding, Padding::Symmetric);
        QCOMPARE(recalled->preprocessing.scale, 1.0f);
    }

    void damagedMemoryIsIgnored_data() {
        QTest::addColumn<QByteArray>("kept");
        QTest::newRow("garbage") << QByteArray("\xff\x00{", 3);
        QTest::newRow("wrong number of names") << QByteArray::fromStdString(settingsText(twoNames()));
        QTest::newRow("out of range") << QByteArray("{\"input_size\": \"[8,8]\"}");
        QTest::newRow("infinite scale") << QByteArray("{\"scale\": \"1e99\"}");
    }

    void damagedMemoryIsIgnored() {
        QFETCH(const QByteArray, kept);
        memory().remember(*withSettings(open(path()), bytesInSamePadding()));
        m_kept[m_kept.firstKey()] = kept;
        const ModelPtr opened = open(path());
        QCOMPARE(memory().recall(opened), opened);
    }

    void networksWithoutFileAreNotRemembered() {
        const ModelPtr model = newModel(smallRequest());
        ModelRequest settings;
        settings.inputWidth = 96;
        memory().remember(*withSettings(model, settings));
        QVERIFY(m_kept.isEmpty());
        QCOMPARE(ModelMemory().recall(open(path()))->notes.size(), std::size_t(2));
    }

    void workspaceRemembersAndRecalls() {
        {
            Workspace workspace(1);
            workspace.setModelMemory(memory());
            workspace.setPicture(gradientPicture());
            workspace.openWeightsFile(path());
            QTRY_VERIFY(workspace.activations().input() && workspace.activations().isComplete());
            const FeatureMapsPtr before = workspace.activations().input();
            QSignalSpy notices(&workspace, &Workspace::noticePosted);
            workspace.setModelSettings(bytesInSamePadding());
            QTRY_VERIFY(workspace.activations().input() != before);
            QVERIFY(workspace.activations().isComplete());
            QCOMPARE(workspace.model()->network->spec().padding, Padding::Same);
            QTRY_COMPARE(keptCount(), 1);
            QVERIFY(notices.isEmpty());  // its notes were told when it was opened
        }
        Workspace workspace(1);
        workspace.setModelMemory(memory());
        workspace.setPicture(gradientPicture());
        QSignalSpy notices(&workspace, &Workspace::noticePosted);
        workspace.openFile(path());  // as a drop does
        QTRY_VERIFY(workspace.model() && workspace.activations().isComplete());
        QCOMPARE(workspace.model()->preprocessing.scale, 1.0f);
        const Notice told = notices.last()[0].value<Notice>();
        QVERIFY((QStringList(told.text) + told.details)
                    .join(QChar::Space)
                    .contains(QStringLiteral("in use again")));
        workspace.setModelSettings({});
        QTRY_VERIFY(!workspace.model()->detected);
        QTRY_COMPARE(keptCount(), 0);
    }

    void settingsThatCannotBeUsedChangeNothing() {
        Workspace workspace(1);
        workspace.setModelSettings(bytesInSamePadding());  // no model yet
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.model() && workspace.activations().input());
        QTRY_VERIFY(workspace.activations().isComplete() && !workspace.isBusy());
        const ModelPtr before = workspace.model();
        QSignalSpy notices(&workspace, &Workspace::noticePosted);
        ModelRequest settings;
        settings.inputHeight = 8;
        workspace.setModelSettings(settings);
        QTRY_COMPARE(notices.size(), 1);
        QCOMPARE(notices[0][0].value<Notice>().kind, Notice::Kind::Error);
        QCOMPARE(workspace.model(), before);
    }
};

RESNET_WINDOW_TEST(ModelMemoryTest)
#include "ModelMemoryTest.moc"

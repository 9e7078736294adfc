#include "tests/TestPrograms.h"
#include "tests/core/weights/KerasArchive.h"
#include "tests/ui/SmallNetwork.h"
#include "tests/ui/window/Drop.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/painting/StyleSheet.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeStrip.h"

#include <QFile>
#include <QTemporaryDir>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Every format of weights as a person opens it first: by dropping the file on the window.
class DroppedWeightsTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    OpenWindow m_open;
    std::unique_ptr<Workspace>& m_workspace = m_open.workspace;
    std::unique_ptr<MainWindow>& m_window = m_open.window;

    static QByteArray contentOf(const QString& name) {
        const QString data = QStringLiteral(RESNET_SOURCE_DIR "/tests/data/");
        if (name.endsWith(QStringLiteral(":model.weights.h5")))
            return QByteArray::fromStdString(
                weightsInArchive((data + name.section(QLatin1Char(':'), 0, 0)).toStdString()));
        QFile file(data + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // Under a name that says nothing: the content decides.
    QString write(const QString& name, const QByteArray& bytes) const {
        QFile file(m_folder.filePath(name));
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        return isWritten ? file.fileName() : QString();
    }

    bool isDone() const {
        return m_workspace->activations().input() && m_workspace->activations().isComplete() &&
               !m_workspace->isBusy();
    }

    static void addFormats() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        const auto row = [](const char* name, const char* file, const char* format) {
            QTest::newRow(name) << QString::fromLatin1(file) << QString::fromLatin1(format);
        };
        row("safetensors", "reference/narrow18-same-64/weights.safetensors", "safetensors");
        row(".pth, zip", "weights/weights.pth", "PyTorch");
        row(".pth, older", "weights/weights-legacy.pth", "PyTorch");
        row(".keras", "weights/keras/model.keras", "Keras");
        row(".weights.h5 of Keras 3", "weights/keras/model.keras:model.weights.h5", "HDF5");
        row(".weights.h5 of Keras 2.13", "weights/keras/keras2.13-layout.weights.h5", "HDF5");
        row(".h5, whole model", "weights/keras/model.h5", "HDF5");
        row(".h5, weights only", "weights/keras/weights-only.h5", "HDF5");
    }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void opensAndComputes_data() { addFormats(); }
    void opensAndComputes() {
        QFETCH(const QString, file);
        QFETCH(const QString, format);
        const QString path = write(QStringLiteral("dropped.bin"), contentOf(file));
        dropFile(*m_window, path);
        QTRY_COMPARE(m_workspace->model()->source, path.toStdString());
        QCOMPARE(m_workspace->model()->format, format.toStdString());
        QTRY_VERIFY(isDone());
        QCOMPARE(m_workspace->activations().stepCount(), m_workspace->model()->graph().stepCount());
    }

    void aDamagedOneIsToldAndChangesNothing_data() { addFormats(); }
    void aDamagedOneIsToldAndChangesNothing() {
        QFETCH(const QString, file);
        const ModelPtr model = m_workspace->model();
        const FeatureMapsPtr input = m_workspace->activations().input();
        const QByteArray whole = contentOf(file);
        dropFile(*m_window, write(QStringLiteral("damaged.bin"), whole.left(whole.size() * 2 / 3)));
        const auto* strip = m_window->findChild<NoticeStrip*>();
        QTRY_VERIFY(strip->notice() && strip->notice()->kind == Notice::Kind::Error);
        QVERIFY2(strip->notice()->text.contains(QStringLiteral("damaged.bin: ")),
                 qPrintable(strip->notice()->text));
        QVERIFY(strip->isVisible());
        QCOMPARE(m_workspace->model(), model);
        QCOMPARE(m_workspace->activations().input(), input);
        QVERIFY(m_workspace->activations().isComplete());
    }
};

RESNET_WINDOW_TEST(DroppedWeightsTest)
#include "DroppedWeightsTest.moc"

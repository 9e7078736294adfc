#include "core/files/ByteSource.h"
#include "core/weights/WeightsFile.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/Refusal.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;

class WeightsFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const QByteArray& bytes) {
        QFile file(m_folder.filePath(QStringLiteral("weights.bin")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void contentDecidesNotTheName() {
        const QString data = QStringLiteral(RESNET_SOURCE_DIR "/tests/data/");
        const auto formatOf = [&](const QString& file) {
            const QString copy = m_folder.filePath(QStringLiteral("photo.jpg"));
            QFile::remove(copy);
            QFile::copy(data + file, copy);
            return readWeights(copy.toStdString()).format;
        };
        QCOMPARE(formatOf(QStringLiteral("reference/narrow18-same-64/weights.safetensors")),
                 WeightsFormat::Safetensors);
        QCOMPARE(formatOf(QStringLiteral("weights/weights.pth")), WeightsFormat::PyTorch);
        QCOMPARE(formatOf(QStringLiteral("weights/weights-legacy.pth")), WeightsFormat::PyTorch);
        QCOMPARE(formatOf(QStringLiteral("weights/keras/model.keras")), WeightsFormat::KerasArchive);
        QCOMPARE(formatOf(QStringLiteral("weights/keras/weights-only.h5")), WeightsFormat::Hdf5);
    }

    void strangersAreNamed_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* bytes, const char* expected) {
            QTest::newRow(name) << QByteArray(bytes).leftJustified(64, 'x') << QString::fromLatin1(expected);
        };
        row("pickle", "\x80\x04\x95\x10\x01\x01\x01\x01", "a Python pickle that is no PyTorch file");
        row("NumPy", "\x93NUMPY", "a NumPy array");
        row("picture", "\x89PNG\r\n\x1a\n", "a picture");
        row("ONNX", "\x08\x07\x12\x07pytorch", "an ONNX network");
        row("gzip", "\x1f\x8b\x08\x08", "a compressed file");
        row("web page", "<!DOCTYPE html>", "a web page");
        row("text", "dear reader,", "something else");
    }

    void strangersAreNamed() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QString message = refusalOf([&] { readWeights(write(bytes)); });
        QVERIFY2(message.contains(QStringLiteral("expected safetensors, PyTorch (.pth) or Keras")),
                 qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("found ") + expected), qPrintable(message));
    }

    void aFileCutShortMeanwhileIsAnError() {
        const std::string path = write(QByteArray(100, 'x'));
        const auto source = openFile(path);
        write(QByteArray(10, 'x'));
        const QString message = refusalOf([&] { source->readText(0, 100); });
        QVERIFY2(message.contains(QStringLiteral("ends early, at byte 10")), qPrintable(message));
    }
};

RESNET_TEST(WeightsFileTest)
#include "WeightsFileTest.moc"

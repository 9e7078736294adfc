#include "core/files/ByteSource.h"
#include "core/weights/WeightsFile.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/SmallParameters.h"
#include "tests/core/weights/TensorBytes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>

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
            // Texts are whole, other files go on.
            const bool isText = strlen(bytes) > 10 || strchr("{<", bytes[0]) != nullptr;
            const char filling = bytes[0] == '\0' ? '\0' : isText ? ' ' : 'x';
            QTest::newRow(name) << QByteArray(bytes).leftJustified(64, filling)
                                << QString::fromUtf8(expected);
        };
        row("pickle", "\x80\x04\x95\x10\x01\x01\x01\x01", "a Python pickle that is no PyTorch file");
        row("NumPy", "\x93NUMPY", "a NumPy array");
        row("picture", "\x89PNG\r\n\x1a\n", "a picture");
        row("ONNX", "\x08\x07\x12\x07pytorch", "an ONNX network");
        row("ONNX by others", "\x08\x03\x12\x07tf2onnx", "an ONNX network");
        row("gzip", "\x1f\x8b\x08\x08", "a file compressed by gzip: unpack it first, with gunzip");
        QTest::newRow("gzip without a date") << QByteArray::fromHex("1f8b08000000000000034bcc4b0100")
                                             << QStringLiteral("a file compressed by gzip");
        row("git-annex", "/annex/objects/SHA256E-s83--abc", "a git-annex pointer");
        row("Git LFS of before", "version https://hawser.github.com/spec/v1", "a Git LFS pointer");
        row("zstd", "\x28\xb5\x2f\xfd", "a file compressed by zstd");
        row("web page", "<!DOCTYPE html>", "a web page");
        row("web page in small letters", "<!doctype html><title>", "a web page");
        row("web page after lines", "\r\n\n  <!DOCTYPE html>", "a web page");
        row("web page after a mark", "\xef\xbb\xbf<html lang='en'>", "a web page");
        row("web page as XML", "<?xml version='1.0'?>\n<html>", "a web page");
        row("S3",
            "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
            "a server's error message, 'Access Denied': download the file again");
        row("XML", "<?xml version='1.0'?><net>", "an XML file");
        row("answer in JSON", R"({"error": "Invalid credentials in Authorization header"})",
            "a server's error message, 'Invalid credentials in Authorization header'");
        row("answer in JSON, nested", R"({"error": {"code": 404}})",
            R"(a server's error message, '{"code":404}')");
        row("parts",
            R"({"metadata": {}, "weight_map": {"conv1.weight": "model-00001-of-00002.safetensors"}})",
            "the list of the parts of a network (sharded)");
        row("Keras configuration", R"({"class_name": "Functional"})", "the configuration of a Keras network");
        row("JSON", R"({"a": 1})", "a JSON file");
        row("Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3",
            "a Git LFS pointer");
        row("text", "dear reader,", "a text, 'dear reader,");
        row("zeros", "", "nothing but zeros");
        row("noise", "\x01\x02\x03\x04\x05\x06", "something else");
    }

    void strangersAreNamed() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QString message = refusalOf([&] { readWeights(write(bytes)); });
        QVERIFY2(message.contains(QStringLiteral("expected safetensors, PyTorch (.pth) or Keras")),
                 qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("found ") + expected), qPrintable(message));
    }

    void archivesOfOtherThingsAreNamed_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("expected");
        QTest::newRow("packed weights")
            << QByteArray("run/best.pth")
            << QStringLiteral("a zip archive with 'run/best.pth' in it: unpack it first");
        QTest::newRow("NumPy") << QByteArray("w.npy") << QStringLiteral("NumPy arrays (.npz)");
        QTest::newRow("SavedModel") << QByteArray("m/saved_model.pb")
                                    << QStringLiteral("a TensorFlow SavedModel");
        QTest::newRow("document") << QByteArray("[Content_Types].xml") << QStringLiteral("a document");
    }

    void archivesOfOtherThingsAreNamed() {
        QFETCH(const QByteArray, entry);
        QFETCH(const QString, expected);
        const std::string bytes = zipBytes({{entry.toStdString(), "x"}});
        const QString message =
            refusalOf([&] { readWeights(write(QByteArray(bytes.data(), qsizetype(bytes.size())))); });
        QVERIFY2(message.contains(QStringLiteral("found ") + expected), qPrintable(message));
    }

    // Nothing of these is the weights of a network as they are.
    void unusableTensorsAreNamed_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("quantised") << QByteArray("conv1.zero_point")
                                   << QStringLiteral("is a quantised network");
        QTest::newRow("pruned") << QByteArray("conv1.weight_mask") << QStringLiteral("prune.remove()");
        QTest::newRow("weight norm") << QByteArray("conv1.weight_g")
                                     << QStringLiteral("remove_weight_norm()");
        QTest::newRow("adapter") << QByteArray("conv1.lora_A.weight") << QStringLiteral("adapter (LoRA)");
    }

    void unusableTensorsAreNamed() {
        QFETCH(const QByteArray, name);
        QFETCH(const QString, expected);
        const std::string bytes = safetensorsBytes({{name.toStdString(), {{1}, {1.0f}}}}, ElementType::F32);
        const QByteArray content(bytes.data(), qsizetype(bytes.size()));
        const QString message = refusalOf([&] { readWeights(write(content)); });
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void partsOfANetworkAreNamed() {
        const std::string bytes = safetensorsBytes({{"conv1.weight", {{1}, {1.0f}}}}, ElementType::F32);
        QFile file(m_folder.filePath(QStringLiteral("model-00002-of-00003.safetensors")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes.data(), qsizetype(bytes.size()));
        file.close();
        const QString message = refusalOf([&] { readWeights(file.fileName().toStdString()); });
        QVERIFY2(message.contains(QStringLiteral("is part 2 of 3 of a sharded network")),
                 qPrintable(message));
    }

    // Of what stands in front of the network, pictures are prepared.
    void aNormaliseLayerBecomesTheWayPicturesArePrepared() {
        StateDict tensors{{"0.mean", {{3}, {0.5f, 0.25f, 0.125f}}}, {"0.std", {{3}, {1, 2, 4}}}};
        for (const auto& [name, tensor] : smallParameters())
            tensors["1." + name] = tensor;
        const auto read = [&](const StateDict& content) {
            const std::string bytes = safetensorsBytes(content, ElementType::F32);
            return readWeights(write(QByteArray(bytes.data(), qsizetype(bytes.size()))));
        };
        const WeightsFile file = read(tensors);
        QVERIFY(file.parameters == smallParameters());
        QCOMPARE(file.metadata.at("mean"), std::string("[0.5,0.25,0.125]"));
        QCOMPARE(file.metadata.at("std"), std::string("[1,2,4]"));
        QCOMPARE(file.metadata.at("scale"), std::string("0.00392156862745098"));
        tensors["0.mean"].values = {120, 110, 100};
        QCOMPARE(read(tensors).metadata.at("scale"), std::string("1"));
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

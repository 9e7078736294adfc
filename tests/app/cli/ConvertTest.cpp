#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "core/weights/SafetensorsReader.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"
#include "tests/core/weights/KerasArchive.h"
#include "tests/core/weights/OtherNames.h"
#include "tests/core/weights/TorchBytes.h"
#include "tests/ui/SmallNetwork.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <cstring>

using namespace resnet;
using namespace resnet::test;
using pickled::Container;
using pickled::stateDictBytes;

namespace {

const QString data = QStringLiteral(RESNET_SOURCE_DIR "/tests/data/");

StateDict parameters() {
    return newModel(ui::test::smallRequest())->network->parameters();
}

StateDict underPrefix(const std::string& prefix) {
    return renamed(parameters(), [&](const std::string& name) { return prefix + name; });
}

Run allSteps(const Model& model) {
    const FeatureShape shape = model.network->spec().inputShape();
    auto input = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < shape.size(); ++i)
        input->data()[i] = float(std::sin(double(i)));
    Executor executor(model.network, 2);
    Run activations = executor.start(input);
    executor.run(activations);
    return activations;
}

}  // namespace

// `convert` writes any format as safetensors that computes, bit for bit, what the original does.
class ConvertTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString output() const { return path("converted.safetensors"); }

    QString write(const std::string& bytes) const {
        QFile file(path("original.bin"));  // the content decides
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qsizetype(bytes.size())) < 0)
            qFatal("cannot write");
        return file.fileName();
    }

private Q_SLOTS:
    void init() { QFile::remove(output()); }

    void computesTheSame_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("file");
        const auto made = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray(bytes.data(), qsizetype(bytes.size())) << QString();
        };
        const auto stored = [](const char* name, const char* file) {
            QTest::newRow(name) << QByteArray() << data + QString::fromLatin1(file);
        };
        const StateDict face = renamed(parameters(), huggingFace);
        stored("safetensors", "reference/narrow18-same-64/weights.safetensors");
        made("safetensors, F16", safetensorsBytes(parameters(), ElementType::F16));
        made("safetensors, BF16", safetensorsBytes(parameters(), ElementType::BF16));
        made("safetensors, F64", safetensorsBytes(parameters(), ElementType::F64));
        made("safetensors, Hugging Face", safetensorsBytes(face, ElementType::F32));
        stored(".pth, zip", "weights/weights.pth");
        stored(".pth, older", "weights/weights-legacy.pth");
        made(".pth, F16", stateDictBytes(parameters(), Container::Zip, ElementType::F16));
        made(".pth, BF16", stateDictBytes(parameters(), Container::Legacy, ElementType::BF16));
        made(".pth, F64", stateDictBytes(parameters(), Container::Zip, ElementType::F64));
        made(".pth, Hugging Face", stateDictBytes(face, Container::Zip));
        made(".pth, module.", stateDictBytes(underPrefix("module."), Container::Zip));
        made(".pth, checkpoint",
             stateDictBytes(underPrefix("module."), Container::Zip, ElementType::F32, "state_dict"));
        made(".pth, older, checkpoint",
             stateDictBytes(underPrefix("_orig_mod."), Container::Legacy, ElementType::F32, "model"));
        stored(".keras", "weights/keras/model.keras");
        made(".weights.h5 of Keras 3",
             weightsInArchive((data + QStringLiteral("weights/keras/model.keras")).toStdString()));
        stored(".weights.h5 of Keras 2.13", "weights/keras/keras2.13-layout.weights.h5");
        stored(".h5, whole model", "weights/keras/model.h5");
        stored(".h5, weights only", "weights/keras/weights-only.h5");
    }

    void computesTheSame() {
        QFETCH(const QByteArray, bytes);
        QFETCH(QString, file);
        if (file.isEmpty())
            file = write(bytes.toStdString());
        const Finished run = execute({QStringLiteral("convert"), file, output()});
        QVERIFY2(run.status == 0, qPrintable(run.messages));

        const ModelPtr before = openModel(file.toStdString());
        const ModelPtr after = openModel(output().toStdString());
        QVERIFY(after->network->parameters() == before->network->parameters());
        QCOMPARE(after->network->spec(), before->network->spec());
        QCOMPARE(after->preprocessing, before->preprocessing);
        QCOMPARE(after->classNames, before->classNames);
        QVERIFY2(after->notes.empty(), "nothing is left to be guessed");

        const Run expected = allSteps(*before), found = allSteps(*after);
        for (StepId step = 0; step < expected.stepCount(); ++step)
            QVERIFY(std::memcmp(found.output(step)->data(), expected.output(step)->data(),
                                expected.output(step)->size() * sizeof(float)) == 0);
    }

    void settingsAreWrittenDown() {
        const QString file = data + QStringLiteral("weights/keras/weights-only.h5");
        const Finished run =
            execute({QStringLiteral("convert"), file, output(), QStringLiteral("--padding"),
                     QStringLiteral("symmetric"), QStringLiteral("--input"), QStringLiteral("64x96")});
        QVERIFY2(run.status == 0, qPrintable(run.messages));
        const NetworkSpec spec = openModel(output().toStdString())->network->spec();
        QCOMPARE(spec.padding, Padding::Symmetric);
        QCOMPARE(spec.inputHeight, 64);
        QCOMPARE(spec.inputWidth, 96);
        QCOMPARE(spec.batchNormEpsilon, 1e-3);
    }

    void halfStaysHalf() {
        const QString file = write(safetensorsBytes(parameters(), ElementType::F16));
        QVERIFY(execute({QStringLiteral("convert"), file, output(), QStringLiteral("--half")}).status == 0);
        QVERIFY(openModel(output().toStdString())->network->parameters() ==
                openModel(file.toStdString())->network->parameters());
        const auto source = openFile(output().toStdString());
        const SafetensorsFile written(*source);
        for (const ListedTensor& entry : written.tensors())
            QCOMPARE(entry.type, entry.shape.size() >= 2 ? ElementType::F16 : ElementType::F32);
    }

    void halfIsTheNearest() {
        QVERIFY(execute({QStringLiteral("convert"), write(safetensorsBytes(parameters(), ElementType::F32)),
                         output(), QStringLiteral("--half")})
                    .status == 0);
        const StateDict found = openModel(output().toStdString())->network->parameters();
        for (const auto& [name, tensor] : parameters())
            for (std::size_t i = 0; i < tensor.values.size(); ++i) {
                const float value = tensor.values[i];
                const float allowed =
                    tensor.shape.size() < 2 ? 0.0f : std::max(std::fabs(value) * 0x1p-11f, 0x1p-25f);
                QVERIFY(std::fabs(found.at(name).values[i] - value) <= allowed);
            }
    }

    void whatCannotBeOpenedWritesNothing() {
        const QString file = write("\x89HDF\r\n\x1a\n and then nothing of use");
        const Finished run = execute({QStringLiteral("convert"), file, output()});
        QCOMPARE(run.status, 1);
        QCOMPARE(run.messageLines().size(), 1);
        QVERIFY2(run.messages.contains(QStringLiteral("original.bin: ")), qPrintable(run.messages));
        QVERIFY(!QFileInfo::exists(output()));
    }
};

RESNET_TEST(ConvertTest)
#include "ConvertTest.moc"

#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "core/network/Initialization.h"
#include "core/weights/HelperProcess.h"
#include "core/weights/KerasFile.h"
#include "core/weights/WeightsFile.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/KerasArchive.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/ZipBytes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <chrono>
#include <cmath>
#include <cstring>
#include <sys/stat.h>
#include <thread>

using namespace resnet;

namespace {

const QString folder = QStringLiteral(RESNET_SOURCE_DIR "/tests/data/weights/");

QByteArray contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

int numberFrom(const char* variable, int otherwise) {
    return qEnvironmentVariableIsSet(variable) ? qEnvironmentVariableIntValue(variable) : otherwise;
}

// Keras' input: 1 x H x W x C.
FeatureMapsPtr kerasInput(const FeatureShape& shape) {
    const QByteArray bytes = contentOf(folder + QStringLiteral("keras/input.npy"));
    auto maps = std::make_shared<FeatureMaps>(shape);
    const std::size_t size = shape.size() * sizeof(float);
    std::memcpy(maps->data(), bytes.constData() + bytes.size() - qsizetype(size),
                size);  // channels are last here, too
    return maps;
}

// The steps whose outputs are the 23 layers of the textbook network in Keras, a unit being one layer.
std::vector<StepId> stepsOfLayers(const Graph& graph) {
    std::vector<StepId> steps;
    for (const char* name : {"conv1", "bn1", "relu", "maxpool"})
        steps.push_back(*graph.find(name));
    for (const ResidualUnit& unit : graph.units())
        steps.push_back(unit.last());
    for (const char* name : {"avgpool", "avgpool", "softmax"})  // flatten does nothing
        steps.push_back(*graph.find(name));
    return steps;
}

double worstDifference(const FeatureMaps& found, const Tensor& expected) {
    if (found.size() != expected.values.size())
        return INFINITY;
    double largest = 0.0, difference = 0.0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        largest = std::max(largest, double(std::fabs(expected.values[i])));
        difference = std::max(difference, double(std::fabs(found.data()[i] - expected.values[i])));
    }
    return difference / largest;
}

}  // namespace

class KerasFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const QString& name, const QByteArray& bytes, bool isProgram = false) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        if (isProgram)
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName().toStdString();
    }
    // A file that begins as HDF5 does, and so large (of nothing, which takes no room) that its reader would
    // be waited for longer than any test takes.
    std::string patient() {
        const std::string path = write(QStringLiteral("patient.h5"), QByteArray("\x89HDF\r\n\x1a\n", 8));
        if (!QFile::resize(QString::fromStdString(path), qint64(1) << 40))
            qFatal("cannot be made so large");
        return path;
    }

private Q_SLOTS:
    void init() { qunsetenv("RESNET_EXPLORER_HDF5_HELPER"); }

    void everyLayoutComputesWhatKerasDid_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("namesBackend");
        QTest::addColumn<bool>("hasConfiguration");
        QTest::newRow("Keras 3 archive") << QStringLiteral("model.keras") << false << true;
        QTest::newRow("Keras 3 weights") << QStringLiteral("model.weights.h5") << false << false;
        QTest::newRow("Keras 2.13 weights")
            << QStringLiteral("keras2.13-layout.weights.h5") << false << false;
        QTest::newRow("legacy model") << QStringLiteral("model.h5") << true << true;
        QTest::newRow("legacy weights") << QStringLiteral("weights-only.h5") << true << false;
    }

    void everyLayoutComputesWhatKerasDid() {
        QFETCH(QString, name);
        QFETCH(bool, namesBackend);
        QFETCH(bool, hasConfiguration);
        QString path = folder + QStringLiteral("keras/") + name;
        if (name == QStringLiteral("model.weights.h5")) {
            // The archive holds this very file.
            const std::string bytes =
                weightsInArchive((folder + QStringLiteral("keras/model.keras")).toStdString());
            path = QString::fromStdString(write(name, QByteArray(bytes.data(), qsizetype(bytes.size()))));
        }
        ModelRequest request;
        if (!hasConfiguration) {
            request.inputHeight = 75;
            request.inputWidth = 102;
        }
        if (!namesBackend)  // the references were computed on PyTorch
            request.padding = Padding::SameTorch;
        const ModelPtr model = openModel(path.toStdString(), request);
        QCOMPARE(model->network->spec().inputHeight, 75);
        QCOMPARE(model->network->spec().padding, Padding::SameTorch);
        QCOMPARE(model->network->spec().batchNormEpsilon, 1e-3);

        Executor executor(model->network, 2);
        Run activations = executor.start(kerasInput(model->network->spec().inputShape()));
        executor.run(activations);
        const StateDict layers =
            readSafetensors((folder + QStringLiteral("keras/layer-outputs.safetensors")).toStdString())
                .tensors;
        const std::vector<StepId> steps = stepsOfLayers(model->graph());
        QCOMPARE(layers.size(), steps.size());
        std::size_t layer = 0;
        for (const auto& [layerName, expected] : layers) {
            const double difference = worstDifference(*activations.output(steps[layer++]), expected);
            QVERIFY2(difference < 1e-4, layerName.c_str());
        }
    }

    void backendDecidesWhereProjectionsLook() {
        const auto paddingOf = [](const char* name) {
            return readWeights((folder + QStringLiteral("keras/") + QString::fromLatin1(name)).toStdString())
                .metadata.at("padding");
        };
        QCOMPARE(paddingOf("model.h5"), std::string("same-torch"));
        QCOMPARE(paddingOf("model.keras"), std::string("same"));
    }

    // Entries 46 to 52 of the table of hostile inputs.
    void refuses_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* file, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(file) << QString::fromLatin1(expected);
        };
        row("46 external link", "external-link.h5", "'layers' is a link to another file");
        row("47 external storage", "external-storage.h5", "keeps its numbers in another file");
        row("48 virtual dataset", "virtual.h5", "is a virtual dataset");
        row("49 soft-link loop", "soft-loop.h5", "'layers/loop' is a soft link");
        row("49 hard-link loop", "hard-loop.h5", "'layers/root' is linked twice");
        row("50 shape bomb", "huge.h5", "a shape of 65536 x 65536");
        row("50 nothing stored", "unwritten.h5", "a shape of 1024 x 1024, but only 0 bytes");
        row("50 packed too well", "bomb.h5", "a shape of 4194304, but only 16316 bytes");
        row("51 unknown filter", "unknown-filter.h5", "filter 400");
        row("52 kernel of strings", "strings.h5", "expected floating-point numbers, found text");
    }

    void refuses() {
        QFETCH(QString, file);
        QFETCH(QString, expected);
        const std::string path = (folder + QStringLiteral("hdf5/") + file).toStdString();
        const QString message = refusalOf([&] { readWeights(path); });
        QVERIFY2(message.startsWith(QString::fromStdString(path) + QStringLiteral(": ")),
                 qPrintable(message));
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void refusesWhatIsDamaged_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const QByteArray whole = contentOf(folder + QStringLiteral("keras/model.h5"));
        QTest::newRow("44 wrong signature")
            << "X" + whole.mid(1) << QStringLiteral("expected safetensors, PyTorch (.pth) or Keras");
        for (const int percent : {1, 10, 50, 99})
            QTest::addRow("45 cut after %d %%", percent)
                << whole.left(whole.size() * percent / 100) << QStringLiteral("damaged");
        QTest::newRow("54 no model.weights.h5")
            << QByteArray::fromStdString(zipBytes({{"config.json", "{}"}, {"metadata.json", "{}"}}))
            << QStringLiteral("expected model.weights.h5");
    }

    void refusesWhatIsDamaged() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, expected);
        const std::string path = write(QStringLiteral("damaged"), bytes);
        const QString message = refusalOf([&] { readWeights(path); });
        QVERIFY2(message.startsWith(QString::fromStdString(path) + QStringLiteral(": ")),
                 qPrintable(message));
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void refusesAProgram_data() {
        QTest::addColumn<QByteArray>("layer");
        QTest::addColumn<QString>("expected");
        QTest::newRow("53 Lambda in the configuration")
            << QByteArray(R"({"class_name":"Lambda","config":{"function":["4wEAAAA=",null,null]}})")
            << QStringLiteral("layer 'lambda' (Lambda): holds a program, which is not run");
        QTest::newRow("53 Lambda in a nested model")
            << QByteArray(
                   R"({"class_name":"Functional","config":{"layers":[{"class_name":"Lambda","config":0}]}})")
            << QStringLiteral("layer 'lambda' (Lambda): holds a program, which is not run");
    }

    void refusesAProgram() {
        QFETCH(const QByteArray, layer);
        QFETCH(const QString, expected);
        const std::string archive =
            zipBytes({{"config.json", "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" +
                                          layer.toStdString() + "]}}"},
                      {"metadata.json", "{}"},
                      {"model.weights.h5",
                       weightsInArchive((folder + QStringLiteral("keras/model.keras")).toStdString())}});
        const std::string path = write(QStringLiteral("program.keras"), QByteArray::fromStdString(archive));
        const QString message = refusalOf([&] { openModel(path); });
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void takesUnusualNumbers() {
        const WeightsFile file = readWeights((folder + QStringLiteral("hdf5/unusual.h5")).toStdString());
        const std::vector<float> numbers{1.0f, -2.0f, 0.5f, 3.0f};
        QCOMPARE(file.parameters.size(), std::size_t(4));
        QCOMPARE(file.parameters.at("b/a/kernel:0").values, numbers);
        QCOMPARE(file.parameters.at("half").values, numbers);
        QCOMPARE(file.parameters.at("packed").values, numbers);
        QCOMPARE(file.parameters.at("double").values,
                 (std::vector<float>{1.0f, 0.5f, -2.0f, 3.0f}));  // transposed
    }

    // Entry 55: a helper that misbehaves in every way must not take us along.
    void helperMisbehaves_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* script, const char* expected) {
            QTest::newRow(name) << QByteArray(script) << QString::fromLatin1(expected);
        };
        row("55 crashes", "kill -SEGV $$", "crashed");
        row("55 is killed", "kill -KILL $$", "did not end");
        row("55 says nothing", "exit 0", "ended early");
        row("55 fails", "echo 'is broken' >&2; exit 1", ": is broken");
        row("55 fails with escapes", "printf 'a\\033[31mb\\nsecond' >&2; exit 1", "a?[31mb");
        row("55 announces too much", "printf '\\377\\377\\377\\377\\377\\377\\377\\377'", "announced");
        row("55 stops early", "printf '\\100\\0\\0\\0\\0\\0\\0\\0\\20\\0\\0\\0\\0\\0\\0\\0{}'",
            "ended early");
        row("55 sends nonsense", "printf '\\12\\0\\0\\0\\0\\0\\0\\0\\2\\0\\0\\0\\0\\0\\0\\0[]'",
            "expected an object");
        row("55 sends nothing of use", "printf '\\12\\0\\0\\0\\0\\0\\0\\0\\2\\0\\0\\0\\0\\0\\0\\0{}'",
            "no tensors");
        row("55 hangs", "exec sleep 60", "did not end");
    }

    void helperMisbehaves() {
        QFETCH(QByteArray, script);
        QFETCH(QString, expected);
        qputenv(
            "RESNET_EXPLORER_HDF5_HELPER",
            QByteArray::fromStdString(write(QStringLiteral("helper"), "#!/bin/sh\n" + script + "\n", true)));
        // What hangs is waited for 4.5 s; for what ends by itself there is time however busy the machine is.
        const std::string path = expected == QStringLiteral("did not end")
                                     ? (folder + QStringLiteral("keras/model.h5")).toStdString()
                                     : patient();
        const QString message = refusalOf([&] { readWeights(path); });
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void helperIsMissing() {
        qputenv("RESNET_EXPLORER_HDF5_HELPER", "/nowhere/helper");
        const QString message =
            refusalOf([&] { readWeights((folder + QStringLiteral("keras/model.h5")).toStdString()); });
        QVERIFY2(message.contains(QStringLiteral("resnet-explorer-hdf5, is not there")), qPrintable(message));
    }

    // While the helper waits for what nobody is going to say.
    void canBeStopped() {
        const QString begun = m_folder.filePath(QStringLiteral("begun"));
        const QString never = m_folder.filePath(QStringLiteral("never"));
        QCOMPARE(::mkfifo(qPrintable(never), 0600), 0);
        const QString script = QStringLiteral("#!/bin/sh\n: > '%1'\nread answer < '%2'\n").arg(begun, never);
        qputenv("RESNET_EXPLORER_HDF5_HELPER",
                QByteArray::fromStdString(write(QStringLiteral("helper"), script.toUtf8(), true)));
        std::stop_source stop;
        std::thread stopper([&] {
            while (!QFile::exists(begun))
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            stop.request_stop();
        });
        const std::string path = patient();
        const QString message = refusalOf([&] { readWeights(path, stop.get_token()); });
        stopper.join();
        QVERIFY2(message.contains(QStringLiteral("stopped")), qPrintable(message));
    }

    // Mutants of sound files: each gets an answer, and we live. RESNET_MUTANTS=10000 makes more of
    // them; Qt Test then wants QTEST_FUNCTION_TIMEOUT=3600000, too.
    void mutants() {
        const int count = numberFrom("RESNET_MUTANTS", 60);
        Random random(std::uint64_t(numberFrom("RESNET_MUTANTS_SEED", 1)));
        const auto below = [&](qsizetype limit) { return qsizetype(random.next() % std::uint64_t(limit)); };
        QList<QByteArray> sound;
        for (const char* file : {"hdf5/unusual.h5", "keras/model.h5", "keras/keras2.13-layout.weights.h5"})
            sound << contentOf(folder + QString::fromLatin1(file));
        int opened = 0, refused = 0, crashed = 0, slow = 0;
        qint64 longest = 0;
        for (int i = 0; i < count; ++i) {
            // Large files are mostly numbers: it takes more changes to meet what they are described with.
            QByteArray mutant = sound[i % sound.size()];
            for (qsizetype changes = 1 + below(8 + mutant.size() / 1024); changes > 0; --changes)
                mutant[8 + below(mutant.size() - 8)] = char(random.next());
            if (below(8) == 0)
                mutant.truncate(8 + below(mutant.size() - 8));
            const std::string path = write(QStringLiteral("mutant.h5"), mutant);
            QElapsedTimer timer;
            timer.start();
            const QString message = refusalOf([&] { readWeights(path); });
            longest = std::max(longest, timer.elapsed());
            ++(message.isEmpty() ? opened : refused);
            crashed += message.contains(QStringLiteral("crashed"));
            slow += message.contains(QStringLiteral("did not end"));
        }
        qInfo("%d opened, %d refused, of these %d crashed and %d did not end; the longest took %lld ms",
              opened, refused, crashed, slow, longest);
        QCOMPARE(opened + refused, count);
    }
};

RESNET_TEST(KerasFileTest)
#include "KerasFileTest.moc"

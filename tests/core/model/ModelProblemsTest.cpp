#include "core/model/Model.h"
#include "core/model/SaveModel.h"
#include "core/network/Initialization.h"
#include "core/weights/SafetensorsWriter.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "tests/core/weights/Refusal.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace resnet;

namespace {

NetworkSpec narrow(std::vector<int> units = {3, 4, 6, 3}) {
    NetworkSpec spec;
    spec.unitsPerStage = std::move(units);
    spec.channelsPerStage = {4, 8, 12, 16};
    spec.classes = 5;
    return spec;
}

StateDict parametersFor(const NetworkSpec& spec) {
    return initialParameters(Graph(spec), 1);
}

}  // namespace

// Entries 56 to 62 of the table of hostile inputs: files that are sound, and no usable ResNet or a suspicious
// one.
class ModelProblemsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const StateDict& parameters, const Metadata& metadata = {}) {
        std::vector<TensorToWrite> tensors;
        for (const auto& [name, tensor] : parameters)
            tensors.push_back({name, tensor.shape, tensor.values, ElementType::F32});
        const std::string bytes = serialiseSafetensors(tensors, metadata);
        QFile file(m_folder.filePath(QStringLiteral("weights.safetensors")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qsizetype(bytes.size())) < 0)
            qFatal("cannot write");
        return file.fileName().toStdString();
    }

    QString refusal(const StateDict& parameters, const ModelRequest& request = {}) {
        const std::string path = write(parameters);
        const QString message = refusalOf([&] { openModel(path, request); });
        return message.startsWith(QString::fromStdString(path) + QStringLiteral(": ")) ? message : QString();
    }

    QString notes(const StateDict& parameters, const Metadata& metadata = {}) {
        const ModelPtr model = openModel(write(parameters, metadata));
        std::string all;
        for (const std::string& note : model->notes)
            all += note + "\n";
        return QString::fromStdString(all);
    }

private Q_SLOTS:
    void shapesTellTheNetwork() {
        const NetworkSpec expected = narrow({1, 2, 3, 2});
        const ModelPtr model = openModel(write(parametersFor(expected)));
        NetworkSpec found = model->network->spec();
        QCOMPARE(found.unitsPerStage, expected.unitsPerStage);
        QCOMPARE(found.channelsPerStage, expected.channelsPerStage);
        QCOMPARE(found.classes, 5);
        QCOMPARE(found.padding, Padding::Symmetric);
        QCOMPARE(found.batchNormEpsilon, 1e-5);
        QCOMPARE(model->preprocessing.shorterSide, 256);
        QVERIFY(!model->notes.empty());
    }

    void loadsWithANote_data() {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<float>("value");
        QTest::addColumn<bool>("everywhere");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* tensor, float value, bool everywhere,
                            const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(tensor) << value << everywhere
                                << QString::fromLatin1(expected);
        };
        row("56 NaN", "layer1.0.conv1.weight", std::numeric_limits<float>::quiet_NaN(), false,
            "NaN or infinity in layer1.0.conv1.weight");
        row("56 infinity", "layer2.0.bn1.bias", -std::numeric_limits<float>::infinity(), false,
            "NaN or infinity in layer2.0.bn1.bias");
        row("57 negative variance", "layer3.1.bn2.running_var", -1e-30f, false,
            "negative running variance in layer3.1.bn2.running_var");
        row("62 a kernel of zeros", "layer4.0.conv2.weight", 0.0f, true,
            "nothing but zeros in layer4.0.conv2.weight");
    }

    void loadsWithANote() {
        QFETCH(QString, tensor);
        QFETCH(float, value);
        QFETCH(bool, everywhere);
        QFETCH(QString, expected);
        StateDict parameters = parametersFor(narrow());
        std::vector<float>& values = parameters.at(tensor.toStdString()).values;
        if (everywhere)
            std::ranges::fill(values, value);
        else
            values.back() = value;
        const QString found = notes(parameters);
        QVERIFY2(found.contains(expected), qPrintable(found));
    }

    void soundNumbersGetNoNote() {
        const QString found = notes(parametersFor(narrow()));
        QVERIFY2(!found.contains(QStringLiteral("zero")) && !found.contains(QStringLiteral("NaN")) &&
                     !found.contains(QStringLiteral("variance")),
                 qPrintable(found));
    }

    void everythingZero() {
        StateDict parameters = parametersFor(narrow());
        for (auto& [name, tensor] : parameters)
            std::ranges::fill(tensor.values, 0.0f);
        QVERIFY(notes(parameters).contains(QStringLiteral("every number in the file is zero")));
    }

    void otherNumberOfLabels_data() {
        QTest::addColumn<QByteArray>("classes");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QByteArray>("last");
        QTest::newRow("58 fewer labels than classes")
            << QByteArray(R"(["a","b"])") << QStringLiteral("2 class names for 5 classes")
            << QByteArray("class 4");
        QTest::newRow("58 more labels than classes")
            << QByteArray(R"(["a","b","c","d","e","f"])") << QStringLiteral("6 class names for 5 classes")
            << QByteArray("e");
    }

    void otherNumberOfLabels() {
        QFETCH(const QByteArray, classes);
        QFETCH(const QString, expected);
        QFETCH(const QByteArray, last);
        const Metadata metadata{{"classes", classes.toStdString()}};
        const QString found = notes(parametersFor(narrow()), metadata);
        QVERIFY2(found.contains(expected), qPrintable(found));
        const ModelPtr model = openModel(write(parametersFor(narrow()), metadata));
        QCOMPARE(model->classNames.size(), std::size_t(5));
        QCOMPARE(model->classNames[1], std::string("b"));
        QCOMPARE(model->classNames.back(), last.toStdString());
    }

    void relativesAreRecognised_data() {
        QTest::addColumn<QString>("relative");
        QTest::addColumn<QString>("expected");
        QTest::newRow("59 resnet34d") << QStringLiteral("d") << QStringLiteral("looks like a resnet34d");
        QTest::newRow("59 VGG") << QStringLiteral("vgg") << QStringLiteral("looks like a VGG");
        QTest::newRow("59 SE") << QStringLiteral("se")
                               << QStringLiteral("looks like a squeeze-and-excitation");
        QTest::newRow("59 transformer")
            << QStringLiteral("vit") << QStringLiteral("looks like a vision transformer");
        QTest::newRow("59 something else")
            << QStringLiteral("none") << QStringLiteral("the first of them 'bias'");
    }

    void relativesAreRecognised() {
        QFETCH(QString, relative);
        QFETCH(QString, expected);
        StateDict parameters = parametersFor(narrow());
        const Tensor kernel{{4, 4, 1, 1}, std::vector<float>(16, 0.5f)};
        const Tensor small{{4, 3, 3, 3}, std::vector<float>(108, 0.5f)};
        if (relative == QStringLiteral("d")) {
            parameters.erase("conv1.weight");
            for (const char* name : {"conv1.0.weight", "conv1.3.weight", "conv1.6.weight"})
                parameters[name] = small;
        } else if (relative == QStringLiteral("se")) {
            parameters["layer1.0.se.fc1.weight"] = kernel;
        } else {
            parameters = {{"bias", {{1}, {0.5f}}}};
            if (relative == QStringLiteral("vgg"))
                parameters = {{"features.0.weight", small}, {"classifier.0.weight", {{1, 1}, {1.0f}}}};
            if (relative == QStringLiteral("vit"))
                parameters = {{"patch_embed.proj.weight", small}};
        }
        const QString message = refusal(parameters);
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void aResNet18IsOpenedAndContradicted() {
        const StateDict parameters = parametersFor(narrow({2, 2, 2, 2}));
        QCOMPARE(openModel(write(parameters))->graph().stepCount(), 69);
        ModelRequest request;
        request.architecture = "resnet34";
        const QString message = refusal(parameters, request);
        QVERIFY2(message.contains(QStringLiteral("resnet34 was asked for, the file holds a ResNet-18")),
                 qPrintable(message));
    }

    void oneTensorIsWrong_data() {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* tensor, const QList<int>& shape,
                            const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(tensor) << shape << QString::fromLatin1(expected);
        };
        row("60 a kernel as TensorFlow keeps it", "conv1.weight", {7, 7, 3, 4},
            "conv1.weight: expected 4 x 3 x 7 x 7, found 7 x 7 x 3 x 4 (height x width x in x out");
        row("60 a dense matrix as TensorFlow keeps it", "fc.weight", {16, 5},
            "fc.weight: expected 5 x 16, found 16 x 5 (transposed)");
        row("61 one missing", "layer1.1.bn2.weight", {}, "layer1.1.bn2.weight: expected 4, found nothing");
        row("61 one extra", "layer2.0.surprise", {3},
            "'layer2.0.surprise' belongs to no layer of the ResNet");
        row("a PReLU", "layer2.0.relu.weight", {1}, "the slopes of a PReLU, it seems");
        row("61 one misshapen", "layer3.0.conv1.weight", {2, 2},
            "layer3.0.conv1.weight: expected 12 x 8 x 3 x 3, found 2 x 2");
    }

    void oneTensorIsWrong() {
        QFETCH(const QString, tensor);
        QFETCH(const QList<int>, shape);
        QFETCH(const QString, expected);
        StateDict parameters = parametersFor(narrow());
        parameters.erase(tensor.toStdString());
        if (!shape.isEmpty()) {
            Tensor wrong{{shape.begin(), shape.end()}, {}};
            wrong.values.resize(std::size_t(elementCount(wrong.shape)), 0.5f);
            parameters[tensor.toStdString()] = wrong;
        }
        const QString message = refusal(parameters);
        QVERIFY2(message.contains(expected), qPrintable(message));
        QVERIFY2(!message.contains(QStringLiteral("more problems")), qPrintable(message));
    }

    void aProjectionWhereTheShapeStays() {
        StateDict parameters = parametersFor(narrow());
        parameters["layer1.0.downsample.0.weight"] = {{4, 4, 1, 1}, std::vector<float>(16, 0.5f)};
        for (const char* part : {"weight", "bias", "running_mean", "running_var"})
            parameters[std::string("layer1.0.downsample.1.") + part] = {{4}, std::vector<float>(4, 1.0f)};
        const auto model = openModel(write(parameters));
        const auto of = [&](const char* step) { return model->graph().step(*model->graph().find(step)); };
        QCOMPARE(of("layer1.0.add").inputs.at(1), of("layer1.0.downsample.1").id);
        QCOMPARE(of("layer1.0.downsample.0").inputs.at(0), of("maxpool").id);
    }

    void allProblemsAtOnce() {
        StateDict parameters = parametersFor(narrow());
        parameters.erase("layer1.1.bn2.weight");
        parameters["layer2.0.surprise"] = {{3}, {1, 2, 3}};
        parameters["layer3.0.conv1.weight"] = {{2, 2}, {1, 2, 3, 4}};
        try {
            openModel(write(parameters));
            QFAIL("opened");
        } catch (const Error& error) {
            QVERIFY(QString::fromStdString(error.what()).contains(QStringLiteral("and 2 more problems")));
            std::string all = error.what();
            for (const std::string& detail : error.details())
                all += "\n" + detail;
            const QString text = QString::fromStdString(all);
            QVERIFY(text.contains(QStringLiteral("layer1.1.bn2.weight: expected 4, found nothing")));
            QVERIFY(
                text.contains(QStringLiteral("layer3.0.conv1.weight: expected 12 x 8 x 3 x 3, found 2 x 2")));
            QVERIFY(
                text.contains(QStringLiteral("layer2.0.surprise: expected nothing of this name, found 3")));
        }
    }

    void plainNetworkHasToBeAskedFor() {
        NetworkSpec spec = narrow();
        spec.shortcut = ShortcutKind::None;
        const StateDict parameters = parametersFor(spec);
        const QString message = refusal(parameters);
        QVERIFY2(message.contains(QStringLiteral("shortcuts without parameters")), qPrintable(message));
        ModelRequest request;
        request.shortcut = ShortcutKind::None;
        QVERIFY(!openModel(write(parameters), request)->network->spec().hasShortcuts());
        QVERIFY(
            refusal(parametersFor(narrow()), request).contains(QStringLiteral("the file holds projections")));
        // The same tensors may as well be those of shortcuts without parameters.
        request.shortcut = ShortcutKind::PaddingAfter;
        const ModelPtr padded = openModel(write(parameters), request);
        QVERIFY(padded->graph().find("layer2.0.shortcut"));
        QCOMPARE(padded->network->spec().shortcut, ShortcutKind::PaddingAfter);
    }

    void aFileOfEpochZeroIsUntrained() {
        const ModelPtr model = openModel(write(parametersFor(narrow()), {{"epoch", "0"}}));
        QVERIFY(!model->isTrained() && model->isOfFile());
        QVERIFY(model->title.ends_with("untrained"));
        QVERIFY(openModel(write(parametersFor(narrow()), {{"epoch", "3"}}))->isTrained());
        QVERIFY(openModel(write(parametersFor(narrow())))->isTrained());
    }

    void unusableMetadataAreAllNamed() {
        const std::string path = write(parametersFor(narrow()),
                                       {{"padding", "valid"}, {"bn_epsilon", "small"}, {"std", "[0,1,1]"}});
        try {
            openModel(path);
            QFAIL("opened");
        } catch (const Error& error) {
            QVERIFY(
                QString::fromStdString(error.what()).contains(QStringLiteral("'padding': expected same")));
            QCOMPARE(error.details().size(), std::size_t(2));
        }
    }

    void aConvertedModelIsTheSame() {
        ModelRequest request;
        request.padding = Padding::SameTorch;
        request.batchNormEpsilon = 0.1 + 0.2;
        request.inputHeight = 75;
        request.inputWidth = 102;
        request.preprocessing = Preprocessing{90, 1.0f / 127.5f, {1, 1, 1}, {0.1f, 1, 3}, ChannelOrder::BGR};
        request.classNames = std::vector<std::string>{"a", "\"b\"", "ü", "d", "e"};
        const ModelPtr before =
            openModel(write(parametersFor(narrow()), {{"dataset", "Things, all"}}), request);
        const std::string bytes = serialiseModel(*before);
        QFile file(m_folder.filePath(QStringLiteral("converted.safetensors")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes.data(), qsizetype(bytes.size()));
        file.close();
        const ModelPtr after = openModel(file.fileName().toStdString());
        QVERIFY(after->network->parameters() == before->network->parameters());
        QCOMPARE(after->network->spec(), before->network->spec());
        QCOMPARE(after->preprocessing, before->preprocessing);
        QCOMPARE(after->classNames, before->classNames);
        QCOMPARE(after->title, std::string("ResNet-34 · Things"));
    }

    void halfPrecisionStaysWhatItWas() {
        const ModelPtr bundled =
            openModel(RESNET_SOURCE_DIR "/resources/models/resnet34-imagenette.safetensors");
        const std::string bytes = serialiseModel(*bundled, Precision::Half);
        QVERIFY(bytes.size() < 43'000'000);
        QVERIFY(readSafetensors(*memorySource(bytes, "x")).tensors == bundled->network->parameters());
    }

    void halfPrecisionRefusesWhatDoesNotFit() {
        StateDict parameters = parametersFor(narrow());
        parameters["fc.weight"].values[0] = 1e6f;
        const ModelPtr model = openModel(write(parameters));
        QVERIFY(refusalOf([&] {
                    serialiseModel(*model, Precision::Half);
                }).contains(QStringLiteral("fc.weight")));
    }
};

RESNET_TEST(ModelProblemsTest)
#include "ModelProblemsTest.moc"

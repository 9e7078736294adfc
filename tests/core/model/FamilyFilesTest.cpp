#include "core/inference/FusedExecutor.h"
#include "core/model/Model.h"
#include "core/model/ModelSettings.h"
#include "core/model/SaveModel.h"
#include "core/network/Initialization.h"
#include "core/weights/SafetensorsWriter.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/weights/Refusal.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;

namespace {

const QString folder = QStringLiteral(RESNET_SOURCE_DIR "/tests/data/family");

nlohmann::json specIn(const QString& path) {
    std::ifstream file((path + QStringLiteral("/spec.json")).toStdString());
    return nlohmann::json::parse(file);
}

// What a person would say of the file, as no shape tells it.
ModelRequest requestFor(const nlohmann::json& spec) {
    ModelRequest request;
    request.padding = paddingNamed(spec.at("padding").get<std::string>());
    request.batchNormEpsilon = spec.at("bn_epsilon");
    request.inputHeight = spec.at("input")[1];
    request.inputWidth = spec.at("input")[2];
    if (spec.contains("stride_in"))
        request.strideIn = strideInNamed(spec.at("stride_in").get<std::string>());
    return request;
}

void compareWith(const StateDict& expected, const Model& model, const FeatureMapsPtr& input) {
    Executor executor(model.network, 2);
    Run run = executor.start(input);
    executor.run(run);
    for (const auto& [name, tensor] : expected) {
        const auto step = model.graph().find(name);
        QVERIFY2(step.has_value(), name.c_str());
        QVERIFY2(reference::relativeError(*run.output(*step), tensor) < 1e-4, name.c_str());
    }
    FusedExecutor fused(executor.packed());
    const std::vector<FeatureMapsPtr> images{input};
    fused.run(images);
    const FeatureMaps& logits = *run.output(model.graph().logitsStep());
    QVERIFY(std::equal(logits.data(), logits.data() + logits.size(), fused.logits(0).begin()));
}

}  // namespace

// Networks of the family, opened as the files that they are, against what PyTorch computed in float64.
class FamilyFilesTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const std::string& bytes) {
        const QString path = m_folder.filePath(QStringLiteral("written.safetensors"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) < 0)
            qFatal("cannot write");
        return path.toStdString();
    }

private Q_SLOTS:
    void computeWhatTheyShould_data() {
        QTest::addColumn<QString>("path");
        for (const QString& root : {folder, qEnvironmentVariable("RESNET_REFERENCE_DIR")})
            for (const QString& name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
                if (!root.isEmpty() &&
                    QFile::exists(root + QLatin1Char('/') + name + QStringLiteral("/spec.json")))
                    QTest::newRow(qPrintable(root.right(6) + QLatin1Char('/') + name))
                        << root + QLatin1Char('/') + name;
    }

    void computeWhatTheyShould() {
        QFETCH(QString, path);
        const nlohmann::json spec = specIn(path);
        const ModelPtr model =
            openModel((path + QStringLiteral("/weights.safetensors")).toStdString(), requestFor(spec));
        const FeatureShape shape = model->network->spec().inputShape();
        QCOMPARE(shape.channels, spec.at("input")[0].get<int>());
        const FeatureMapsPtr input =
            reference::readInput((path + QStringLiteral("/input.npy")).toStdString(), shape);
        const StateDict expected =
            readSafetensors((path + QStringLiteral("/activations.safetensors")).toStdString()).tensors;
        compareWith(expected, *model, input);
        // What was asked for stands in the file that is written of it.
        const ModelPtr again = openModel(write(serialiseModel(*model)));
        QVERIFY(again->network->spec() == model->network->spec());
        compareWith(expected, *again, input);
    }

    void whatShapesDoNotTellIsANote() {
        const auto notesOf = [](const char* name) {
            const std::string path = (folder + QLatin1Char('/') + QString::fromLatin1(name)).toStdString();
            QString text;
            const ModelPtr model = openModel(path + "/weights.safetensors");
            for (const std::string& note : model->notes)
                text += QString::fromStdString(note) + QLatin1Char('\n');
            return text;
        };
        QVERIFY(
            notesOf("narrow50-same-96").contains(QStringLiteral("which convolution of a bottleneck unit")));
        QVERIFY(notesOf("cifar20-a-32").contains(QStringLiteral("No shortcut has parameters")));
        QVERIFY(notesOf("cifar20-a-32").contains(QStringLiteral("The first convolution is 3 x 3")));
        QVERIFY(notesOf("narrow-preact-96").contains(QStringLiteral("projections of pre-activation units")));
        QVERIFY(notesOf("grey18-same-64").contains(QStringLiteral("grey")));
    }

    void whatNothingTellsIsGuessedWhereItMay() {
        NetworkSpec spec;  // a 7 x 7 stem and no projections
        spec.unitsPerStage = {1, 1};
        spec.channelsPerStage = {4, 8};
        spec.shortcut = ShortcutKind::None;
        std::vector<TensorToWrite> tensors;
        const StateDict parameters = initialParameters(Graph(spec), 1);
        for (const auto& [name, tensor] : parameters)
            tensors.push_back({name, tensor.shape, tensor.values, ElementType::F32});
        const std::string path = write(serialiseSafetensors(tensors, {}));
        QVERIFY(refusalOf([&] { openModel(path); }).contains(QStringLiteral("no shortcut has a projection")));
        ModelRequest request;
        request.guessesShortcut = true;
        const ModelPtr model = openModel(path, request);
        QCOMPARE(model->network->spec().shortcut, ShortcutKind::Padding);
        QCOMPARE(model->sources.shortcut, SettingSource::Guess);
        QVERIFY(std::ranges::any_of(model->notes, [](const std::string& note) {
            return note.starts_with("No shortcut has parameters");
        }));
    }

    void preActivationBottlenecksAreNamed() {
        NetworkSpec spec = specNamed("resnet50");
        spec.unitsPerStage = {1, 1};
        spec.channelsPerStage = {4, 8};
        spec.unit = UnitKind::Bottleneck;
        StateDict parameters = initialParameters(Graph(spec), 1);
        for (int stage = 1; stage <= 2; ++stage) {
            const std::string unit = "layer" + std::to_string(stage) + ".0.";
            const std::int64_t inputs = parameters.at(unit + "conv1.weight").shape[1];
            for (const char* vector : {"weight", "bias", "running_mean", "running_var"})
                parameters[unit + "bn1." + vector] = {{inputs},
                                                      std::vector<float>(std::size_t(inputs), 1.0f)};
        }
        std::vector<TensorToWrite> tensors;
        for (const auto& [name, tensor] : parameters)
            tensors.push_back({name, tensor.shape, tensor.values, ElementType::F32});
        const std::string path = write(serialiseSafetensors(tensors, {}));
        const QString message = refusalOf([&] { openModel(path); });
        QVERIFY2(message.contains(QStringLiteral("batch norm before each convolution (pre-activation)")),
                 qPrintable(message));
    }

    void biasesAndMissingNormsAreFound() {
        const std::string path =
            (folder + QStringLiteral("/grey18-same-64/weights.safetensors")).toStdString();
        const ModelPtr whole = openModel(path);
        StateDict parameters = whole->network->parameters();
        parameters.erase("fc.bias");
        parameters["conv1.bias"] = {{8}, std::vector<float>(8, 0.5f)};
        std::vector<TensorToWrite> tensors;
        for (const auto& [name, tensor] : parameters)
            tensors.push_back({name, tensor.shape, tensor.values, ElementType::F32});
        const ModelPtr model = openModel(write(serialiseSafetensors(tensors)));
        QVERIFY(model->graph().step(*model->graph().find("conv1")).settings.hasBias);
        QVERIFY(!model->graph().step(model->graph().logitsStep()).settings.hasBias);
        QVERIFY(std::ranges::any_of(model->notes, [](const std::string& note) {
            return note.find("a dense layer has no bias") != std::string::npos;
        }));
        // Each step as its formula says.
        const FeatureShape shape = model->network->spec().inputShape();
        const auto input = std::make_shared<FeatureMaps>(shape);
        std::fill_n(input->data(), input->size(), 0.25f);
        const auto valueOf = [&](const Model& of, const char* step) {
            Executor executor(of.network, 1);
            Run run = executor.start(input);
            executor.run(run);
            return run.output(*of.graph().find(step))->at(3, 5, 5);
        };
        QVERIFY(std::abs(valueOf(*model, "conv1") - valueOf(*whole, "conv1") - 0.5f) < 1e-5f);
    }
};

RESNET_TEST(FamilyFilesTest)
#include "FamilyFilesTest.moc"

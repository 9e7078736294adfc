#include "core/network/GraphBuilder.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace resnet;

class StepKindsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasItsRow() {
        std::set<std::string_view> names;
        for (const StepKindInfo& row : stepKinds()) {
            QCOMPARE(infoOf(row.kind).kind, row.kind);
            QVERIFY(!row.name.empty() && !row.shortName.empty());
            QVERIFY(row.shortName.size() <= row.name.size());
            QVERIFY(row.briefestName.size() <= row.shortName.size());
            names.insert(row.name);
        }
        QCOMPARE(names.size(), stepKinds().size());
        QCOMPARE(name(StepKind::GlobalAveragePool), std::string_view("global average pool"));
        QVERIFY(infoOf(StepKind::MaxPool).hasWindow() && !infoOf(StepKind::MaxPool).hasKernels());
        QVERIFY(infoOf(StepKind::Convolution).hasWindow() && infoOf(StepKind::Convolution).hasKernels());
        QVERIFY(!infoOf(StepKind::Dense).hasWindow());
    }

    void parametersAreThoseOfTheRow() {
        const Graph graph(resNet18());
        const auto of = [&](const char* step) { return parametersOf(graph.step(*graph.find(step))); };
        const std::vector<ParameterInfo> convolution = of("layer2.0.conv1");
        QCOMPARE(convolution.size(), std::size_t(1));
        QCOMPARE(convolution[0].name, std::string("layer2.0.conv1.weight"));
        QCOMPARE(convolution[0].shape, (std::vector<std::int64_t>{128, 64, 3, 3}));
        const std::vector<ParameterInfo> norm = of("bn1");
        QCOMPARE(norm.size(), std::size_t(4));
        QCOMPARE(norm[3].name, std::string("bn1.running_var"));
        QCOMPARE(norm[3].shape, (std::vector<std::int64_t>{64}));
        QVERIFY(norm[1].trainable && !norm[2].trainable && !norm[3].trainable);
        QCOMPARE(of("fc")[0].shape, (std::vector<std::int64_t>{10, 512}));
        QVERIFY(of("relu").empty() && of("maxpool").empty() && of("layer1.0.add").empty());

        std::int64_t all = 0, trainable = 0;
        for (const ParameterInfo& parameter : parametersOf(graph)) {
            all += elementCount(parameter.shape);
            trainable += parameter.trainable ? elementCount(parameter.shape) : 0;
        }
        QCOMPARE(all, graph.totalParameters());
        QCOMPARE(trainable, graph.trainableParameters());
    }

    void startValuesAreThoseOfTheRow() {
        NetworkSpec spec = resNet18();
        spec.channelsPerStage = {4, 8, 8, 8};
        const StateDict parameters = initialParameters(Graph(spec), 3);
        const auto isAll = [&](const char* name, float value) {
            return std::ranges::all_of(parameters.find(name)->second.values,
                                       [&](float each) { return each == value; });
        };
        QVERIFY(isAll("bn1.weight", 1.0f) && isAll("bn1.running_var", 1.0f));
        QVERIFY(isAll("bn1.bias", 0.0f) && isAll("bn1.running_mean", 0.0f) && isAll("fc.bias", 0.0f));
        QVERIFY(!isAll("conv1.weight", 0.0f) && !isAll("fc.weight", 0.0f));
    }

    void aPoolHasTheSignOfWhatItReads() {
        const FeatureShape image{3, 32, 32};
        GraphBuilder builder(image, Padding::Same);
        const StepId conv = builder.step(StepKind::Convolution, "conv", {inputStep}, {4, 3, 1});
        const StepId signedPool = builder.step(StepKind::MaxPool, "a", {conv}, {0, 2, 2});
        const StepId relu = builder.step(StepKind::ReLU, "relu", {conv});
        const StepId pool = builder.step(StepKind::MaxPool, "b", {relu}, {0, 2, 2});
        const StepId mean = builder.step(StepKind::GlobalAveragePool, "c", {signedPool});
        const std::vector<Step> steps = builder.take().steps;
        const auto isSigned = [&](StepId id) { return steps[std::size_t(id)].isSigned; };
        QVERIFY(isSigned(conv) && isSigned(signedPool) && isSigned(mean));
        QVERIFY(!isSigned(relu) && !isSigned(pool));
    }
};

RESNET_TEST(StepKindsTest)
#include "StepKindsTest.moc"

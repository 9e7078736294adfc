#include "core/Error.h"
#include "core/experiments/Landscape.h"
#include "core/files/ByteSource.h"
#include "core/files/Npy.h"
#include "core/model/Model.h"
#include "core/tensor/ChannelsFirst.h"
#include "tests/TestPrograms.h"
#include "tests/core/experiments/SmallNetworks.h"
#include "tests/core/weights/ReadSafetensors.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace resnet;
using namespace resnet::test;

namespace {

double norm(std::span<const float> values) {
    double sum = 0.0;
    for (const float value : values)
        sum += double(value) * value;
    return std::sqrt(sum);
}

std::vector<LabelledInput> pictures(const Network& network, bool hasClasses, int count = 5) {
    std::vector<LabelledInput> all;
    for (int i = 0; i < count; ++i)
        all.push_back({someInput(network.graph().outputShape(inputStep), i),
                       hasClasses ? std::optional(i % 5) : std::nullopt,
                       {}});
    return all;
}

}  // namespace

class LandscapeTest : public QObject {
    Q_OBJECT

    const std::shared_ptr<const Network> m_network = livelyNetwork(Graph(smallSpec()));
    const EngineOptions m_options{2, {}, {}};

private Q_SLOTS:
    void filtersHaveTheNormsOfTheNetworks() {
        const Direction direction = randomDirection(*m_network, 3);
        int filters = 0;
        for (const ParameterInfo& each : parametersOf(m_network->graph())) {
            QCOMPARE(direction.contains(each.name), each.shape.size() >= 2);
            if (each.shape.size() < 2)
                continue;
            const std::vector<float>& own = m_network->parameters().at(each.name).values;
            const std::size_t size = own.size() / std::size_t(each.shape.front());
            for (std::size_t at = 0; at < own.size(); at += size, ++filters) {
                const double expected = norm(std::span(own).subspan(at, size));
                const double found = norm(std::span(direction.at(each.name).values).subspan(at, size));
                QVERIFY(std::abs(found - expected) < 1e-5 * expected);
            }
        }
        QVERIFY(filters > 100);
        QVERIFY(randomDirection(*m_network, 3) == direction);
        QVERIFY(randomDirection(*m_network, 4) != direction);
        Direction lacking = direction;
        lacking.erase("fc.weight");
        QVERIFY_EXCEPTION_THROWN(filterNormalised(lacking, *m_network), Error);
    }

    void movesFiltersAndNothingElse() {
        const Direction first = randomDirection(*m_network, 1);
        const Direction second = randomDirection(*m_network, 2);
        const Network moved = movedNetwork(*m_network, first, second, 0.5, -0.25);
        for (const auto& [name, tensor] : m_network->parameters()) {
            const std::vector<float>& values = moved.parameters().at(name).values;
            for (std::size_t i = 0; i < values.size(); ++i) {
                const float expected = first.contains(name)
                                           ? tensor.values[i] + 0.5f * first.at(name).values[i] -
                                                 0.25f * second.at(name).values[i]
                                           : tensor.values[i];
                QCOMPARE(values[i], expected);
            }
        }
        QVERIFY(movedNetwork(*m_network, first, second, 0.0, 0.0).parameters() == m_network->parameters());
    }

    void theCentreIsThePlainLoss() {
        const Direction first = randomDirection(*m_network, 1);
        const Direction second = randomDirection(*m_network, 2);
        const std::vector<LabelledInput> labelled = pictures(*m_network, true);
        double loss = 0.0;
        double right = 0.0;
        const auto packed = packedOf(m_network);
        for (const LabelledInput& each : labelled) {
            const Prediction prediction = predictionOf(finishedRun(packed, each.input));
            loss += crossEntropy(prediction.logits, *each.expected);
            right += prediction.top() == each.expected ? 1.0 : 0.0;
        }
        LandscapeMeter meter(m_network, labelled, m_options);
        int reported = 0;
        const auto made = landscape(meter, first, second, {5, 0.8}, {}, [&](int done, int total) {
            ++reported;
            QVERIFY(done == reported && total == 25);
        });
        QCOMPARE(reported, 25);
        QVERIFY(made->centre.loss == loss / 5.0 && made->centre.accuracy == right / 5.0);
        QVERIFY(made->points[2][2] == made->centre);
        QVERIFY(!made->isDivergence);
        QCOMPARE(made->axis, (std::vector<double>{-0.8, -0.4, 0.0, 0.4, 0.8}));
        // Rows by the second direction.
        QVERIFY(made->points[1][4] == *meter.at(first, second, 0.8, -0.4));
        QVERIFY(!(made->points[4][1] == made->points[1][4]));

        LandscapeMeter unlabelled(m_network, pictures(*m_network, false), m_options);
        const auto divergences = landscape(unlabelled, first, second, {3, 0.5});
        QVERIFY(divergences->isDivergence);
        QCOMPARE(divergences->centre.loss, 0.0);
        QCOMPARE(divergences->centre.accuracy, 1.0);
        QVERIFY(divergences->points[0][0].loss > 1e-4);
    }

    void threadsAndBatchesDoNotChangeABit() {
        const Direction first = randomDirection(*m_network, 1);
        const Direction second = randomDirection(*m_network, 2);
        const std::vector<LabelledInput> many = pictures(*m_network, true, 70);  // two batches
        LandscapeMeter one(m_network, many, EngineOptions{1, {}, {}});
        LandscapeMeter more(m_network, many, EngineOptions{5, {}, {}});
        const auto place = one.at(first, second, 0.3, 0.1);
        QVERIFY(*place == *more.at(first, second, 0.3, 0.1));
        // Nor do the places before it.
        QVERIFY(!(*one.at(first, second, -0.4, 0.2) == *place));
        QVERIFY(*one.at(first, second, 0.3, 0.1) == *place);
    }

    void refusesAndStops() {
        const Direction direction = randomDirection(*m_network, 1);
        QVERIFY_EXCEPTION_THROWN(LandscapeMeter(m_network, {}), Error);
        std::vector<LabelledInput> wrong = pictures(*m_network, true);
        wrong[0].expected = 5;
        QVERIFY_EXCEPTION_THROWN(LandscapeMeter(m_network, wrong), Error);
        LandscapeMeter meter(m_network, pictures(*m_network, true), m_options);
        QVERIFY_EXCEPTION_THROWN(landscape(meter, direction, direction, {4, 1.0}), Error);
        QVERIFY_EXCEPTION_THROWN(landscape(meter, direction, direction, {5, 0.0}), Error);
        std::stop_source stop;
        const auto stopped =
            landscape(meter, direction, direction, {5, 1.0}, stop.get_token(), [&](int done, int) {
                if (done == 3)
                    stop.request_stop();
            });
        QVERIFY(!stopped);
    }

    // 13 points of a plane through either twin, over 64 pictures, by PyTorch; where the reference lies that
    // RESNET_REFERENCE_DIR names.
    void agreesWithPyTorch_data() {
        QTest::addColumn<QString>("twin");
        QTest::newRow("residual") << QStringLiteral("residual");
        QTest::newRow("plain") << QStringLiteral("plain");
    }
    void agreesWithPyTorch() {
        QFETCH(QString, twin);
        const std::string folder = qEnvironmentVariable("RESNET_REFERENCE_DIR").toStdString() + "/landscape/";
        if (!QFile::exists(QString::fromStdString(folder + "losses.json")))
            QSKIP("RESNET_REFERENCE_DIR names no folder with landscape/");
        const ModelPtr model = openModel(std::string(RESNET_SOURCE_DIR "/resources/models/twins/") +
                                         twin.toStdString() + "-e20.safetensors");
        const Tensor inputs = readNpy(readFileBytes(folder + "inputs.npy", 1 << 26), "inputs.npy");
        std::ifstream classesFile(folder + "classes.json");
        const auto classes = nlohmann::json::parse(classesFile).get<std::vector<int>>();
        const FeatureShape shape = model->graph().outputShape(inputStep);
        std::vector<LabelledInput> labelled;
        for (std::size_t i = 0; i < classes.size(); ++i)
            labelled.push_back({std::make_shared<FeatureMaps>(fromChannelsFirst(
                                    shape, std::span(inputs.values).subspan(i * shape.size(), shape.size()))),
                                classes[i],
                                {}});
        LandscapeMeter meter(model->network, labelled, m_options);
        const auto direction = [&](const char* number) {
            return readSafetensors(folder + twin.toStdString() + "-direction-" + number + ".safetensors")
                .tensors;
        };
        const Direction first = direction("1");
        const Direction second = direction("2");
        std::ifstream file(folder + "losses.json");
        double worst = 0.0;
        int points = 0;
        const nlohmann::json rows = nlohmann::json::parse(file).at(twin.toStdString());
        for (const auto& row : rows) {
            const auto point = meter.at(first, second, row.at("at")[0], row.at("at")[1]);
            const double loss = row.at("loss");
            worst = std::max(worst, std::abs(point->loss - loss) / loss);
            QCOMPARE(point->accuracy, row.at("accuracy").get<double>());
            ++points;
        }
        QCOMPARE(points, 13);
        qInfo("largest relative error of the loss %.1e", worst);
        QVERIFY(worst < 1e-4);
    }
};

RESNET_TEST(LandscapeTest)
#include "LandscapeTest.moc"

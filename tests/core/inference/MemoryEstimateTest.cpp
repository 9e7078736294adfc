#include "core/Error.h"
#include "core/inference/MemoryEstimate.h"
#include "core/inference/PackedNetwork.h"
#include "core/model/Model.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

class MemoryEstimateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // What is estimated is what is made.
    void countsWhatIsMade() {
        NetworkSpec spec = resNet18();
        spec.channelsPerStage = {24, 40, 64, 72};
        spec.classes = 7;
        const auto network = std::make_shared<const Network>(Network::initialised(spec, 1));
        const Graph& graph = network->graph();
        for (const Isa isa : supportedIsas()) {
            const MemoryEstimate needed = memoryNeededBy(graph, isa);
            std::size_t parameters = 0;
            for (const auto& [name, tensor] : network->parameters())
                parameters += tensor.values.size() * sizeof(float);
            QCOMPARE(needed.parameters, std::int64_t(parameters));
            QCOMPARE(needed.packed, std::int64_t(PackedNetwork(network, {1, isa, {}}).packedBytes()));
            std::size_t maps = 0;
            for (const Step& step : graph.steps())
                maps += step.output.size() * sizeof(float);
            QCOMPARE(needed.maps, std::int64_t(maps));
            QCOMPARE(needed.total(), needed.parameters + needed.packed + needed.maps);
        }
    }

    void whatIsTooLargeIsRefusedBeforeItIsMade() {
        NetworkSpec spec;
        spec.unitsPerStage = std::vector<int>(6, 64);
        spec.channelsPerStage = std::vector<int>(6, 4096);
        const MemoryEstimate needed = memoryNeededBy(Graph(spec));
        try {
            requireMemory(needed, 24'000'000'000);
            QFAIL("116 G parameters are more than 24 GB");
        } catch (const Error& error) {
            const QString told = QString::fromUtf8(error.what());
            QVERIFY2(told.startsWith(
                         QStringLiteral("memory: expected at most the 24 GB that are available, found ")),
                     qPrintable(told));
            QVERIFY2(told.contains(QStringLiteral("parameters 464 GB")), qPrintable(told));
        }
        ModelRequest request;  // more than any machine has
        request.unitsPerStage = spec.unitsPerStage;
        request.channelsPerStage = spec.channelsPerStage;
        QVERIFY_EXCEPTION_THROWN(newModel(request), Error);
    }

    void theLimitIsWhatIsAvailable() {
        const MemoryEstimate needed = memoryNeededBy(Graph(NetworkSpec{}));
        requireMemory(needed, needed.total());
        requireMemory(needed, std::nullopt);
        QVERIFY_EXCEPTION_THROWN(requireMemory(needed, needed.total() - 1), Error);
    }

    void readsWhatTheSystemTells() {
        QCOMPARE(
            availableMemoryIn("MemTotal:       24683620 kB\nMemAvailable:   22518360 kB\nBuffers: 1 kB\n"),
            std::optional<std::int64_t>(22518360LL * 1024));
        for (const char* text : {"", "MemTotal: 5 kB\n", "MemAvailable:", "MemAvailable: kB",
                                 "MemAvailable: -1 kB", "MemAvailable: 99999999999999999999 kB"})
            QVERIFY2(!availableMemoryIn(text), text);
#if defined(__linux__)
        QVERIFY(availableMemory() > 0);
#endif
    }

    void bytesAreShort() {
        QCOMPARE(bytesText(0), std::string("0 B"));
        QCOMPARE(bytesText(999), std::string("999 B"));
        QCOMPARE(bytesText(1000), std::string("1.0 kB"));
        QCOMPARE(bytesText(290'400'000), std::string("290 MB"));
        QCOMPARE(bytesText(999'700'000), std::string("1.0 GB"));
        QCOMPARE(bytesText(1'400'000'000'000), std::string("1.4 TB"));
    }
};

RESNET_TEST(MemoryEstimateTest)
#include "MemoryEstimateTest.moc"

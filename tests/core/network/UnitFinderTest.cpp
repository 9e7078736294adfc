#include "core/network/Graph.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/Refusal.h"

#include <QtTest>

using namespace resnet;

namespace {

// Layers by kind and inputs, named by their place.
class Layers {
public:
    int add(StepKind kind, std::vector<int> inputs, int channels = 0, int stride = 1) {
        m_layers.layers.push_back({"l" + std::to_string(m_layers.layers.size()),
                                   kind,
                                   std::move(inputs),
                                   channels,
                                   {.kernel = kind == StepKind::Convolution ? 3 : 1, .stride = stride},
                                   {}});
        return int(m_layers.layers.size()) - 1;
    }
    int convolution(int from, int channels, int stride = 1) {
        return add(StepKind::Convolution, {from}, channels, stride);
    }
    Graph graph(int last) {
        last = add(StepKind::GlobalAveragePool, {last});
        last = add(StepKind::Dense, {last}, 3);
        add(StepKind::Softmax, {last});
        NetworkSpec settings;
        settings.inputHeight = settings.inputWidth = 32;
        return Graph(std::make_shared<LayerGraph>(m_layers), settings);
    }

private:
    LayerGraph m_layers;
};

}  // namespace

class UnitFinderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void longerWayIsTheMainPath() {
        Layers layers;
        const int stem = layers.convolution(inputStep, 8);
        const int shortcut = layers.convolution(stem, 16, 2);
        const int first = layers.convolution(stem, 16, 2);
        const int second = layers.convolution(first, 16);
        const int sum = layers.add(StepKind::Add, {shortcut, second});
        const Graph graph = layers.graph(layers.add(StepKind::ReLU, {sum}));
        QCOMPARE(graph.units().size(), std::size_t(1));
        const ResidualUnit& unit = graph.units().front();
        QCOMPARE(unit.mainPath.size(), std::size_t(2));
        QCOMPARE(unit.shortcut.size(), std::size_t(1));
        QCOMPARE(graph.step(*unit.add).inputs.front(), unit.branchOutput());
        QCOMPARE(graph.step(unit.shortcut.front()).name, std::string("layer1.0.downsample.0"));
        QCOMPARE(graph.step(unit.mainPath.front()).layer, std::string("l2"));
    }

    void stagesBeginWhereTheShapeChanges() {
        Layers layers;
        int last = layers.convolution(inputStep, 8);
        const auto unit = [&](int channels, int stride) {
            const bool changes = stride != 1 || channels != 8;
            const int x = last;
            const int main = layers.convolution(layers.convolution(x, channels, stride), channels);
            const int shortcut = changes ? layers.convolution(x, channels, stride) : x;
            last = layers.add(StepKind::Add, {main, shortcut});
        };
        unit(8, 1);
        unit(8, 1);
        unit(8, 2);  // the last of its stage halves the map, as in Keras' second version
        unit(16, 1);
        const Graph graph = layers.graph(last);
        QCOMPARE(graph.units()[2].stage, 0);
        QCOMPARE(graph.units()[3].stage, 1);
        QVERIFY((graph.spec().unitsPerStage == std::vector{3, 1}));
    }

    void withoutAdditionsTwoConvolutionsAreAUnit() {
        Layers layers;
        int last = layers.convolution(inputStep, 8);
        for (int i = 0; i < 5; ++i)
            last = layers.add(StepKind::ReLU, {layers.convolution(last, 8)});
        const Graph graph = layers.graph(last);
        QCOMPARE(graph.units().size(), std::size_t(3));
        QVERIFY(!graph.units().front().hasAddition());
        QVERIFY(!graph.spec().hasShortcuts());
    }

    void refusesWhatIsNoChainOfUnits_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("expected");
        QTest::newRow("ways from two forks") << 0 << QStringLiteral("inside of another sum");
        QTest::newRow("a sum inside of a sum") << 1 << QStringLiteral("inside of another sum");
        QTest::newRow("added to itself") << 2 << QStringLiteral("to itself");
        QTest::newRow("three ways") << 3 << QStringLiteral("inside of another sum");
        QTest::newRow("a way that leads nowhere") << 4 << QStringLiteral("do not meet again in one addition");
        QTest::newRow("shapes that do not fit") << 5 << QStringLiteral("adds");
        QTest::newRow("a window larger than the map") << 6 << QStringLiteral("does not fit");
    }

    void refusesWhatIsNoChainOfUnits() {
        QFETCH(int, which);
        QFETCH(QString, expected);
        const QString message = refusalOf([&] {
            Layers layers;
            const int stem = layers.convolution(inputStep, 8);
            const int a = layers.convolution(stem, 8);
            int last = a;
            if (which == 0) {
                const int b = layers.convolution(a, 8);
                const int c = layers.convolution(b, 8);
                const int sum = layers.add(StepKind::Add, {c, a});
                last = layers.add(StepKind::Add, {sum, b});
            } else if (which == 1) {
                const int inner = layers.add(StepKind::Add, {layers.convolution(a, 8), a});
                last = layers.add(StepKind::Add, {layers.convolution(inner, 8), stem});
            } else if (which == 2) {
                last = layers.add(StepKind::Add, {a, a});
            } else if (which == 3) {
                const int b = layers.convolution(stem, 8);
                const int sum = layers.add(StepKind::Add, {a, b});
                last = layers.add(StepKind::Add, {layers.convolution(sum, 8), stem});
            } else if (which == 4) {
                last = stem;
            } else if (which == 5) {
                last = layers.add(StepKind::Add, {layers.convolution(a, 16), a});
            } else {
                for (int i = 0; i < 7; ++i)
                    last = layers.add(StepKind::MaxPool, {last}, 0, 2);
                Layer wide{
                    "wide", StepKind::Convolution, {last}, 8, {.kernel = 7, .stride = 1, .isStated = true},
                    {}};
                NetworkSpec settings;
                settings.inputHeight = settings.inputWidth = 32;
                auto stated = std::make_shared<LayerGraph>();
                stated->layers = {
                    {"first", StepKind::Convolution, {inputStep}, 8, {.kernel = 31, .stride = 16}, {}}};
                wide.inputs = {0};
                stated->layers.push_back(wide);
                Graph(stated, settings);
            }
            layers.graph(last);
        });
        QVERIFY2(message.contains(expected), qPrintable(message));
    }
};

RESNET_TEST(UnitFinderTest)
#include "UnitFinderTest.moc"

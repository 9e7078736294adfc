#include "core/Error.h"
#include "core/network/Graph.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

namespace {

NetworkSpec imageNet(const char* name) {
    NetworkSpec spec = specNamed(name);
    spec.classes = 1000;
    spec.padding = Padding::Symmetric;
    return spec;
}

}  // namespace

// The family of residual networks against what torchvision and the papers say of them.
class FamilyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parametersAndMultiplyAdds_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<qint64>("parameters");
        QTest::addColumn<qint64>("multiplyAdds");  // 0: not looked at
        const auto row = [](const char* name, qint64 parameters, qint64 multiplyAdds) {
            QTest::newRow(name) << QString::fromLatin1(name) << parameters << multiplyAdds;
        };
        row("resnet18", 11'689'512, 1'814'073'344);
        row("resnet34", 21'797'672, 3'663'761'408);
        row("resnet50", 25'557'032, 4'089'184'256);
        row("resnet101", 44'549'160, 7'801'405'440);
        row("resnet152", 60'192'808, 11'513'626'624);
        row("resnet50-x2", 68'883'240, 0);  // wide_resnet50_2
    }

    void parametersAndMultiplyAdds() {
        QFETCH(QString, network);
        QFETCH(qint64, parameters);
        QFETCH(qint64, multiplyAdds);
        const Graph graph(imageNet(network.toLatin1().constData()));
        QCOMPARE(qint64(graph.trainableParameters()), parameters);
        if (multiplyAdds > 0)
            QCOMPARE(qint64(graph.multiplyAdds()), multiplyAdds);
    }

    // With ten classes, as in table 6 of He et al. 2015: 0.27, 0.46, 0.66, 0.85 and 1.7 million.
    void networksForSmallPictures() {
        for (const auto& [name, parameters] :
             {std::pair("cifar20", 269'722), std::pair("cifar32", 464'154), std::pair("cifar44", 658'586),
              std::pair("cifar56", 853'018), std::pair("cifar110", 1'727'962)}) {
            const Graph graph(specNamed(name));
            QCOMPARE(qint64(graph.trainableParameters()), qint64(parameters));
            QCOMPARE(graph.step(graph.units().back().last()).output, (FeatureShape{64, 8, 8}));
            QVERIFY(graph.find("layer2.0.shortcut"));
        }
    }

    void receptiveFieldDependsOnWhereTheStrideIs() {
        for (const auto& [strideIn, pixels] :
             {std::pair(StrideIn::Conv1, 483), std::pair(StrideIn::Conv2, 427)}) {
            NetworkSpec spec = imageNet("resnet50");
            spec.strideIn = strideIn;
            const Graph graph(spec);
            QCOMPARE(graph.step(graph.units().back().last()).fieldY.size, pixels);
        }
    }

    void unitsHaveTheirSteps() {
        const auto names = [](const Graph& graph, const std::vector<StepId>& steps) {
            QStringList list;
            for (const StepId step : steps)
                list.append(QString::fromStdString(graph.step(step).name).section(QLatin1Char('.'), 2));
            return list.join(QLatin1Char(' '));
        };
        const Graph bottleneck(imageNet("resnet50"));
        const ResidualUnit& first = bottleneck.units().front();
        QCOMPARE(names(bottleneck, first.mainPath),
                 QStringLiteral("conv1 bn1 relu1 conv2 bn2 relu2 conv3 bn3"));
        QCOMPARE(names(bottleneck, first.shortcut), QStringLiteral("downsample.0 downsample.1"));
        QCOMPARE(names(bottleneck, first.tail), QStringLiteral("relu3"));
        QVERIFY(!bottleneck.unit(0, 1)->hasProjection());

        const Graph preActivation(specNamed("preact34"));
        const ResidualUnit& projected = *preActivation.unit(1, 0);
        QCOMPARE(names(preActivation, projected.mainPath), QStringLiteral("bn1 relu1 conv1 bn2 relu2 conv2"));
        QCOMPARE(names(preActivation, projected.shortcut), QStringLiteral("downsample.0"));
        QVERIFY(projected.tail.empty());
        QCOMPARE(preActivation.stepName(preActivation.forkOf(projected)), std::string("layer2.0.relu1"));
        QCOMPARE(preActivation.stepName(projected.input), std::string("layer1.2.add"));
        QVERIFY(preActivation.find("post_bn"));
        QVERIFY(!preActivation.find("bn1"));

        NetworkSpec always = specNamed("cifar20");
        always.shortcut = ShortcutKind::ProjectionAlways;
        const Graph everywhere(always);
        for (const ResidualUnit& unit : everywhere.units())
            QVERIFY(unit.hasProjection());
    }

    void newChannelsStandWhereTheKindSays() {
        for (const auto& [kind, before] :
             {std::pair(ShortcutKind::Padding, 8), std::pair(ShortcutKind::PaddingAfter, 0)}) {
            NetworkSpec spec = specNamed("cifar20");
            spec.shortcut = kind;
            const Graph graph(spec);
            const Step& shortcut = graph.step(*graph.find("layer2.0.shortcut"));
            QCOMPARE(shortcut.settings.channelsBefore, before);
            QCOMPARE(shortcut.output, (FeatureShape{32, 16, 16}));
        }
    }

    // A spec's network stated as layers is the same network.
    void statedLayersAreTheSame() {
        for (const char* name : {"resnet50", "preact34", "plain34", "cifar20", "resnet18"}) {
            const NetworkSpec spec = specNamed(name);
            const Graph expected(spec);
            auto layers = std::make_shared<LayerGraph>();
            layers->layers = layersOf(spec);
            const Graph found(layers, spec);
            QCOMPARE(found.stepCount(), expected.stepCount());
            for (StepId id = 0; id < expected.stepCount(); ++id) {
                QCOMPARE(found.step(id).name, expected.step(id).name);
                QCOMPARE(found.step(id).output, expected.step(id).output);
                QVERIFY(found.step(id).inputs == expected.step(id).inputs);
                QVERIFY(found.step(id).way == expected.step(id).way);
            }
            QVERIFY(found.spec().unitsPerStage == spec.unitsPerStage);
            QCOMPARE(found.spec().classes, spec.classes);
        }
    }

    void wordsReadBack() {
        for (const UnitKind unit : {UnitKind::Basic, UnitKind::Bottleneck, UnitKind::PreActivation})
            QVERIFY(unitKindNamed(name(unit)) == unit);
        for (const ShortcutKind kind :
             {ShortcutKind::Projection, ShortcutKind::ProjectionAlways, ShortcutKind::Padding,
              ShortcutKind::PaddingAfter, ShortcutKind::None})
            QVERIFY(shortcutKindNamed(name(kind)) == kind);
        QVERIFY(stemKindNamed("3x3") == StemKind::Small);
        QVERIFY(strideInNamed("conv1") == StrideIn::Conv1);
        for (const std::string& architecture : architectureNames())
            QCOMPARE(architectureOf(specNamed(architecture)), architecture);
    }

    void refusesWhatIsNone() {
        for (const char* name : {"resnet35", "resnet50-x", "resnet50-x1", "resnet50-x99", ""})
            QVERIFY_EXCEPTION_THROWN(specNamed(name), Error);
        NetworkSpec spec = specNamed("cifar20");
        spec.channelsPerStage = {64, 32, 16};
        QVERIFY_EXCEPTION_THROWN(Graph{spec}, Error);
        spec = specNamed("preact34");
        spec.shortcut = ShortcutKind::None;
        QVERIFY_EXCEPTION_THROWN(Graph{spec}, Error);
        spec = resNet34();
        spec.inputChannels = 2;
        QVERIFY_EXCEPTION_THROWN(Graph{spec}, Error);
    }
};

RESNET_TEST(FamilyTest)
#include "FamilyTest.moc"

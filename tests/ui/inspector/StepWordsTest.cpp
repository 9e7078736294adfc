#include "tests/TestPrograms.h"
#include "tests/ui/inspector/WordsOfNetworks.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/UnitWords.h"
#include "ui/words/ViewWords.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using resnet::ui::test::graphNamed;

class StepWordsTest : public QObject {
    Q_OBJECT

    static StepWords wordsOf(const char* step) {
        static const Graph graph(resNet34());
        return wordsFor(graph, *graph.find(step));
    }

    static QString allOf(const StepWords& words) {
        return QStringList{words.formula, words.brief, words.longer}.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void everyStepIsExplained_data() {
        QTest::addColumn<QString>("network");
        for (const char* network : {"resnet34", "resnet18", "plain34", "resnet50", "preact34", "cifar20",
                                    "cifar110", "grey", "one class", "bias", "one sigmoid"})
            QTest::newRow(network) << QString::fromLatin1(network);
    }
    void everyStepIsExplained() {
        QFETCH(QString, network);
        const Graph graph = graphNamed(network.toStdString());
        for (StepId step = inputStep; step < graph.stepCount(); ++step) {
            const StepWords words = wordsFor(graph, step);
            for (const QString& text : {words.formula, words.brief, words.longer}) {
                QVERIFY2(!text.isEmpty(), graph.stepName(step).c_str());
                QVERIFY2(!text.contains(QLatin1Char('%')), qPrintable(text));
            }
        }
    }

    // Of no step of the network is said what is not so in it.
    void nothingIsSaidThatIsNotSo_data() {
        QTest::addColumn<QStringList>("forbidden");
        const QStringList untold{QStringLiteral("as in training"), QStringLiteral("pixel / 255"),
                                 QStringLiteral("hundreds of thousands"), QStringLiteral("2th cell")};
        QTest::newRow("resnet34") << untold + QStringList{QStringLiteral("has a bias:"),
                                                          QStringLiteral("Nothing stands behind")};
        QTest::newRow("resnet50") << untold;
        QTest::newRow("plain34") << untold + QStringList{QStringLiteral("added to x"), QStringLiteral("P(x)"),
                                                         QStringLiteral("Cuts the sum"),
                                                         QStringLiteral("projection")};
        QTest::newRow("preact34") << untold + QStringList{QStringLiteral("A ReLU behind it"),
                                                          QStringLiteral("Cuts the sum"),
                                                          QStringLiteral("Why after the sum")};
        QTest::newRow("cifar20") << untold + QStringList{QStringLiteral("1 × 1 convolution"),
                                                         QStringLiteral("pooling before")};
        QTest::newRow("grey") << untold + QStringList{QStringLiteral("colour")};
        QTest::newRow("one class") << untold + QStringList{QStringLiteral("add up to one"),
                                                           QStringLiteral("Each class weighs")};
        QTest::newRow("bias") << untold + QStringList{QStringLiteral("Why no bias"),
                                                      QStringLiteral("only layer with a bias"),
                                                      QStringLiteral("only differences between classes")};
        QTest::newRow("no centre") << untold + QStringList{QStringLiteral("batch norm's β does")};
        QTest::newRow("one sigmoid") << untold + QStringList{QStringLiteral("Why no bias"),
                                                             QStringLiteral("several can be likely"),
                                                             QStringLiteral("Each class weighs")};
    }
    void nothingIsSaidThatIsNotSo() {
        QFETCH(QStringList, forbidden);
        const Graph graph = graphNamed(QTest::currentDataTag());
        for (StepId step = inputStep; step < graph.stepCount(); ++step)
            for (const QString& words : forbidden)
                QVERIFY2(!allOf(wordsFor(graph, step)).contains(words),
                         qPrintable(QStringLiteral("%1: %2").arg(QString::fromStdString(graph.stepName(step)),
                                                                 words)));
    }

    void whatStandsAroundAStepDecides_data() {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("expected");
        const auto expect = [](const char* network, const char* step, const char* expected) {
            QTest::addRow("%s %s %s", network, step, expected)
                << QString::fromLatin1(step) << QString::fromUtf8(expected);
        };
        expect("resnet34", "layer4.2.relu2", "goes to the head");
        expect("resnet34", "layer4.1.relu2", "the x of the next unit");
        expect("resnet34", "layer2.0.downsample.0", "(here 56 × 56 × 64 → 28 × 28 × 128)");
        expect("resnet34", "layer2.0.downsample.0", "everywhere else");
        expect("resnet34", "layer1.0.conv1", "no longer be added to x");
        expect("resnet34", "conv1", "3 rows or columns off each side.");
        expect("resnet34", "avgpool", "245,760 weights more");
        expect("resnet34", "fc", "The only layer with a bias");
        expect("resnet50", "layer1.0.downsample.0", "(here 56 × 56 × 64 → 56 × 56 × 256)");
        expect("resnet34", "layer1.0.conv1", "batch norm's β does");
        expect("preact34", "layer1.0.conv2", "The sum follows.");
        expect("preact34", "layer1.0.add", "Nothing stands behind the sum");
        expect("cifar20", "layer2.0.add", "every second cell of x");
        expect("bias", "layer1.0.conv2", "This convolution has a bias");
        expect("bias", "conv1", "+ b[o]");
        expect("bias", "fc", "It has a bias");
        expect("bias", "output", "several can be likely");
        expect("one sigmoid", "output", "the probability of its class");
        expect("one class", "softmax", "its share is 1");
    }
    void whatStandsAroundAStepDecides() {
        QFETCH(QString, step);
        QFETCH(QString, expected);
        const QString tag = QString::fromUtf8(QTest::currentDataTag());
        const Graph graph = graphNamed(tag.left(tag.indexOf(QLatin1Char(' ') + step)).toStdString());
        const QString words = allOf(wordsFor(graph, graph.find(step.toStdString()).value()));
        QVERIFY2(words.contains(expected), qPrintable(words));
    }

    // Kernels of 1 × 1 have nothing to pad, and units that all project leave nothing to be said of others.
    void thatWhichIsNotThereIsNotExplained() {
        const Graph bottleneck = graphNamed("resnet50");
        QVERIFY(!wordsFor(bottleneck, *bottleneck.find("layer1.0.conv1"))
                     .longer.contains(QStringLiteral("zero padding")));
        NetworkSpec spec = resNet18();
        spec.unitsPerStage = {1, 1};
        spec.channelsPerStage = {16, 32};
        spec.shortcut = ShortcutKind::ProjectionAlways;
        const Graph projecting(spec);
        const StepId second = projecting.units()[1].shortcut.front();
        QVERIFY(!wordsFor(projecting, second).longer.contains(QStringLiteral("everywhere else")));
        const StepId first = projecting.units()[0].shortcut.front();
        QVERIFY(wordsFor(projecting, first).longer.contains(QStringLiteral("option C")));
        QVERIFY(!wordsFor(projecting, first).brief.contains(QStringLiteral("to the shape of")));
    }

    void theReasonsAreGiven() {
        QVERIFY(wordsOf("layer1.0.conv1").longer.contains(QStringLiteral("Why no bias?")));
        QVERIFY(wordsOf("layer1.0.conv1").longer.contains(QStringLiteral("Why zero padding?")));
        QVERIFY(wordsOf("layer2.0.downsample.0").longer.contains(QStringLiteral("Why a projection?")));
        QVERIFY(wordsOf("layer1.0.add").longer.contains(QStringLiteral("gradients")));
        QVERIFY(wordsOf("layer1.0.add").longer.contains(QStringLiteral("65,536 paths")));
        // Only the ReLU after the sum stands in the shortcut's way.
        QVERIFY(wordsOf("layer1.0.relu2").longer.contains(QStringLiteral("Why after the sum?")));
        QVERIFY(!wordsOf("layer1.0.relu1").longer.contains(QStringLiteral("Why after the sum?")));
    }

    // A step's title says where it is; what files call it stands beside it, and is a file's only where one
    // names its layers.
    void aStepHasATitleAndANameInFiles() {
        const Graph graph(resNet34());
        const StepId sum = *graph.find("layer2.0.add");
        QCOMPARE(titleOf(graph, sum), QStringLiteral("Stage 2, unit 1: add"));
        QCOMPARE(nameInPlace(graph, sum), QStringLiteral("add"));
        QCOMPARE(fileNameOf(graph, sum), QStringLiteral("in PyTorch: layer2.0.add"));
        QCOMPARE(titleOf(*graph.unitOf(sum)), QStringLiteral("Stage 2, unit 1"));
        QCOMPARE(titleOf(graph, *graph.find("fc")), QStringLiteral("Head: fc"));
        QCOMPARE(titleOf(graph, inputStep), nameInPlace(graph, inputStep));
        QVERIFY(fileNameOf(graph, inputStep).isEmpty());
        const Graph stated = graphNamed("bias");
        QCOMPARE(fileNameOf(stated, *stated.find("layer1.0.bn1")),
                 QStringLiteral("in the file: layer1.0.bn1"));
    }

    void aChangeIsToldInPercent() {
        const Graph graph(resNet34());
        const UnitNorms norms{.mainPath = 1.0, .shortcut = 4.0};
        QCOMPARE(changeText(graph.units()[0], norms), QStringLiteral("F(x) changes x by 25.0 %"));
        QVERIFY(changeText(graph.units()[3], norms).startsWith(QStringLiteral("F(x) changes P(x) by ")));
    }

    void referencesSayWhereToFindThem() {
        for (const char* step : {"conv1", "bn1", "relu", "maxpool", "layer1.0.add", "avgpool", "fc"}) {
            QVERIFY2(!wordsOf(step).papers.empty(), step);
            for (const Paper paper : wordsOf(step).papers)
                QVERIFY(referenceTo(paper).contains(QStringLiteral("arXiv:")));
        }
    }

    void everyViewIsExplained() {
        for (const Explanation& each :
             {mapsWords(), unitByChannelWords(), allStepsWords(), allUnitsWords(), weightsWords(),
              channelWords(), unitLensWords(), contributionsWords(), whereFromWords(), seenWords(),
              classActivationWords(), occlusionWords(), foldingWords(), inputWords(), diagramWords()}) {
            QVERIFY(!each.title.isEmpty());
            QVERIFY2(each.text.size() > 100, qPrintable(each.title));
        }
    }
};

RESNET_EVENT_LOOP_TEST(StepWordsTest)
#include "StepWordsTest.moc"

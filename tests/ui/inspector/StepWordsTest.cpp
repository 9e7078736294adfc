#include "tests/TestPrograms.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/StepWords.h"
#include "ui/words/ViewWords.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

class StepWordsTest : public QObject {
    Q_OBJECT

    static StepWords wordsOf(const char* step) {
        static const Graph graph(resNet34());
        return wordsFor(graph, *graph.find(step));
    }

private Q_SLOTS:
    void everyStepIsExplained_data() {
        QTest::addColumn<QString>("network");
        for (const char* network : {"resnet34", "resnet18", "plain34"})
            QTest::newRow(network) << QString::fromLatin1(network);
    }
    void everyStepIsExplained() {
        QFETCH(QString, network);
        const Graph graph(specNamed(network.toStdString()));
        for (StepId step = inputStep; step < graph.stepCount(); ++step) {
            const StepWords words = wordsFor(graph, step);
            for (const QString& text : {words.formula, words.brief, words.longer}) {
                QVERIFY2(!text.isEmpty(), graph.stepName(step).c_str());
                QVERIFY2(!text.contains(QLatin1Char('%')), qPrintable(text));
            }
        }
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

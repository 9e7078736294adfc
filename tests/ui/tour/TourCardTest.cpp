#include "tests/TestPrograms.h"
#include "tests/core/network/OtherGraphs.h"
#include "tests/ui/SmallNetwork.h"
#include "tests/ui/inspector/WordsOfNetworks.h"
#include "ui/tour/TourCard.h"

#include <QPushButton>
#include <QtTest>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class TourCardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stationsFollowTheDataInEveryNetwork_data() {
        QTest::addColumn<int>("count");
        QTest::newRow("resnet34") << 10;
        QTest::newRow("resnet18") << 10;
        QTest::newRow("plain34") << 8;  // nothing about shortcuts
        QTest::newRow("bottleneck") << 10;
        QTest::newRow("pre-activation") << 9;  // no ReLU in the stem
    }

    void stationsFollowTheDataInEveryNetwork() {
        QFETCH(int, count);
        const std::string which = QTest::currentDataTag();
        const Graph graph = which == "bottleneck"       ? resnet::test::bottleneckGraph()
                            : which == "pre-activation" ? resnet::test::preActivationGraph()
                                                        : Graph(specNamed(which));
        const std::vector<TourStation> stations = tourStations(graph, true);
        QCOMPARE(int(stations.size()), count);
        QVERIFY(std::ranges::is_sorted(stations, {}, &TourStation::step));
        for (const TourStation& station : stations)
            QVERIFY(!station.title.isEmpty() && !station.text.contains(QLatin1Char('%')));
    }

    void stationsSayWhatIsSo_data() {
        QTest::addColumn<bool>("isTrained");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<QStringList>("forbidden");
        const auto list = [](const char* words) {
            return QString::fromUtf8(words).split(QLatin1Char('|'), Qt::SkipEmptyParts);
        };
        const auto network = [&](const char* name, const char* expected, const char* forbidden) {
            QTest::newRow(name) << true << list(expected) << list(forbidden);
        };
        network(
            "resnet34",
            "Three maps|adds its x to F(x)|a ReLU behind it|The convolutions have no bias|but for the stride|"
            "28 × 28 × 128 of 56 × 56 × 64|probabilities",
            "random|P(x)|There is no shortcut|as in training|pixel of it");
        network("resnet50", "F(x) + P(x)|its projected x", "adds its x|F(x) = 0 is enough|F(x) + x");
        network("plain34", "There is no shortcut: this is all that leaves it",
                "residual|what should be changed");
        network("preact34", "adds its x to F(x)", "ReLU behind|The convolutions have no bias");
        network("cifar20", "Every second cell of it is taken|let the map keep its size.",
                "halved|1 × 1 convolution");
        network("grey", "One map, grey", "red,|colour");
        network("one class", "nothing to choose", "among the classes");
        network("bias", "of its own", "no bias|softmax|Softmax");
        network("one sigmoid", "turns the sum into a probability", "of its own: several|Softmax");
        QTest::newRow("resnet18") << false << list("its patterns are random|is not trained yet")
                                  << list("look for edges|mere edge|much meaning|Edges and colours");
    }
    void stationsSayWhatIsSo() {
        QFETCH(bool, isTrained);
        QFETCH(QStringList, expected);
        QFETCH(QStringList, forbidden);
        QString all;
        for (const TourStation& each : tourStations(graphNamed(QTest::currentDataTag()), isTrained))
            all += each.title + QLatin1Char('\n') + each.text + QLatin1Char('\n');
        for (const QString& words : expected)
            QVERIFY2(all.contains(words), qPrintable(words + QLatin1String(" in ") + all));
        for (const QString& words : forbidden)
            QVERIFY2(!all.contains(words), qPrintable(words + QLatin1String(" in ") + all));
    }

    void buttonsLeadThroughItAndOut() {
        Workspace workspace(2);
        TourCard card(workspace, {{QStringLiteral("Switch a unit off"), QStringLiteral("whatif")}});
        card.show();
        card.start();
        QVERIFY2(!card.isRunning(), "without a network there is nothing to tour");
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.activations().input() && workspace.activations().isComplete() &&
                    !workspace.isBusy());
        const StepId begin = 7;
        workspace.goToStep(begin);

        card.start();
        QCOMPARE(workspace.currentStep(), inputStep);
        const auto named = [&](const char* text) {
            for (QPushButton* each : card.findChildren<QPushButton*>())
                if (each->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
                    return each;
            return static_cast<QPushButton*>(nullptr);
        };
        QPushButton* back = named("Back");
        QPushButton* next = named("Next");
        QPushButton* continuation = named("Switch");
        QVERIFY(back && next && continuation && !continuation->isVisible());
        QVERIFY(!back->isEnabled());
        next->setFocus();
        QTest::keyClick(next, Qt::Key_Return);
        QCOMPARE(card.station(), 1);
        QTest::keyClick(next, Qt::Key_Escape);
        QVERIFY(!card.isRunning());
        QCOMPARE(workspace.currentStep(), begin);  // left before its end, it brings back as well
        card.start();
        QTest::mouseClick(next, Qt::LeftButton);
        QCOMPARE(workspace.currentStep(), 0);
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(workspace.currentStep(), inputStep);
        for (int i = 1; i < card.stationCount(); ++i)
            QTest::mouseClick(next, Qt::LeftButton);
        QCOMPARE(workspace.currentStep(), workspace.model()->graph().softmaxStep());
        // Alt+F is the menu File.
        QCOMPARE(next->text(), QStringLiteral("Fi&nish"));
        QVERIFY(next->toolTip().contains(QStringLiteral("(Alt+N)")));
        QTest::mouseClick(next, Qt::LeftButton);
        QVERIFY(card.isRunning() && continuation->isVisible());
        QCOMPARE(workspace.currentStep(), begin);
        QSignalSpy continued(&card, &TourCard::continued);
        QTest::mouseClick(continuation, Qt::LeftButton);
        QVERIFY(!card.isRunning());
        QCOMPARE(continued.at(0).at(0).toString(), QStringLiteral("whatif"));
    }

    // The window marks what a station speaks of, until the tour ends.
    void whatAStationSpeaksOfIsMarked() {
        Workspace workspace(2);
        TourCard card(workspace, {});
        card.show();
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.session().isComputed() && !workspace.isBusy());
        const Highlight& marked = workspace.highlight();
        QVERIFY(!marked.step());
        card.start();
        QCOMPARE(marked.step(), std::optional(inputStep));
        QVERIFY(marked.part() == Highlight::Part::Picture);
        const auto next = [&] {
            for (QPushButton* each : card.findChildren<QPushButton*>())
                if (each->property("role") == QStringLiteral("primary"))
                    return QTest::mouseClick(each, Qt::LeftButton);
        };
        next();
        QCOMPARE(marked.step(), std::optional(workspace.currentStep()));
        QVERIFY(marked.part() == Highlight::Part::None);
        for (int i = 2; i < card.stationCount(); ++i)
            next();
        QVERIFY(marked.part() == Highlight::Part::Prediction);
        next();
        QVERIFY2(!marked.step(), "behind the last station nothing is spoken of");
        card.start();
        QVERIFY(marked.step());
        card.leave();
        QVERIFY(!marked.step());
    }

    // Six stations over the twins, the third in the one without shortcuts; in the end the network of before.
    void theSecondTourIsOverTheTwins() {
        const QString folder = QStringLiteral(RESNET_SOURCE_DIR "/resources/models/twins/");
        Workspace workspace(2);
        TourCard card(workspace, {});
        card.addTwins(folder + QStringLiteral("residual-e20.safetensors"),
                      folder + QStringLiteral("plain-e20.safetensors"),
                      {{QStringLiteral("Each claim"), QStringLiteral("shortcuts")}});
        card.show();
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.session().isComputed() && !workspace.isBusy());
        const ModelPtr before = workspace.model();
        QSignalSpy views(&card, &TourCard::viewWanted);
        card.startWhyShortcuts();
        QTRY_COMPARE_WITH_TIMEOUT(card.stationCount(), 6, 30000);
        QVERIFY(card.isRunning());
        const auto next = [&] {
            for (QPushButton* each : card.findChildren<QPushButton*>())
                if (each->isVisible() && (each->text().contains(QStringLiteral("Next")) ||
                                          each->text().contains(QStringLiteral("Fi&nish"))))
                    return QTest::mouseClick(each, Qt::LeftButton);
        };
        next();
        next();
        QTRY_VERIFY_WITH_TIMEOUT(QString::fromStdString(workspace.model()->source)
                                     .endsWith(QStringLiteral("plain-e20.safetensors")),
                                 30000);
        QVERIFY(card.isRunning());
        QTRY_COMPARE(workspace.currentStep(), workspace.model()->graph().units()[8].output);
        next();
        QTRY_VERIFY_WITH_TIMEOUT(QString::fromStdString(workspace.model()->source)
                                     .endsWith(QStringLiteral("residual-e20.safetensors")),
                                 30000);
        next();
        next();
        QCOMPARE(card.station(), 5);
        QTRY_COMPARE(views.last().at(0).toString(), QStringLiteral("landscape"));
        next();
        QTRY_COMPARE_WITH_TIMEOUT(workspace.model(), before, 30000);
        QVERIFY(card.isRunning());
        // A network that someone else opens ends it.
        card.startWhyShortcuts();
        QTRY_COMPARE_WITH_TIMEOUT(card.stationCount(), 6, 30000);
        QTRY_VERIFY(!workspace.isBusy());
        workspace.setModel(before);
        QTRY_VERIFY(!card.isRunning());
    }
};

RESNET_WINDOW_TEST(TourCardTest)
#include "TourCardTest.moc"

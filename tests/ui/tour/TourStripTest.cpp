#include "tests/TestPrograms.h"
#include "tests/core/network/OtherGraphs.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/tour/TourStrip.h"

#include <QPushButton>
#include <QtTest>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class TourStripTest : public QObject {
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
        const std::vector<TourStation> stations = tourStations(graph);
        QCOMPARE(int(stations.size()), count);
        QVERIFY(std::ranges::is_sorted(stations, {}, &TourStation::step));
        for (const TourStation& station : stations)
            QVERIFY(!station.title.isEmpty() && !station.text.contains(QLatin1Char('%')));
    }

    void buttonsLeadThroughItAndOut() {
        Workspace workspace(2);
        TourStrip strip(workspace);
        strip.start();
        QVERIFY2(!strip.isVisible(), "without a network there is nothing to tour");
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.activations().input() && workspace.activations().isComplete() &&
                    !workspace.isBusy());

        strip.start();
        QCOMPARE(workspace.currentStep(), inputStep);
        const QList<QPushButton*> buttons = strip.findChildren<QPushButton*>();
        QPushButton* back = buttons.at(0);
        QPushButton* next = buttons.at(1);
        QVERIFY(!back->isEnabled());
        next->setFocus();
        QTest::keyClick(next, Qt::Key_Return);
        QCOMPARE(strip.station(), 1);
        QTest::keyClick(next, Qt::Key_Escape);
        QVERIFY(!strip.isVisible());
        strip.start();
        QTest::mouseClick(next, Qt::LeftButton);
        QCOMPARE(workspace.currentStep(), 0);
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(workspace.currentStep(), inputStep);
        for (int i = 1; i < strip.stationCount(); ++i)
            QTest::mouseClick(next, Qt::LeftButton);
        QCOMPARE(workspace.currentStep(), workspace.model()->graph().softmaxStep());
        QVERIFY(strip.isVisible());
        QTest::mouseClick(next, Qt::LeftButton);
        QVERIFY(!strip.isVisible());
    }
};

RESNET_WINDOW_TEST(TourStripTest)
#include "TourStripTest.moc"

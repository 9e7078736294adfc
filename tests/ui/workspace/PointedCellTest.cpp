#include "tests/TestPrograms.h"
#include "ui/workspace/PointedCell.h"

#include <QSignalSpy>
#include <QTest>

using namespace resnet;
using namespace resnet::ui;

class PointedCellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isTheSameCellInMapsOfItsShape() {
        PointedCell pointed;
        for (int y = 0; y < 56; ++y) {
            pointed.pointAt({y, 55 - y}, {64, 56, 56});
            QCOMPARE(pointed.in({256, 56, 56}), std::optional(Cell{y, 55 - y}));
        }
    }

    void isTheCellAtThatPlaceInOthers() {
        PointedCell pointed;
        pointed.pointAt({6, 0}, {512, 7, 7});
        QCOMPARE(pointed.in({3, 224, 224}), std::optional(Cell{208, 16}));
        pointed.pointAt({223, 100}, {3, 224, 224});
        QCOMPARE(pointed.in({512, 7, 7}), std::optional(Cell{6, 3}));
        QCOMPARE(pointed.in({64, 33, 25}), std::optional(Cell{32, 11}));
    }

    void vectorsHaveNone() {
        PointedCell pointed;
        pointed.pointAt({1, 1}, {8, 7, 7});
        QVERIFY(!pointed.in({10, 1, 1}));
    }

    void tellsOnlyOfChanges() {
        PointedCell pointed;
        QSignalSpy changed(&pointed, &PointedCell::changed);
        pointed.leave();
        QCOMPARE(changed.size(), 0);
        pointed.pointAt({1, 2}, {8, 7, 7});
        pointed.pointAt({1, 2}, {8, 7, 7});
        QCOMPARE(changed.size(), 1);
        pointed.leave();
        QCOMPARE(changed.size(), 2);
        QVERIFY(!pointed.in({8, 7, 7}));
    }
};

RESNET_EVENT_LOOP_TEST(PointedCellTest)
#include "PointedCellTest.moc"

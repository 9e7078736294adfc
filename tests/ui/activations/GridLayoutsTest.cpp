#include "tests/TestPrograms.h"
#include "ui/activations/MapGridPainter.h"
#include "ui/activations/VectorBars.h"

#include <QTest>

using namespace resnet::ui;

class GridLayoutsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapsLieInsideAndApart_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<QSize>("extent");
        QTest::addColumn<QSize>("view");
        QTest::newRow("stem") << 64 << QSize(112, 112) << QSize(740, 190);
        QTest::newRow("last stage") << 512 << QSize(7, 7) << QSize(740, 190);
        QTest::newRow("input") << 3 << QSize(224, 224) << QSize(740, 190);
        QTest::newRow("wide") << 128 << QSize(33, 25) << QSize(1100, 280);
        QTest::newRow("very wide") << 16 << QSize(1024, 32) << QSize(700, 190);
        QTest::newRow("very tall") << 16 << QSize(8, 256) << QSize(700, 190);
        QTest::newRow("one cell") << 12 << QSize(1, 1) << QSize(700, 190);
        QTest::newRow("narrow view") << 64 << QSize(28, 28) << QSize(60, 190);
    }
    void mapsLieInsideAndApart() {
        QFETCH(int, count);
        QFETCH(QSize, extent);
        QFETCH(QSize, view);
        const MapGridLayout layout(count, extent, view);
        QVERIFY(layout.mapSize().width() >= 1 && layout.mapSize().height() >= 4);
        QVERIFY(layout.rows() * layout.columns() >= count);
        for (int i = 0; i < count; ++i) {
            const QRect rect = layout.rectOf(i);
            QVERIFY(rect.left() >= 0 && rect.bottom() < layout.contentHeight());
            QVERIFY(layout.columns() == 1 || rect.right() < view.width());
            QCOMPARE(layout.positionAt(rect.topLeft()), std::optional(i));
            QCOMPARE(layout.positionAt(rect.bottomRight()), std::optional(i));
            if (i > 0)
                QVERIFY(!rect.intersects(layout.rectOf(i - 1)));
        }
        QVERIFY(!layout.positionAt(layout.rectOf(count - 1).bottomRight() + QPoint(1, 1)));
        QVERIFY(!layout.positionAt(QPoint(-1, 5)));
    }

    void tilesStandBesideEachOther() {
        for (const int count : {1, 64, 512}) {
            const MapGridLayout layout(count, {14, 14}, {780, 220}, 4);
            for (int i = 0; i < count; ++i) {
                const QRect place = layout.rectOf(i);
                QCOMPARE(layout.tileRect(i, 0).topLeft(), place.topLeft());
                QCOMPARE(layout.tileRect(i, 3).bottomRight(), place.bottomRight());
                for (int tile = 1; tile < 4; ++tile)
                    QVERIFY(layout.tileRect(i, tile).left() > layout.tileRect(i, tile - 1).right());
                QVERIFY(layout.nameRect(i).right() < place.left() && layout.nameRect(i).left() >= 0);
                QVERIFY(place.right() < 780);
                QVERIFY(i == 0 || !layout.nameRect(i).intersects(layout.rectOf(i - 1)));
            }
        }
        QVERIFY(MapGridLayout(64, {14, 14}, {780, 220}).nameRect(3).isEmpty());
    }

    void theWidthIsUsed() {
        for (const int width : {500, 733, 740, 1100}) {
            const MapGridLayout layout(64, {56, 56}, {width, 190});
            const int right = layout.rectOf(layout.columns() - 1).right();
            QVERIFY2(width - right <= MapGridLayout::inset + 2, qPrintable(QString::number(width - right)));
        }
    }

    void allMapsAreSeenAtOnceWhereTheyCanBe() {
        QVERIFY(MapGridLayout(64, {112, 112}, {740, 190}).contentHeight() <= 190);
        QVERIFY(MapGridLayout(3, {224, 224}, {740, 190}).mapSize().height() > 150);
        QVERIFY(MapGridLayout(512, {7, 7}, {740, 190}).mapSize().height() >= 0.9 * MapGridLayout::smallest);
    }

    void nothingIsLaidOutOfNothing() {
        QCOMPARE(MapGridLayout(0, {7, 7}, {300, 300}).contentHeight(), 0);
        QVERIFY(!MapGridLayout().positionAt({5, 5}));
    }

    void classesAreNamedLines() {
        const VectorLayout layout(10, {740, 180});
        QVERIFY(layout.hasNames());
        for (int i = 0; i < 10; ++i) {
            const QRectF slot = layout.slotOf(i);
            QVERIFY(QRectF(0, 0, 740, 180).contains(slot));
            QCOMPARE(layout.positionAt(slot.center()), std::optional(i));
        }
        QVERIFY(layout.slotOf(1).top() > layout.slotOf(0).top());
    }

    void manyValuesAreBarsWideEnoughToPointAt_data() {
        QTest::addColumn<int>("count");
        QTest::newRow("features") << 512;
        QTest::newRow("ImageNet") << 1000;
    }
    void manyValuesAreBarsWideEnoughToPointAt() {
        QFETCH(int, count);
        const VectorLayout layout(count, {740, 190});
        QVERIFY(!layout.hasNames());
        for (int i = 0; i < count; ++i) {
            const QRectF slot = layout.slotOf(i);
            QVERIFY(slot.width() >= 3.0 && slot.right() <= 740.01 && slot.bottom() <= 190.01);
            QCOMPARE(layout.positionAt(slot.center()), std::optional(i));
        }
    }
};

RESNET_EVENT_LOOP_TEST(GridLayoutsTest)
#include "GridLayoutsTest.moc"

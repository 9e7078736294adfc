#include "tests/TestPrograms.h"
#include "ui/drawing/Viewport.h"

#include <QtTest>

using namespace resnet::ui;

class ViewportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void positionsComeBack() {
        const Viewport view{1.5, {20, -30}};
        QCOMPARE(view.toDrawing(view.toWidget(QPointF(7, 9))), QPointF(7, 9));
        QCOMPARE(view.toWidget(QRectF(10, 20, 30, 40)), QRectF(35, 0, 45, 60));
    }

    void zoomingKeepsThePointUnderTheCursor() {
        const Viewport view{0.8, {5, 6}};
        const QPointF cursor(120, 45);
        const Viewport zoomed = view.zoomedAround(cursor, 2.5);
        QCOMPARE(zoomed.zoom, 2.0);
        QCOMPARE(zoomed.toDrawing(cursor), view.toDrawing(cursor));
    }

    void fittedIsAllInTheMiddle() {
        const QRectF place(0, 0, 400, 300);
        const QRectF shown = fitted(QRectF(0, 0, 1000, 200), place).toWidget(QRectF(0, 0, 1000, 200));
        QCOMPARE(shown, QRectF(0, 110, 400, 80));
        QVERIFY2(fitted(QRectF(0, 0, 10, 10), place).zoom < 2.0, "small drawings are not blown up");
        QCOMPARE(fitted(QRectF(), place).zoom, 1.0);
    }

    void nothingIsLostOutOfSight() {
        const QRectF bounds(0, 0, 500, 100);
        const QRectF place(0, 0, 400, 300);
        for (const QPointF& offset :
             {QPointF(9e3, 0), QPointF(-9e3, 0), QPointF(0, 9e3), QPointF(0, -9e3), QPointF(-9e3, 9e3)}) {
            const QRectF shown = keptInReach({1.0, offset}, bounds, place).toWidget(bounds);
            QVERIFY(shown.intersects(place));
            QVERIFY(shown.intersected(place).width() >= 79.0 && shown.intersected(place).height() >= 79.0);
        }
        const Viewport inside{1.0, {10, 10}};
        QCOMPARE(keptInReach(inside, bounds, place).offset, inside.offset);
    }

    void aDrawingFillsItsPlace() {
        const QRectF bounds(0, 0, 500, 100);
        const QRectF place(0, 0, 400, 300);
        QCOMPARE(filling({1.0, {50, 0}}, bounds, place).toWidget(bounds), QRectF(0, 100, 500, 100));
        QCOMPARE(filling({1.0, {-900, 0}}, bounds, place).toWidget(bounds), QRectF(-100, 100, 500, 100));
        QCOMPARE(filling({1.0, {-40, 7}}, bounds, place).toWidget(bounds), QRectF(-40, 100, 500, 100));
    }

    void shiftIsTheLeastThatIsNeeded() {
        const QRectF place(0, 0, 100, 100);
        QCOMPARE(shiftInto(QRectF(10, 10, 20, 20), place), QPointF());
        QCOMPARE(shiftInto(QRectF(95, -5, 20, 20), place), QPointF(-15, 5));
    }
};

RESNET_TEST(ViewportTest)
#include "ViewportTest.moc"

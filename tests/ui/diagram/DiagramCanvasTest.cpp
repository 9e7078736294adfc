#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/drawing/LayoutMorph.h"

#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

// The canvas as a person uses it: clicks, the wheel, keys.
class DiagramCanvasTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{NetworkSpec{}};
    DiagramContent m_content;
    std::unique_ptr<DiagramCanvas> m_canvas;

    const DiagramNode& nodeOf(const char* step) const {
        return *m_canvas->drawing().nodeOf(*m_graph.find(step));
    }
    QPointF middleOf(const char* step) const { return m_canvas->rectOf(nodeOf(step)).center(); }
    QPointF onScreen(const QPointF& point) const {
        const DiagramNode& node = m_canvas->drawing().nodes.front();
        return m_canvas->rectOf(node).topLeft() + (point - node.box.topLeft()) * m_canvas->zoom();
    }
    void waitUntilAtRest() { QTRY_VERIFY(!m_canvas->isMoving()); }
    void doubleClick(const QPointF& at) {
        QTest::mouseDClick(m_canvas.get(), Qt::LeftButton, {}, at.toPoint());
        waitUntilAtRest();
    }
    void press(Qt::Key key) {
        QTest::keyClick(m_canvas.get(), key);
        waitUntilAtRest();
    }
    void drag(const QPoint& from, const QPoint& to) {
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_canvas.get(), (from + to) / 2);
        QTest::mouseMove(m_canvas.get(), to);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, to);
    }
    void wheel(const QPointF& at, int delta) {
        QWheelEvent event(at, m_canvas->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, {}, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(m_canvas.get(), &event);
    }
    void pinch(const QPointF& at, double value) {
        QNativeGestureEvent event(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2, at, at,
                                  m_canvas->mapToGlobal(at), value, {});
        QApplication::sendEvent(m_canvas.get(), &event);
    }
    bool isOpen(int stage, int unit) const { return m_canvas->openNodes().isUnitOpen(stage, unit); }
    bool isAllInSight() const {
        const QRectF widget = QRectF(m_canvas->rect()).adjusted(-1, -1, 1, 1);
        return std::ranges::all_of(m_canvas->drawing().nodes, [&](const DiagramNode& node) {
            return widget.contains(m_canvas->rectOf(node));
        });
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void init() {
        m_content = {};
        m_canvas = std::make_unique<DiagramCanvas>();
        m_canvas->resize(1000, 400);
        m_canvas->setContent(&m_content);
        m_canvas->setGraph(&m_graph);
        m_canvas->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get(), tests::patience(5'000)));
    }

    void aClickTellsItsStep() {
        QSignalSpy clicks(m_canvas.get(), &DiagramCanvas::stepClicked);
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, middleOf("layer3.1.relu2").toPoint());
        QCOMPARE(clicks.count(), 1);
        QCOMPARE(clicks.front().front().value<StepId>(), *m_graph.find("layer3.1.relu2"));
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(clicks.count(), 1);
    }

    // What is under the cursor stays under it: before, the unit's block; after, its frame, and again the
    // block.
    void aDoubleClickOpensAndClosesInPlace() {
        const QRectF block = m_canvas->rectOf(nodeOf("layer2.1.relu2"));
        const QPointF cursor = block.topLeft() + QPointF(0.75 * block.width(), 0.25 * block.height());
        const double zoom = m_canvas->zoom();
        doubleClick(cursor);
        QVERIFY(isOpen(1, 1));
        QCOMPARE(m_canvas->zoom(), zoom);
        const DiagramFrame& frame = m_canvas->drawing().frames.front();
        const QRectF shown(onScreen(frame.box.topLeft()), frame.box.size() * zoom);
        const QPointF clicked = cursor.toPoint();
        const double share = (clicked.x() - block.left()) / block.width();
        QVERIFY(std::abs(shown.left() + share * shown.width() - clicked.x()) < 0.5);

        doubleClick(clicked);
        QVERIFY(!isOpen(1, 1));
        QVERIFY(m_canvas->rectOf(nodeOf("layer2.1.relu2")).contains(clicked));
    }

    void whatIsOpenedMovesSmoothly() {
        const QPointF cursor = middleOf("layer2.1.relu2");
        QTest::mouseDClick(m_canvas.get(), Qt::LeftButton, {}, cursor.toPoint());
        QVERIFY(m_canvas->isMoving() && isOpen(1, 1));
        const QImage onTheWay = m_canvas->grab().toImage();
        waitUntilAtRest();
        const QImage atRest = m_canvas->grab().toImage();
        QVERIFY(onTheWay != atRest);
        QCOMPARE(m_canvas->grab().toImage(), atRest);
    }

    void oneKeyGoesAllInOrOut() {
        press(Qt::Key_3);
        QCOMPARE(int(m_canvas->drawing().nodes.size()), m_graph.stepCount() + 1);
        m_canvas->fit();
        QVERIFY(isAllInSight());
        press(Qt::Key_1);
        QCOMPARE(int(m_canvas->drawing().nodes.size()), 7);  // image, stem, four stages, head
        QVERIFY(isAllInSight());
        press(Qt::Key_2);
        QVERIFY(m_canvas->detail() == Detail::Unit);
        QVERIFY(isAllInSight());
    }

    void returnOpensTheCurrentUnitAndClosesIt() {
        m_content.current = m_graph.find("layer4.2.bn1");
        press(Qt::Key_Return);
        QVERIFY(isOpen(3, 2));
        press(Qt::Key_Return);
        QVERIFY(!isOpen(3, 2));
    }

    void theWheelZoomsAroundTheCursor() {
        const QPointF cursor = middleOf("layer3.2.relu2");
        const double zoom = m_canvas->zoom();
        wheel(cursor, 240);
        QVERIFY(m_canvas->zoom() > 1.3 * zoom);
        QVERIFY((middleOf("layer3.2.relu2") - cursor).manhattanLength() < 0.5);
        for (int i = 0; i < 60; ++i)
            wheel(cursor, 240);
        QVERIFY2(m_canvas->zoom() <= 6.0, "zooming ends somewhere");
        for (int i = 0; i < 120; ++i)
            wheel(cursor, -240);
        QVERIFY(m_canvas->zoom() > 0.2 * zoom);
    }

    void aPinchZoomsAroundTheCursor() {
        const QPointF cursor = middleOf("layer3.2.relu2");
        const double zoom = m_canvas->zoom();
        pinch(cursor, 0.25);
        QVERIFY(qAbs(m_canvas->zoom() - 1.25 * zoom) < 1e-9);
        QVERIFY((middleOf("layer3.2.relu2") - cursor).manhattanLength() < 0.5);
        pinch(cursor, -0.2);
        QVERIFY(qAbs(m_canvas->zoom() - zoom) < 1e-9);
        QVERIFY((middleOf("layer3.2.relu2") - cursor).manhattanLength() < 0.5);
    }

    void keysZoomAndFit() {
        const double zoom = m_canvas->zoom();
        press(Qt::Key_Plus);
        press(Qt::Key_Plus);
        QVERIFY(m_canvas->zoom() > 1.5 * zoom);
        press(Qt::Key_Minus);
        press(Qt::Key_F);
        QCOMPARE(m_canvas->zoom(), zoom);
        QVERIFY(isAllInSight());
    }

    void draggingPans() {
        const QPointF before = middleOf("layer3.0.relu2");
        QSignalSpy clicks(m_canvas.get(), &DiagramCanvas::stepClicked);
        drag(before.toPoint(), before.toPoint() + QPoint(-80, 30));
        const QPointF moved = middleOf("layer3.0.relu2") - before;
        QVERIFY((moved - QPointF(-80, 30)).manhattanLength() < 2.0);
        QVERIFY2(clicks.isEmpty(), "a drag is no click");
    }

    void theOverviewAppearsWhenItIsNeededAndLeads() {
        QVERIFY(m_canvas->minimapRect().isEmpty());
        for (int i = 0; i < 6; ++i)
            wheel(middleOf("layer1.0.relu2"), 240);
        const QRectF map = m_canvas->minimapRect();
        QVERIFY(!map.isEmpty());
        QVERIFY(!QRectF(m_canvas->rect()).contains(m_canvas->rectOf(nodeOf("softmax"))));
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {},
                          QPointF(map.right() - 8, map.center().y()).toPoint());
        QVERIFY(QRectF(m_canvas->rect()).contains(middleOf("softmax")));
        m_canvas->setMinimapShown(false);
        QVERIFY(m_canvas->minimapRect().isEmpty());
    }

    void arrowsAskForWalks() {
        QSignalSpy walks(m_canvas.get(), &DiagramCanvas::walkRequested);
        for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down})
            QTest::keyClick(m_canvas.get(), key);
        QCOMPARE(walks.count(), 4);
        QCOMPARE(walks[2].front().value<WalkDirection>(), WalkDirection::Up);
    }

    void revealScrollsOnlyAsFarAsNeeded() {
        const StepId step = *m_graph.find("softmax");
        for (int i = 0; i < 3; ++i)
            wheel(middleOf("layer1.0.relu2"), 240);
        m_canvas->reveal(step);
        QVERIFY(QRectF(m_canvas->rect()).contains(m_canvas->rectOf(nodeOf("softmax"))));
        const QPointF there = middleOf("softmax");
        m_canvas->reveal(step);
        QCOMPARE(middleOf("softmax"), there);
    }

    // Of a hundred layers in a small place each was ten pixels wide and without a name.
    void layersOpenWhereTheCurrentStepIsIfAllAreTooSmall() {
        m_canvas->resize(760, 260);
        m_content.current = *m_graph.find("layer3.2.conv1");
        m_canvas->setDetail(Detail::Layer);
        waitUntilAtRest();
        const QRectF current = m_canvas->rectOf(nodeOf("layer3.2.conv1"));
        QVERIFY(std::max(current.width(), current.height()) >= 24.0);
        QVERIFY(QRectF(m_canvas->rect()).contains(current));
        QVERIFY(!isAllInSight());
        m_canvas->fit();
        QVERIFY(isAllInSight());
        // With the room for it all of them are seen at once.
        m_canvas->setDetail(Detail::Unit);
        m_canvas->resize(3000, 1800);
        m_canvas->setDetail(Detail::Layer);
        waitUntilAtRest();
        QVERIFY(isAllInSight());
    }

    // A legend of two rows takes its room from the drawing.
    void theLegendHasRoomOfItsOwn() {
        const auto lowest = [this] {
            double y = 0.0;
            for (const DiagramNode& node : m_canvas->drawing().nodes)
                y = std::max(y, m_canvas->rectOf(node).bottom());
            return y;
        };
        m_canvas->resize(360, 200);
        NodeShading shading{QStringLiteral("Multiply-adds"), QStringLiteral("million"), {}};
        shading.values.assign(std::size_t(m_graph.stepCount()), 1.0);
        m_content.shading = shading;
        m_content.norms.assign(std::size_t(m_graph.stepCount()), 2.0);
        m_canvas->contentChanged();
        QVERIFY(lowest() <= m_canvas->height() - 2 * DiagramLegend::rowHeight);
        m_content = {};
        m_canvas->contentChanged();
        QVERIFY(lowest() <= m_canvas->height() - DiagramLegend::rowHeight);
    }

    void aNullGraphShowsNothing() {
        m_canvas->setGraph(nullptr);
        m_canvas->grab();
        press(Qt::Key_Return);
        press(Qt::Key_3);
        QVERIFY(m_canvas->drawing().nodes.empty());
    }
};

RESNET_WINDOW_TEST(DiagramCanvasTest)
#include "DiagramCanvasTest.moc"

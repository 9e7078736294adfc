#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/activations/ChannelsView.h"
#include "ui/activations/VectorBars.h"

#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;

// The values of a thousand classes: named, the best first, and none out of reach.
class VectorBarsTest : public QObject {
    Q_OBJECT

    static constexpr int classes = 300;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<FeatureMapsView> m_view;

    VectorBars& bars() const { return *m_view->bars(); }
    void turnWheel(int notches) {
        const QPointF at(20, 20);
        QWheelEvent event(at, bars().mapToGlobal(at), {}, {0, -120 * notches}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&bars(), &event);
    }
    bool isShown(int channel) const { return !bars().slotOf(channel).isNull(); }
    // The best first.
    std::vector<int> ranking() const {
        const FeatureMapsPtr values = m_workspace->shown().of(m_workspace->currentStep());
        std::vector<int> order(classes);
        for (int i = 0; i < classes; ++i)
            order[std::size_t(i)] = i;
        std::stable_sort(order.begin(), order.end(),
                         [&](int a, int b) { return values->data()[a] > values->data()[b]; });
        return order;
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_view = std::make_unique<FeatureMapsView>(*m_workspace);
        m_view->resize(700, 300);
        m_view->show();
        ModelRequest request = test::smallRequest();
        request.classes = classes;
        m_workspace->setModel(newModel(request));
        m_workspace->setPicture(test::gradientPicture());
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->activations().isComplete(), 30000);
        m_workspace->goToLast();
        QTRY_VERIFY(bars().isVisible());
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void theBestStandFirst() {
        const std::vector<int> best = ranking();
        m_workspace->selectChannel(best[0]);
        for (int i = 1; i < 4; ++i) {
            const QRectF above = bars().slotOf(best[std::size_t(i) - 1]);
            const QRectF below = bars().slotOf(best[std::size_t(i)]);
            QVERIFY(below.height() >= 16.0 && below.width() > 150.0);
            QCOMPARE(below.topLeft(), above.topLeft() + QPointF(0, above.height()));
        }
        QVERIFY(!isShown(best.back()));
        QTest::mouseClick(&bars(), Qt::LeftButton, {}, bars().slotOf(best[2]).center().toPoint());
        QCOMPARE(m_workspace->channel(), best[2]);
        const auto buttons = m_view->findChildren<QToolButton*>();
        QVERIFY(std::ranges::any_of(buttons, [](const QToolButton* each) {
            return each->accessibleName() == QLatin1String("Sort: value");
        }));
    }

    void theWheelReachesTheLast() {
        const std::vector<int> best = ranking();
        m_workspace->selectChannel(best[0]);
        turnWheel(1);
        QVERIFY(!isShown(best[0]) && isShown(best[3]));
        QCOMPARE(bars().slotOf(best[3]).topLeft(), QPointF(0, 0));
        turnWheel(classes);
        for (int i = 0; i < 200; ++i)
            turnWheel(1);
        QVERIFY(isShown(best.back()));
        for (int i = 0; i < 200; ++i)
            turnWheel(-1);
        QCOMPARE(bars().slotOf(best[0]).topLeft(), QPointF(0, 0));
    }

    void aClassChosenElsewhereComesIntoSight() {
        const std::vector<int> best = ranking();
        m_workspace->selectChannel(best[0]);
        m_workspace->selectChannel(best[200]);
        QVERIFY(isShown(best[200]));
        QTest::keyClick(&bars(), Qt::Key_Down);
        QCOMPARE(m_workspace->channel(), best[201]);
        QVERIFY(isShown(best[201]));
    }
};

RESNET_WINDOW_TEST(VectorBarsTest)
#include "VectorBarsTest.moc"

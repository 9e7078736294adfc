#include "core/attribution/Trust.h"
#include "tests/TestPrograms.h"
#include "tests/ui/attribution/AttributionParts.h"
#include "ui/attribution/CurveChart.h"
#include "ui/attribution/MapTiles.h"
#include "ui/attribution/TrustView.h"

#include <QSignalSpy>
#include <QSpinBox>

#include <cmath>
#include <limits>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

using ShownTrust = Shown<TrustView>;

class TrustViewTest : public QObject {
    Q_OBJECT

    static std::vector<RandomisedMap> expected(const ShownTrust& subject, AttributionMethod method,
                                               std::uint64_t seed) {
        const auto packed = std::make_shared<const PackedNetwork>(subject.workspace->model()->network);
        AttributionRequest request;
        request.method = method;
        request.classIndex = subject.workspace->classInQuestion();
        return *randomisationTest(packed, subject.workspace->activations(), request, seed);
    }
    static void verifyShown(const ShownTrust& subject, AttributionMethod method, std::uint64_t seed) {
        const std::vector<RandomisedMap> wanted = expected(subject, method, seed);
        const auto& tiles = subject.view->maps()->tiles();
        const auto& lines = subject.view->likeness()->chart().lines;
        QCOMPARE(tiles.size(), wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            QVERIFY(std::equal(wanted[i].map.data(), wanted[i].map.data() + wanted[i].map.size(),
                               tiles[i].map->data()));
            QCOMPARE(lines[0].values[i], std::optional(wanted[i].rankCorrelationOfMagnitudes));
            QCOMPARE(lines[1].values[i], std::optional(wanted[i].similarity));
            QCOMPARE(lines[2].values[i], std::optional(wanted[i].rankCorrelation));
        }
    }

private Q_SLOTS:
    void guidedBackpropagationComesFirst() {
        ShownTrust subject;
        QVERIFY(subject.view->maps()->tiles().empty());
        subject.show();
        QCOMPARE(box(*subject.view, "Method")->currentText(), QStringLiteral("Guided"));
        QCOMPARE(subject.view->maps()->tiles().size(), std::size_t(4));  // as it is, and three units
        QCOMPARE(subject.view->maps()->tiles()[1].title, QStringLiteral("new from 2.2 on"));
        verifyShown(subject, AttributionMethod::Guided, 1);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("With 3 of 3 units started anew (seed 1)")));
    }

    void anotherMethodAndSeedAreTested() {
        ShownTrust subject;
        subject.show();
        QComboBox* method = box(*subject.view, "Method");
        method->setFocus();
        QTest::keyClick(method, Qt::Key_Down);
        subject.finish();
        verifyShown(subject, AttributionMethod::Gradient, 1);
        auto* seed = subject.view->findChild<QSpinBox*>();
        seed->setFocus();
        QTest::keyClick(seed, Qt::Key_Up);
        subject.finish();
        verifyShown(subject, AttributionMethod::Gradient, 2);
    }

    void curvesAreBesideRandomOrders() {
        ShownTrust subject;
        subject.show();
        click(*subject.view, "Does the network need what it marks?");
        subject.finish();
        const LineChart& deletion = subject.view->deletion()->chart();
        const LineChart& insertion = subject.view->insertion()->chart();
        const Session& session = subject.workspace->session();
        const double own =
            session.output(session.graph().softmaxStep())->at(subject.workspace->classInQuestion(), 0, 0);
        for (const LineChart::Line& line : deletion.lines)
            QVERIFY(std::abs(*line.values.front() - own) < 1e-5);  // nothing is hidden
        for (const LineChart::Line& line : insertion.lines)
            QVERIFY(std::abs(*line.values.back() - own) < 1e-5);  // all is shown
        QVERIFY(subject.view->deletion()->isVisible());
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Better than random by")));
        click(*subject.view, "Does it care for what was learned?");
        subject.finish();
        QVERIFY(!subject.view->deletion()->isVisible());
    }

    void mapsComeOneByOneAndStayWhenItIsStopped() {
        ModelRequest request = smallRequest(256);
        request.channelsPerStage = {32, 64};
        request.unitsPerStage = {4, 4};
        ShownTrust subject(request);
        subject.view->show();
        QTRY_VERIFY_WITH_TIMEOUT(!subject.view->maps()->tiles().empty(), 30000);
        subject.view->stop();
        const std::size_t known = subject.view->maps()->tiles().size();
        QVERIFY(known < 9);
        QTest::qWait(300);  // nothing of the stale run comes in
        QCOMPARE(subject.view->maps()->tiles().size(), known);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Stopped.")));
        click(*subject.view, "Compute");
        QCOMPARE(subject.view->maps()->tiles().size(), known);
        QVERIFY(subject.view->isOld());
        subject.finish();
        QCOMPARE(subject.view->maps()->tiles().size(), std::size_t(9));
    }

    void theCursorReadsALine() {
        ShownTrust subject;
        subject.show();
        CurveChart* chart = subject.view->likeness();
        QSignalSpy hovered(chart, &CurveChart::hovered);
        const QRectF plot = plotOf(chart->chart(), chart->rect());
        QTest::mouseMove(chart, plot.center().toPoint());
        QTRY_VERIFY(!hovered.isEmpty());
        QVERIFY(chart->textAt(0).startsWith(QStringLiteral("ranks of magnitudes: 1")));
    }

    void scoresThatAreNoNumbersAreSaidInALine() {
        ShownTrust subject;
        subject.open(modelWith("fc.bias", std::numeric_limits<float>::quiet_NaN()));
        subject.view->show();
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("finite number")));
        QVERIFY(subject.view->maps()->tiles().empty());
    }
};

RESNET_WINDOW_TEST(TrustViewTest)
#include "TrustViewTest.moc"

#include "core/attribution/Attribution.h"
#include "core/explain/ClassActivation.h"
#include "tests/TestPrograms.h"
#include "tests/ui/attribution/AttributionParts.h"
#include "ui/attribution/MapTiles.h"
#include "ui/attribution/UnitCamsView.h"

#include <QSignalSpy>

#include <cmath>
#include <limits>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

using ShownCams = Shown<UnitCamsView>;

class UnitCamsViewTest : public QObject {
    Q_OBJECT

    static const FeatureMaps& map(const ShownCams& subject, int tile) {
        return *subject.view->maps()->tiles().at(std::size_t(tile)).map;
    }
    static double difference(const FeatureMaps& a, const FeatureMaps& b) {
        double worst = a.shape() == b.shape() ? 0.0 : 1e30;
        for (std::size_t i = 0; worst < 1e30 && i < a.size(); ++i)
            worst = std::max(worst, std::abs(double(a.data()[i]) - b.data()[i]));
        return worst;
    }
    // What the core says of all units.
    static std::vector<FeatureMaps> expected(const ShownCams& subject, AttributionMethod method,
                                             UnitPlace place = UnitPlace::Output) {
        BackwardExecutor backward(std::make_shared<const PackedNetwork>(subject.workspace->model()->network));
        AttributionRequest request;
        request.method = method;
        request.classIndex = subject.workspace->classInQuestion();
        return *attributeUnits(backward, subject.workspace->activations(), request, {}, place);
    }

private Q_SLOTS:
    void nothingIsComputedUntilItIsSeen() {
        ShownCams subject;
        QTest::qWait(50);
        QVERIFY(!subject.view->isComputing());
        QVERIFY(subject.view->maps()->tiles().empty());
        subject.show();
        QCOMPARE(subject.view->maps()->tiles().size(), std::size_t(4));  // three units and the CAM
        QVERIFY(subject.view->sentence().startsWith(QStringLiteral("The network is untrained")));
    }

    void theLastMapIsTheClassActivationMap() {
        ShownCams subject;
        subject.show();
        const FeatureMaps cam =
            classActivation(subject.workspace->activations(), subject.workspace->classInQuestion()).evidence;
        QCOMPARE(difference(map(subject, 3), cam), 0.0);
        QVERIFY(difference(map(subject, 2), cam) < 1e-5);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("equals the class activation map")));
        click(*subject.view, "Above 0");
        bool isCut = false;
        for (std::size_t i = 0; i < cam.size(); ++i) {
            QVERIFY(std::abs(map(subject, 2).data()[i] - std::max(cam.data()[i], 0.0f)) < 1e-5);
            isCut |= cam.data()[i] < 0.0f;
        }
        QVERIFY(isCut);
        click(*subject.view, "Before ReLU");
        subject.finish();
        QVERIFY(subject.view->sentence().contains(QStringLiteral("differ by up to")));
    }

    void methodAndPlaceAreWhatIsShown() {
        ShownCams subject;
        subject.show();
        click(*subject.view, "By area");  // each cell's own number
        click(*subject.view, "LayerCAM");
        subject.finish();
        const auto layer = expected(subject, AttributionMethod::LayerCam);
        for (int unit = 0; unit < 3; ++unit)
            QCOMPARE(difference(map(subject, unit), layer[std::size_t(unit)]), 0.0);
        click(*subject.view, "HiResCAM");
        subject.finish();
        click(*subject.view, "F(x) alone");
        subject.finish();
        const auto branch = expected(subject, AttributionMethod::HiResCam, UnitPlace::MainPath);
        QCOMPARE(difference(map(subject, 1), branch[1]), 0.0);
        // By area: as many cells as one of the last map covers.
        click(*subject.view, "By area");
        const double cells = double(branch[0].size()) / double(branch[2].size());
        QVERIFY(cells > 1.0);
        QCOMPARE(map(subject, 0).data()[5], float(branch[0].data()[5] * cells));
    }

    void anotherClassIsExplainedAndComparedWith() {
        ShownCams subject;
        subject.show();
        subject.workspace->goToLast();
        const int other = (subject.workspace->classInQuestion() + 1) % 5;
        subject.workspace->selectChannel(other);
        subject.finish();
        const FeatureMaps cam = classActivation(subject.workspace->activations(), other).evidence;
        QCOMPARE(difference(map(subject, 3), cam), 0.0);
        QComboBox* against = box(*subject.view, "Against");
        against->setFocus();
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(against, Qt::Key_Down);
        if (against->currentData().toInt() == other)
            QTest::keyClick(against, Qt::Key_Up);
        const int last = against->currentData().toInt();
        QVERIFY(last != other);
        subject.finish();
        QCOMPARE(difference(map(subject, 3),
                            classActivation(subject.workspace->activations(), other, last).evidence),
                 0.0);
    }

    void stoppingLeavesWhatWasShownAndSaysThatItIsOld() {
        ModelRequest request = smallRequest(512);
        request.channelsPerStage = {32, 64};
        ShownCams subject(request);
        subject.show();
        const FeatureMapsPtr before = subject.view->maps()->tiles().front().map;
        click(*subject.view, "HiResCAM");
        QVERIFY(subject.view->isComputing());
        QVERIFY(subject.view->sentence().contains(QStringLiteral("old")));
        click(*subject.view, "Stop");
        QVERIFY(!subject.view->isComputing());
        QVERIFY(subject.view->isOld());
        QTest::qWait(300);  // nothing of the stale run comes in
        QCOMPARE(subject.view->maps()->tiles().front().map, before);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Stopped. What is shown is old")));
        click(*subject.view, "Compute");
        subject.finish();
        QVERIFY(subject.view->maps()->tiles().front().map != before);
        QVERIFY(!subject.view->sentence().contains(QStringLiteral("Stopped")));
    }

    void aClickGoesToTheUnitAndTheCursorReadsItsNumber() {
        ShownCams subject;
        subject.show();
        MapTiles* maps = subject.view->maps();
        const QRectF second = maps->tileRect(1);
        QTest::mouseMove(maps, (second.topLeft() + QPointF(2, 2)).toPoint());
        QTRY_VERIFY(maps->readout().startsWith(QStringLiteral("Stage 2, unit 1, row 0, column 0: ")));
        QTest::mouseClick(maps, Qt::LeftButton, {}, second.center().toPoint());
        const Graph& graph = subject.workspace->model()->graph();
        QCOMPARE(subject.workspace->currentStep(), graph.units()[1].output);
        maps->setFocus();
        QTest::keyClick(maps, Qt::Key_Left);
        QTest::keyClick(maps, Qt::Key_Return);
        QCOMPARE(subject.workspace->currentStep(), graph.units()[0].output);
    }

    void aMapThatSaysNothingIsFlatAndCalledSo() {
        ShownCams subject;
        subject.open(modelWith("fc.weight", 0.0f));  // the scores are the biases, whatever the picture
        subject.show();
        for (const MapTile& tile : subject.view->maps()->tiles()) {
            QVERIFY(isFlat(*tile.map));
            QCOMPARE(tile.note, QStringLiteral("flat: 0"));
        }
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Flat maps: 3")));
    }

    void aPlainNetworkHasNoSumToLookAt() {
        ModelRequest request = smallRequest();
        request.architecture = "plain34";
        ShownCams subject(request);
        subject.show();
        QVERIFY(!button(*subject.view, QStringLiteral("Shortcut alone"))->isEnabled());
        QVERIFY(button(*subject.view, QStringLiteral("Shortcut alone"))
                    ->toolTip()
                    .contains(QStringLiteral("plain network")));
        QVERIFY(!subject.view->maps()->tiles().empty());
    }

    void scoresThatAreNoNumbersAreSaidInALine() {
        ShownCams subject;
        subject.open(modelWith("fc.bias", std::numeric_limits<float>::quiet_NaN()));
        subject.view->show();
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("finite number")));
        QVERIFY(!subject.view->isComputing());
        QVERIFY(subject.view->maps()->tiles().empty());
    }

    void itIsDrawnIntoAFigure() {
        ShownCams subject;
        subject.show();
        const Figure figure = subject.view->figure();
        QCOMPARE(figure.title, QStringLiteral("Grad-CAM at every unit"));
        QVERIFY(figure.size.width() > 500);
    }
};

RESNET_WINDOW_TEST(UnitCamsViewTest)
#include "UnitCamsViewTest.moc"

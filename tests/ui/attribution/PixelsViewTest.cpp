#include "core/attribution/Attribution.h"
#include "core/attribution/Similarity.h"
#include "core/model/ModelInput.h"
#include "tests/TestPrograms.h"
#include "tests/ui/attribution/AttributionParts.h"
#include "ui/attribution/MapTiles.h"
#include "ui/attribution/PixelGrid.h"
#include "ui/attribution/PixelsView.h"
#include "ui/images/PictureReader.h"

#include <QSpinBox>

#include <cmath>
#include <limits>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

using ShownPixels = Shown<PixelsView>;

class PixelsViewTest : public QObject {
    Q_OBJECT

    static const FeatureMaps& map(const ShownPixels& subject) {
        return *subject.view->maps()->tiles().at(1).map;
    }
    static Attribution expected(const ShownPixels& subject, AttributionRequest request) {
        Executor forward(subject.workspace->model()->network, 1);
        BackwardExecutor backward(forward.packed());
        request.classIndex = subject.workspace->classInQuestion();
        return *attribute(forward, backward, subject.workspace->activations(), request);
    }
    static bool isShown(const ShownPixels& subject, const AttributionRequest& request) {
        const FeatureMaps wanted = channelSum(expected(subject, request).map);
        return std::equal(wanted.data(), wanted.data() + wanted.size(), map(subject).data());
    }
    // The number that stands behind some words of the sentence.
    static double numberAfter(const QString& sentence, const QString& words) {
        static const QRegularExpression pattern(
            QStringLiteral("^\\s*([−+]?[0-9.]+)(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"));
        const auto found = pattern.match(sentence.section(words, 1));
        double power = 1.0;
        if (const QString raised = found.captured(2); !raised.isEmpty()) {
            QString digits;
            for (const QChar each : raised)
                digits += each == QChar(u'⁻')
                              ? QLatin1Char('-')
                              : QLatin1Char(char('0' + QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹").indexOf(each)));
            power = std::pow(10.0, digits.toInt());
        }
        return power * found.captured(1).replace(QChar(0x2212), QLatin1Char('-')).toDouble();
    }

private Q_SLOTS:
    void everyMethodIsTheCores() {
        ShownPixels subject;
        subject.show();
        AttributionRequest request;
        request.method = AttributionMethod::Gradient;
        QVERIFY(isShown(subject, request));
        click(*subject.view, "Input × gradient");
        subject.finish();
        request.method = AttributionMethod::InputTimesGradient;
        QVERIFY(isShown(subject, request));
        click(*subject.view, "Guided");
        subject.finish();
        request.method = AttributionMethod::Guided;
        QVERIFY(isShown(subject, request));
        click(*subject.view, "SmoothGrad");
        subject.finish();
        request.method = AttributionMethod::SmoothGrad;
        QVERIFY(isShown(subject, request));
        QVERIFY(subject.view->sentence().contains(QStringLiteral("seed 0")));
        auto* seed = subject.view->findChildren<QSpinBox*>().last();
        QCOMPARE(seed->accessibleName(), QStringLiteral("Seed of the noise"));
        seed->setFocus();
        QTest::keyClick(seed, Qt::Key_Up);
        QTest::qWait(0);
        subject.finish();
        request.seed = 1;
        QVERIFY(isShown(subject, request));
    }

    void integratedIsRefinedAndTellsItsGap() {
        ShownPixels subject;
        subject.show();
        const FeatureMapsPtr before = subject.view->maps()->tiles().at(1).map;
        click(*subject.view, "Integrated");
        QVERIFY(subject.view->isOld());
        // The first sight is of 8 nodes, and up to date.
        QTRY_VERIFY(!subject.view->isOld());
        subject.finish();
        AttributionRequest request;
        request.method = AttributionMethod::Integrated;
        QVERIFY(isShown(subject, request));
        const Attribution found = expected(subject, request);
        const QString said = subject.view->sentence();
        QVERIFY(said.contains(QStringLiteral("With 50 of 50 nodes from mean colour")));
        const double sum = numberAfter(said, QStringLiteral("add up to"));
        const double difference = numberAfter(said, QStringLiteral("differ by"));
        const double gap = numberAfter(said, QStringLiteral("a gap of"));
        QVERIFY(std::abs(sum - found.sum) < 1e-3 * (1.0 + std::abs(found.sum)));
        QVERIFY(std::abs(sum - difference - gap) < 2e-3 * (1.0 + std::abs(sum)));
        QComboBox* baseline = box(*subject.view, "Baseline");
        baseline->setFocus();
        QTest::keyClick(baseline, Qt::Key_Down);
        QTest::keyClick(baseline, Qt::Key_Down);
        subject.finish();
        request.baseline =
            std::make_shared<FeatureMaps>(blurred(*subject.workspace->activations().input(), 10.0));
        QVERIFY(isShown(subject, request));
        QVERIFY(subject.view->maps()->tiles().at(1).map != before);
    }

    void anotherPictureIsABaseline() {
        ShownPixels subject;
        subject.show();
        click(*subject.view, "Integrated");
        subject.finish();
        const QString file = QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/rocket.jpg");
        subject.view->useBaseline(file);
        subject.finish();
        AttributionRequest request;
        request.method = AttributionMethod::Integrated;
        request.baseline = inputOf(*subject.workspace->model(), readPicture(file)->image);
        QVERIFY(isShown(subject, request));
        QVERIFY(subject.view->sentence().contains(QStringLiteral("from rocket.jpg")));
        QVERIFY(subject.view->sentence().contains(QStringLiteral("a gap of")));
        const FeatureMapsPtr before = subject.view->maps()->tiles().at(1).map;
        subject.view->useBaseline(QStringLiteral("/nowhere/none.jpg"));
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("none.jpg")));
        QCOMPARE(subject.view->maps()->tiles().at(1).map, before);
    }

    // What all pixels and all biases owe is the score itself.
    void theSumsAddUp() {
        ShownPixels subject;
        subject.show();
        click(*subject.view, "Input × gradient");
        subject.finish();
        const Run& run = subject.workspace->activations();
        const GradientTarget target = scoreOf(run.graph(), subject.workspace->classInQuestion());
        BackwardExecutor backward(std::make_shared<const PackedNetwork>(run.network()));
        const double biases = biasTimesGradient(*backward.run(run, target));
        double pixels = 0.0;
        for (std::size_t i = 0; i < map(subject).size(); ++i)
            pixels += map(subject).data()[i];
        QVERIFY(std::abs(pixels + biases - valueOf(target, run)) < 1e-4);
        QVERIFY(std::abs(numberAfter(subject.view->sentence(), QStringLiteral("add up to")) - pixels) <
                1e-3 * (1.0 + std::abs(pixels)));
    }

    void aClickEnlargesThePlace() {
        ShownPixels subject;
        subject.show();
        MapTiles* maps = subject.view->maps();
        QTest::mouseClick(maps, Qt::LeftButton, {}, (maps->tileRect(0).topLeft() + QPointF(3, 3)).toPoint());
        QCOMPARE(maps->tiles().at(2).part, std::optional(QRect(0, 0, 8, 8)));
        const QRectF enlarged = maps->tileRect(2);
        QTest::mouseMove(
            maps, (enlarged.topLeft() + QPointF(enlarged.width() * 2.5 / 8, enlarged.height() * 1.5 / 8))
                      .toPoint());
        QTRY_VERIFY(maps->readout().contains(QStringLiteral("row 1, column 2: ")));
    }

    void stoppingLeavesWhatWasShown() {
        ModelRequest request = smallRequest(256);
        request.channelsPerStage = {32, 64};
        ShownPixels subject(request);
        subject.show();
        const FeatureMapsPtr before = subject.view->maps()->tiles().at(1).map;
        click(*subject.view, "SmoothGrad");
        click(*subject.view, "Stop");
        QVERIFY(subject.view->isOld() && !subject.view->isComputing());
        QTest::qWait(300);
        QCOMPARE(subject.view->maps()->tiles().at(1).map, before);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Stopped. What is shown is old")));
    }

    void scoresThatAreNoNumbersAreSaidInALine() {
        ShownPixels subject;
        subject.open(modelWith("fc.bias", std::numeric_limits<float>::quiet_NaN()));
        subject.view->show();
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("finite number")));
        QVERIFY(subject.view->maps()->tiles().empty());
    }

    void theGridIsMeasured() {
        FeatureMaps board(FeatureShape{1, 8, 8});
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x)
                board.at(0, y, x) = y % 2 == 1 && x % 2 == 0 ? -3.0f : 1.0f;
        QCOMPARE(gridContrast(board, 2), 3.0 / 1.5);
        std::fill_n(board.data(), board.size(), 0.5f);
        QCOMPARE(gridContrast(board, 2), 1.0);
        const ShownPixels subject;
        QCOMPARE(projectionPeriod(subject.workspace->model()->graph()), 8);
        ModelRequest plain = smallRequest();
        plain.architecture = "plain34";
        QCOMPARE(projectionPeriod(newModel(plain)->graph()), 0);
    }
};

RESNET_WINDOW_TEST(PixelsViewTest)
#include "PixelsViewTest.moc"

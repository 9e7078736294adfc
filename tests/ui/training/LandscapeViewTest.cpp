#include "core/Error.h"
#include "core/experiments/Landscape.h"
#include "tests/TestPrograms.h"
#include "tests/ui/training/TrainingParts.h"
#include "ui/exports/SvgWriter.h"
#include "ui/training/LandscapeView.h"
#include "ui/workspace/SampleSquares.h"

#include <QLabel>
#include <QSpinBox>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

constexpr int middle = MeasuredPlane::side / 2;

// A workspace with a network and the view of it.
struct Subject {
    explicit Subject(const TrainingResources& resources, const ModelPtr& model = newModel(tinyRequest()))
        : workspace(std::make_unique<Workspace>(1)),
          view(std::make_unique<LandscapeView>(*workspace, resources)) {
        view->resize(view->sizeHint());
        workspace->setModel(model);
    }
    void show() {
        view->show();
        QTRY_VERIFY_WITH_TIMEOUT(view->isWhole(), 120000);
        QTRY_VERIFY(!view->isComputing());
    }
    QString foot() const {
        for (const QLabel* label : view->findChildren<QLabel*>())
            if (label->accessibleName() == QLatin1String("Under the cursor"))
                return label->text();
        return {};
    }
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<LandscapeView> view;
};

}  // namespace

class LandscapeViewTest : public QObject {
    Q_OBJECT

    Photograph m_photograph;

    // Those with the classes 0 and 1 in turn.
    TrainingResources withClasses() const {
        TrainingResources resources = m_photograph.resources();
        resources.readFolder = [path = m_photograph.path()](const QString& folder, const Model& model,
                                                            const std::stop_token& stop) {
            if (folder != QLatin1String("classes"))
                throw Error(folder.toStdString() + ": expected a folder of pictures");
            LabelledPictures read{sampleSquares(model, {path}, 2, stop), {}};
            for (std::size_t i = 0; i < read.pictures.size(); ++i)
                read.pictures[i].expected = int(i % 2);
            return read;
        };
        return resources;
    }

private Q_SLOTS:
    // What stands on the screen is what the command measures.
    void everyPlaceIsMeasured() {
        Subject subject(m_photograph.resources());
        subject.show();
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Divergence")));
        QVERIFY(subject.view->sentence().contains(QStringLiteral("16 squares")));
        const MeasuredPlane& plane = subject.view->planes().at(0);
        QCOMPARE(plane.point(middle, middle)->loss, 0.0);
        LandscapeMeter meter(plane.model->network, sampleSquares(*plane.model, {m_photograph.path()}, 4));
        const Direction first = randomDirection(*plane.model->network, 0);
        const Direction second = randomDirection(*plane.model->network, 1);
        const std::vector<double> axis = Landscape::axisFor({});
        for (const auto& [row, column] : {std::pair{0, 24}, {3, 9}, {11, 13}})
            QCOMPARE(*plane.point(row, column),
                     *meter.at(first, second, axis[std::size_t(column)], axis[std::size_t(row)]));
        QCOMPARE(subject.view->canvas()->picture().panels.at(0).loss[3][9], plane.point(3, 9)->loss);
    }

    // Between measured places by the square roots; at them what was measured.
    void coarseGridsAreInterpolated() {
        MeasuredPlane plane;
        plane.points.resize(MeasuredPlane::side * MeasuredPlane::side);
        QVERIFY(!plane.isComplete(6));
        for (int row = 0; row < MeasuredPlane::side; row += 6)
            for (int column = 0; column < MeasuredPlane::side; column += 6)
                plane.points[std::size_t(MeasuredPlane::indexOf(row, column))] =
                    LandscapePoint{column == 0 ? 1.0 : 100.0, 0.0};
        QVERIFY(plane.isComplete(6));
        QVERIFY(!plane.isComplete(3));
        QCOMPARE(plane.losses(6)[6][0], 1.0);
        QCOMPARE(plane.losses(6)[4][3], 30.25);
        QCOMPARE(plane.losses(6)[24][24], 100.0);
    }

    void pointingTellsWhatWasMeasured() {
        Subject subject(m_photograph.resources());
        subject.show();
        LandscapeCanvas* canvas = subject.view->canvas();
        QTRY_VERIFY(canvas->pointOf({0, 0, 0}).y() < canvas->height());  // the layout is made
        QCoreApplication::processEvents();
        QTest::mouseMove(canvas, canvas->pointOf({0, 20, 5}).toPoint());
        QTRY_COMPARE(subject.foot(), subject.view->pointText({0, 20, 5}));
        QVERIFY(subject.foot().contains(QStringLiteral("(−0.58, 0.67)")));
        canvas->setFocus();
        QTest::mouseMove(canvas, QPoint(1, 1));
        QTRY_COMPARE(subject.foot(), subject.view->hint());
        QTest::keyClick(canvas, Qt::Key_Right);
        QVERIFY(subject.foot().contains(QStringLiteral("measured at (0, 0): divergence 0")));
        QTest::keyClick(canvas, Qt::Key_Up);
        QTest::keyClick(canvas, Qt::Key_Left);
        QCOMPARE(subject.foot(), subject.view->pointText({0, middle + 1, middle - 1}));
    }

    void stoppingKeepsWhatIsMeasured() {
        ModelRequest request = smallRequest(256);
        request.channelsPerStage = {32, 64};
        Subject subject(m_photograph.resources(), newModel(request));
        subject.view->show();
        QTRY_VERIFY_WITH_TIMEOUT(!subject.view->planes().empty() && subject.view->planes()[0].point(0, 0),
                                 60000);
        click(*subject.view, "Stop");
        QVERIFY(!subject.view->isComputing());
        QVERIFY(subject.view->subtitle().startsWith(QStringLiteral("stopped at ")));
        const std::vector<MeasuredPlane> before = subject.view->planes();
        QTest::qWait(200);
        QVERIFY(subject.view->planes()[0].points == before[0].points);
        click(*subject.view, "Go on");
        QVERIFY(subject.view->isComputing());
        QCOMPARE(subject.view->planes()[0].point(0, 0), before[0].point(0, 0));
        subject.view->hide();
        QVERIFY(!subject.view->isComputing());
    }

    void anotherSeedIsAnotherPlane() {
        Subject subject(m_photograph.resources());
        subject.show();
        const auto before = subject.view->planes()[0].point(0, 0);
        QSpinBox* seed = subject.view->findChild<QSpinBox*>();
        seed->setFocus();
        QTest::keyClick(seed, Qt::Key_Up);
        QVERIFY(subject.view->planes().empty());
        subject.show();
        QVERIFY(subject.view->planes()[0].point(0, 0) != before);
    }

    void anotherNetworkTakesItsPlace() {
        Subject subject(m_photograph.resources());
        subject.view->show();
        ModelRequest request = tinyRequest();
        request.seed = 12;
        const ModelPtr other = newModel(request);
        subject.workspace->setModel(other);
        QTRY_COMPARE(subject.workspace->model(), other);
        subject.show();
        QCOMPARE(subject.view->planes()[0].model, other);
        LandscapeMeter meter(other->network, sampleSquares(*other, {m_photograph.path()}, 4));
        QCOMPARE(*subject.view->planes()[0].point(0, 0),
                 *meter.at(randomDirection(*other->network, 0), randomDirection(*other->network, 1), -1, -1));
    }

    void aFolderWithClassesGivesTheLoss() {
        Subject subject(withClasses());
        subject.show();
        subject.view->usePictures(QStringLiteral("classes"));
        subject.show();
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Loss</b>: cross-entropy")));
        QVERIFY(subject.view->planes()[0].point(middle, middle)->loss > 0.0);
        QCOMPARE(subject.view->canvas()->picture().measure, QStringLiteral("loss"));
        subject.view->usePictures(QStringLiteral("nowhere"));
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("nowhere: expected a folder")));
        click(*subject.view, "Samples");
        subject.show();
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Divergence")));
        QVERIFY(!button(*subject.view, "Samples")->isEnabled());
    }

    // Whichever of the two is open.
    void twinsStandSideBySide() {
        const QString folder = QStringLiteral(RESNET_SOURCE_DIR "/resources/models/twins/");
        TrainingResources resources = m_photograph.resources();
        resources.residualTwin = folder + QStringLiteral("residual-e20.safetensors");
        resources.plainTwin = folder + QStringLiteral("plain-e20.safetensors");
        Subject subject(resources, openModel(resources.plainTwin.toStdString()));
        subject.view->show();
        QTRY_COMPARE_WITH_TIMEOUT(subject.view->canvas()->picture().panels.size(), std::size_t(2), 120000);
        QVERIFY(subject.view->planes()[0].model->network->spec().shortcut != ShortcutKind::None);
        QVERIFY(subject.view->planes()[1].model->network->spec().shortcut == ShortcutKind::None);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("Neither twin is the famous chaos")));
        LandscapeCanvas* canvas = subject.view->canvas();
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Right);
        for (int i = 0; i <= middle; ++i)
            QTest::keyClick(canvas, Qt::Key_Right);
        QCOMPARE(subject.foot(), subject.view->pointText({1, middle, 0}));
    }

    void theFigureSaysWhatItIs() {
        Subject subject(m_photograph.resources());
        subject.show();
        const QByteArray svg = svgOf(subject.view->figure());
        QVERIFY(svg.contains("divergence, mean of 16 pictures, seed 0, 625 points measured"));
    }

    void withoutPicturesItSaysSo() {
        Subject subject({});
        subject.view->show();
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("sample pictures are missing")));
        QVERIFY(!button(*subject.view, "Pictures…")->isEnabled());
    }
};

RESNET_WINDOW_TEST(LandscapeViewTest)
#include "LandscapeViewTest.moc"

#include "core/Error.h"
#include "core/experiments/Landscape.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "tests/ui/training/TrainingParts.h"
#include "ui/exports/SvgWriter.h"
#include "ui/training/EpochChart.h"
#include "ui/training/LandscapeView.h"
#include "ui/training/WalkBadge.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/SampleSquares.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

constexpr int side = MeasuredPlane::usualSide;
constexpr int middle = side / 2;

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
        plane.points.resize(side * side);
        QVERIFY(!plane.isComplete(6));
        for (int row = 0; row < side; row += 6)
            for (int column = 0; column < side; column += 6)
                plane.points[std::size_t(plane.indexOf(row, column))] =
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

    // A click sets the weights there, in the whole window; the ground stays, and so does the way back.
    void aClickWalksThere() {
        Subject subject(m_photograph.resources());
        subject.show();
        const ModelPtr origin = subject.workspace->model();
        const std::vector<MeasuredPlane> before = subject.view->planes();
        LandscapeCanvas* canvas = subject.view->canvas();
        QTRY_VERIFY(canvas->pointOf({0, 0, 0}).y() < canvas->height());
        QVERIFY(!button(*subject.view, "Back to the network")->isVisible());
        const WalkBadge badge(*subject.workspace, *subject.view->walk());
        QVERIFY(badge.isHidden());
        QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->pointOf({0, 18, 6}).toPoint());
        QTRY_VERIFY(subject.workspace->model() != origin);
        const Model& moved = *subject.workspace->model();
        QVERIFY2(QString::fromStdString(moved.title)
                     .contains(QStringLiteral("moved in the loss landscape to (%1, %2)")
                                   .arg(axisText(-0.5), axisText(0.5))),
                 moved.title.c_str());
        const Network wanted = movedNetwork(*origin->network, randomDirection(*origin->network, 0),
                                            randomDirection(*origin->network, 1), -0.5, 0.5);
        QVERIFY(moved.network->parameters().at("conv1.weight").values ==
                wanted.parameters().at("conv1.weight").values);
        QVERIFY(subject.view->planes()[0].points == before[0].points);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("You walked")));
        QCOMPARE(canvas->stand(), (LandscapeCanvas::Place{0, 18, 6}));
        QVERIFY(badge.isVisible() && badge.toolTip().contains(QStringLiteral("moved in the")));
        // From there on, and to the middle: the network itself.
        canvas->setFocus();
        QTest::mouseMove(canvas, QPoint(1, 1));
        QTest::keyClick(canvas, Qt::Key_Right);
        QTest::keyClick(canvas, Qt::Key_Return);
        QTRY_COMPARE(subject.workspace->model(), origin);
        QTRY_VERIFY(!subject.view->walk()->isAway());
        QVERIFY(badge.isHidden() && !canvas->stand());
        subject.view->walkTo({0, 0, 0});
        QTRY_VERIFY(subject.workspace->model() != origin);
        QVERIFY(subject.view->walk()->isAway() && subject.view->walk()->origin() == origin);
        QTest::mouseClick(badge.findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_COMPARE(subject.workspace->model(), origin);
        subject.view->walkTo({0, 0, 24});
        QTRY_VERIFY(subject.workspace->model() != origin);
        click(*subject.view, "Back to the network");
        QTRY_COMPARE(subject.workspace->model(), origin);
        QVERIFY(subject.view->planes()[0].points == before[0].points);
        QVERIFY(!button(*subject.view, "Back to the network")->isVisible());
    }

    void theReliefIsTurned() {
        Subject subject(m_photograph.resources());
        subject.show();
        LandscapeCanvas* canvas = subject.view->canvas();
        click(*subject.view, "Relief");
        QVERIFY(canvas->relief().has_value());
        const ReliefAngle before = *canvas->relief();
        const ModelPtr origin = subject.workspace->model();
        const QPoint from = canvas->pointOf({0, middle, middle}).toPoint();
        QTest::mousePress(canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(canvas, from + QPoint(40, 0));
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, from + QPoint(40, 0));
        QCOMPARE(canvas->relief()->turn, before.turn + 20.0);
        QCOMPARE(canvas->relief()->tilt, before.tilt);
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Up, Qt::ShiftModifier);
        QVERIFY(canvas->relief()->tilt > before.tilt);
        QTest::qWait(50);
        QCOMPARE(subject.workspace->model(), origin);  // a drag is no click
        // What is read is the place whose hill is there.
        QTest::mouseMove(canvas, canvas->pointOf({0, 3, 3}).toPoint());
        QTRY_VERIFY(!subject.foot().isEmpty() && subject.foot() != subject.view->hint());
        click(*subject.view, "Map");
        QVERIFY(!canvas->relief());
    }

    void theLineIsWhatWasMeasured() {
        Subject subject(withClasses());
        subject.view->usePictures(QStringLiteral("classes"));
        subject.show();
        click(*subject.view, "Line");
        const std::vector<LineChart>& charts = subject.view->line()->charts();
        QCOMPARE(charts.size(), std::size_t(2));
        const MeasuredPlane& plane = subject.view->planes()[0];
        for (int column : {0, 5, middle}) {
            QCOMPARE(charts[0].lines[0].values[std::size_t(column)], plane.point(middle, column)->loss);
            QCOMPARE(charts[1].lines[0].values[std::size_t(column)], plane.point(middle, column)->accuracy);
            QCOMPARE(charts[0].places[std::size_t(column)], plane.at(column));
        }
    }

    void directionsAreWritten() {
        Subject subject(m_photograph.resources());
        subject.show();
        QTemporaryDir folder;
        subject.view->walk()->saveDirections(subject.view->planes(), 3, folder.filePath(QStringLiteral("d")));
        const QString file = folder.filePath(QStringLiteral("d/network-direction-2.safetensors"));
        QTRY_VERIFY(QFileInfo::exists(file));
        const StateDict read = readSafetensors(file.toStdString()).tensors;
        QVERIFY(read.at("conv1.weight").values ==
                randomDirection(*subject.workspace->model()->network, 4).at("conv1.weight").values);
    }

    void theFinestGridIsAChoice() {
        QCOMPARE(MeasuredPlane::stridesOf(51).front(), 25);
        MeasuredPlane plane;
        plane.side = 51;
        plane.points.resize(51 * 51);
        for (int row = 0; row < 51; row += 25)
            for (int column = 0; column < 51; column += 25)
                plane.points[std::size_t(plane.indexOf(row, column))] = LandscapePoint{4.0, 0.0};
        QVERIFY(plane.isComplete(25) && !plane.isComplete(5));
        QCOMPARE(plane.losses(25)[13][40], 4.0);
        QCOMPARE(plane.at(25), 0.0);
        QCOMPARE(finestStride({plane}), 25);
        Subject subject(m_photograph.resources());
        subject.view->show();
        QComboBox* grid = subject.view->findChild<QComboBox*>();
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(!subject.view->planes().empty() && subject.view->planes()[0].isComplete(25),
                                 60000);
        QCOMPARE(subject.view->planes()[0].side, 51);
        QCOMPARE(subject.view->canvas()->picture().axis.size(), std::size_t(51));
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

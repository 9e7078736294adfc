#include "core/explain/ClassActivation.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/network/OtherGraphs.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/explain/ClassEvidenceView.h"
#include "ui/explain/EvidenceMap.h"
#include "ui/explain/FeatureList.h"
#include "ui/explain/OcclusionControls.h"
#include "ui/words/NumberText.h"

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;

class ClassEvidenceViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ClassEvidenceView> m_view;

    void open(const ModelRequest& request) { open(newModel(request), true); }
    void open(const ModelPtr& model, bool hasActivation) {
        m_workspace->setModel(model);
        m_workspace->setPicture(ui::test::gradientPicture());
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->model() == model && !m_workspace->isBusy() &&
                                     m_workspace->activations().isComplete(),
                                 30000);
        QTRY_COMPARE(m_view->findChild<FeatureList*>()->topLevelItemCount() > 0, hasActivation);
    }
    EvidenceMap* map(int index) const { return m_view->findChildren<EvidenceMap*>().at(index); }
    QComboBox* box(const char* name) const {
        for (QComboBox* each : m_view->findChildren<QComboBox*>())
            if (each->accessibleName() == QLatin1String(name))
                return each;
        return nullptr;
    }
    QToolButton* chip(const char* text) const {
        for (QToolButton* each : m_view->findChildren<QToolButton*>())
            if (each->text() == QLatin1String(text))
                return each;
        return nullptr;
    }
    static bool says(const QWidget& widget, const char* words) {
        if (widget.accessibleDescription().contains(QLatin1String(words)))
            return true;
        const auto labels = widget.findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* label) { return label->text().contains(QLatin1String(words)); });
    }
    QPushButton* startButton() const {
        return m_view->findChild<OcclusionControls*>()->findChild<QPushButton*>();
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_view = std::make_unique<ClassEvidenceView>(*m_workspace);
        m_view->resize(m_view->sizeHint());
        m_view->show();
        open(ui::test::smallRequest());
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void placesThatAreNotMeasuredAreHatched() {
        EvidenceMap evidence(m_workspace->pointedCell());
        evidence.resize(240, 320);
        evidence.setContent(ui::test::gradient(64, 64), std::make_shared<FeatureMaps>(FeatureShape{1, 2, 2}),
                            {-1.0f, 1.0f});
        const QImage whole = evidence.grab().toImage();
        evidence.setKnownCells(2);  // the upper two
        const QImage partial = evidence.grab().toImage();
        const int middle = 38 + (320 - 38 - 50) / 2;  // of the picture, between header and footer
        QCOMPARE(partial.copy(0, 0, 240, middle - 2), whole.copy(0, 0, 240, middle - 2));
        QVERIFY(partial.copy(0, middle, 240, 60) != whole.copy(0, middle, 240, 60));
    }

    // The page is scrolled where there is less room than a picture needs to be seen.
    void thePictureIsNeverTiny() {
        EvidenceMap evidence(m_workspace->pointedCell());
        evidence.setContent(ui::test::gradient(64, 64), std::make_shared<FeatureMaps>(FeatureShape{1, 2, 2}),
                            {-1.0f, 1.0f});
        evidence.resize(1, 1);
        evidence.resize(evidence.minimumSize());
        QVERIFY(evidence.pictureRect().width() >= 120.0 && evidence.pictureRect().height() >= 120.0);
        QVERIFY(m_view->minimumSizeHint().height() >= evidence.minimumSize().height());
    }

    void theClassSelectedInTheWindowIsMeant() {
        m_workspace->goToLast();
        m_workspace->selectChannel(2);
        QTRY_COMPARE(box("Class")->currentData().toInt(), 2);
        m_workspace->goToStep(0);
        m_workspace->selectChannel(3);  // a feature there
        QCOMPARE(m_view->shownClass(), 2);
    }

    // Keras files may end in a global max pool.
    void whereMapsDoNotAddUpThereIsOcclusion() {
        const QSignalSpy notices(m_workspace.get(), &Workspace::noticePosted);
        const Graph graph = resnet::test::bottleneckGraph(64, StepKind::GlobalMaxPool);
        Model model = *newModel(ui::test::smallRequest());
        model.network = std::make_shared<Network>(graph, initialParameters(graph, 1));
        open(std::make_shared<const Model>(std::move(model)), false);
        QVERIFY(!chip("Class activation")->isEnabled() && !chip("Class activation")->toolTip().isEmpty());
        QVERIFY(chip("Occlusion")->isChecked() && startButton()->isVisible());
        QVERIFY(notices.isEmpty());
        open(ui::test::smallRequest());
        QVERIFY(chip("Class activation")->isEnabled() && chip("Class activation")->isChecked());
    }

    void opensOnTheTopClass() {
        const FeatureMaps& logits =
            *m_workspace->activations().output(m_workspace->model()->graph().logitsStep());
        const int top = int(std::max_element(logits.data(), logits.data() + 5) - logits.data());
        QCOMPARE(m_view->shownClass(), top);
        QCOMPARE(box("Class")->currentData().toInt(), top);
        QCOMPARE(box("Class")->currentIndex(), 0);  // the best is the first
        const ClassActivation expected = classActivation(m_workspace->activations(), top);
        QVERIFY(std::equal(expected.evidence.data(), expected.evidence.data() + expected.evidence.size(),
                           map(0)->map()->data()));
        QVERIFY(!map(1)->isVisible());
    }

    void keysChooseAnotherClass() {
        box("Class")->setFocus();
        const int best = m_view->shownClass();
        QTest::keyClick(box("Class"), Qt::Key_Down);
        const int second = m_view->shownClass();
        QVERIFY(second != best);
        const ClassActivation expected = classActivation(m_workspace->activations(), second);
        QCOMPARE(map(0)->map()->at(0, 0, 0), expected.evidence.at(0, 0, 0));
    }

    void comparesTwoClasses() {
        const int best = m_view->shownClass();
        QTest::keyClick(box("Compared with"), Qt::Key_Down);
        QTest::keyClick(box("Compared with"), Qt::Key_Down);
        QCOMPARE(box("Compared with")->currentIndex(), 2);
        const int second = box("Compared with")->currentData().toInt();
        QVERIFY(second != best);
        QVERIFY(map(1)->isVisible());
        const ClassActivation expected = classActivation(m_workspace->activations(), second);
        QCOMPARE(map(1)->map()->at(0, 0, 0), expected.evidence.at(0, 0, 0));
        const auto features = featureContributions(m_workspace->activations(), best, second);
        QCOMPARE(m_view->findChild<FeatureList*>()->topLevelItem(0)->text(0),
                 QString::number(features.front().feature));
    }

    void showsWhatSpeaksForAndAgainstApart() {
        m_view->chooseClass(2);
        const ClassActivation expected = classActivation(m_workspace->activations(), 2);
        const auto isShown = [&](const FeatureMaps& part) {
            return std::equal(part.data(), part.data() + part.size(), map(0)->map()->data());
        };
        QVERIFY(isShown(expected.evidence));
        QTest::mouseClick(chip("For"), Qt::LeftButton);
        QVERIFY(isShown(expected.positive));
        QTest::mouseClick(chip("Against"), Qt::LeftButton);
        QVERIFY(isShown(expected.negative));
        QTest::mouseClick(chip("Both"), Qt::LeftButton);
        QVERIFY(isShown(expected.evidence));
    }

    void aPlaceIsReadInBothMaps() {
        m_view->chooseClass(0);
        m_view->compareWith(1);
        const QPointF corner = map(0)->pictureRect().topLeft() + QPointF(2, 2);
        QTest::mouseMove(map(0), corner.toPoint());
        QTRY_VERIFY(map(0)->readout().startsWith(QStringLiteral("row 0, column 0: ")));
        QVERIFY(map(1)->readout().startsWith(QStringLiteral("row 0, column 0: ")));
        QVERIFY(map(0)->readout() != map(1)->readout());
        QCOMPARE(m_workspace->pointedCell().in(map(0)->map()->shape()), std::optional(Cell{0, 0}));
    }

    void aFeatureOpensItsMap() {
        m_workspace->goToStep(0);
        auto* list = m_view->findChild<FeatureList*>();
        QTreeWidgetItem* item = list->topLevelItem(2);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(item).center());
        QCOMPARE(m_workspace->currentStep(), lastMapStep(m_workspace->model()->graph()));
        QCOMPARE(m_workspace->channel(), item->text(0).toInt());
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(m_workspace->channel(), list->topLevelItem(3)->text(0).toInt());
    }

    void occlusionRunsToItsEnd() {
        QTest::mouseClick(chip("Occlusion"), Qt::LeftButton);
        QVERIFY(!box("Compared with")->isEnabled());
        QVERIFY(!map(0)->map());
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QCOMPARE(startButton()->text(), QStringLiteral("Cancel"));
        QTRY_COMPARE_WITH_TIMEOUT(startButton()->text(), QStringLiteral("Start"), 30000);
        OcclusionRequest request = m_view->findChild<OcclusionControls*>()->request();
        request.classIndex = m_view->shownClass();
        const auto expected = occlude(std::make_shared<PackedNetwork>(m_workspace->model()->network),
                                      m_workspace->activations(), request);
        QCOMPARE(map(0)->map()->shape(), expected->probabilityDrop.shape());
        for (std::size_t i = 0; i < expected->probabilityDrop.size(); ++i)
            QCOMPARE(map(0)->map()->data()[i], expected->probabilityDrop.data()[i]);
    }

    // Finding 22: beside an occlusion stand its patches, and its numbers are probabilities.
    void occlusionListsThePatchesNeededMost() {
        auto* list = m_view->findChild<FeatureList*>();
        QTest::mouseClick(chip("Occlusion"), Qt::LeftButton);
        QVERIFY(!list->isVisible());
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(startButton()->text(), QStringLiteral("Start"), 30000);
        const FeatureMaps& drops = *map(0)->map();
        const auto most = std::max_element(drops.data(), drops.data() + drops.size());
        const int cell = int(most - drops.data());
        QVERIFY(*most > 0.0f);
        QVERIFY(list->isVisible());
        QTreeWidgetItem* first = list->topLevelItem(0);
        QCOMPARE(first->text(0),
                 QStringLiteral("%1, %2").arg(cell / drops.width()).arg(cell % drops.width()));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(first).center());
        QCOMPARE(m_workspace->pointedCell().in(drops.shape()),
                 std::optional(Cell{cell / drops.width(), cell % drops.width()}));
        const double probability = m_workspace->activations()
                                       .output(m_workspace->model()->graph().softmaxStep())
                                       ->at(m_view->shownClass(), 0, 0);
        QCOMPARE(map(0)->readout(), QStringLiteral("row %1, column %2: %3 → %4 when hidden")
                                        .arg(cell / drops.width())
                                        .arg(cell % drops.width())
                                        .arg(percentText(probability), percentText(probability - *most)));
        QTest::mouseClick(chip("Class activation"), Qt::LeftButton);
        QVERIFY(list->isVisible());
        QCOMPARE(list->headerItem()->text(1), QStringLiteral("mean × weight"));
        m_view->compareWith((m_view->shownClass() + 1) % 4);
        QCOMPARE(list->headerItem()->text(1), QStringLiteral("mean × weight difference"));
    }

    void occlusionCanBeCancelled() {
        ModelRequest request = ui::test::smallRequest(512);
        request.channelsPerStage = {32, 48};
        open(request);
        QTest::mouseClick(chip("Occlusion"), Qt::LeftButton);
        for (QSpinBox* each : m_view->findChildren<QSpinBox*>())
            each->setValue(8);
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(map(0)->map(), 30000);
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QCOMPARE(startButton()->text(), QStringLiteral("Start"));
        const std::vector<float> kept(map(0)->map()->data(), map(0)->map()->data() + map(0)->map()->size());
        QTest::qWait(200);  // nothing of the stale run comes in
        QVERIFY(std::equal(kept.begin(), kept.end(), map(0)->map()->data()));
    }

    void anotherPictureDropsAStaleOcclusion() {
        QTest::mouseClick(chip("Occlusion"), Qt::LeftButton);
        m_view->findChildren<QSpinBox*>().at(1)->setValue(4);
        QTest::mouseClick(startButton(), Qt::LeftButton);
        m_workspace->setPicture(pictureFrom(ui::test::gradient(64, 64), QStringLiteral("another")));
        QTRY_COMPARE(startButton()->text(), QStringLiteral("Start"));
        QTest::qWait(300);
        QVERIFY(!map(0)->map());
    }

    void survivesAnUnfinishedPass() {
        m_workspace->restart();
        QTRY_VERIFY(!box("Class")->isEnabled());
        QVERIFY(!map(0)->map());
        m_view->grab();
        m_workspace->computeAll();
        QTRY_VERIFY(map(0)->map());
    }

    // Finding 22: what speaks for the first over the second is a map of its own, on the same scale.
    void theThirdMapIsTheFirstOverTheSecond() {
        m_view->chooseClass(0);
        QVERIFY(!map(2)->isVisible());
        m_view->compareWith(1);
        QVERIFY(map(2)->isVisible());
        QVERIFY(map(2)->accessibleName().contains(QLatin1String(" over ")));
        const FeatureMaps& over = *map(2)->map();
        for (std::size_t i = 0; i < over.size(); ++i)
            QCOMPARE(over.data()[i], map(0)->map()->data()[i] - map(1)->map()->data()[i]);
        QVERIFY(says(*map(2), "add up to"));
        // The features that speak for the one less those for the other are not the scores' difference.
        QTest::mouseClick(chip("For"), Qt::LeftButton);
        QVERIFY(!says(*map(2), "add up to"));
        QVERIFY(says(*map(2), "the first map minus the second"));
        m_view->compareWith(std::nullopt);
        QVERIFY(!map(2)->isVisible());
    }

    // Of 64 pixels a cell in the corner of this network's last maps has seen 41; of ResNet-34's all.
    void saysThatPlacesHaveSeenMostWhereTheyHave() {
        QVERIFY(!says(*m_view, "nearly all of the picture"));
        ModelRequest deep = ui::test::smallRequest();
        deep.unitsPerStage = {3, 4, 6};
        deep.channelsPerStage = {4, 4, 4};
        open(deep);
        QTRY_VERIFY(says(*m_view, "nearly all of the picture"));
    }
};

RESNET_WINDOW_TEST(ClassEvidenceViewTest)
#include "ClassEvidenceViewTest.moc"

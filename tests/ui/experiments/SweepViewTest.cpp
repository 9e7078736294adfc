#include "core/inference/PackedNetwork.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/experiments/SweepView.h"
#include "ui/workspace/Workspace.h"

#include <QCheckBox>
#include <QDir>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class SweepViewTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<SweepView> m_view;
    QTemporaryDir m_folder;

    QPushButton* startButton() const {
        for (QPushButton* each : m_view->findChildren<QPushButton*>())
            if (each->property("role") == QStringLiteral("primary"))
                return each;
        return nullptr;
    }
    void run() {
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QTRY_VERIFY(m_view->report());
        QVERIFY(!m_view->isRunning());
    }

private Q_SLOTS:
    void initTestCase() {
        for (int i = 0; i < 9; ++i)
            QVERIFY(gradient(60 + 5 * i, 64)
                        .mirrored(i % 2 == 1, i % 3 == 1)
                        .save(m_folder.filePath(QStringLiteral("%1.png").arg(i))));
    }
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_workspace->createModel(smallRequest());
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
        m_view = std::make_unique<SweepView>(*m_workspace);
        m_view->resize(744, 420);
        m_view->show();
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void everyUnitOffOverThePicture() {
        run();
        QCOMPARE(m_view->report()->rows.size(), std::size_t(3));
        const auto packed = std::make_shared<const PackedNetwork>(m_workspace->model()->network);
        for (const ExperimentRow& row : m_view->report()->rows) {
            const auto expected = tryOnPicture(packed, m_workspace->activations(), std::vector{row.edits});
            QCOMPARE(row.outcome.mean.probabilities, expected->results.front().probabilities);
        }
        QVERIFY(m_view->sentence().startsWith(QStringLiteral("Probability of class ")));
        QVERIFY(m_view->report()->shares);
    }

    // What is open without edits is what is swept, whatever is switched off at the moment.
    void editsThatAreMadeDoNotCount() {
        run();
        const Prediction before = m_view->report()->rows[1].outcome.mean;
        m_workspace->setEdits(withoutShortcut({1, 1}));
        QTRY_VERIFY(!m_workspace->edits().isEmpty() && !m_workspace->isBusy());
        run();
        QCOMPARE(m_view->report()->rows[1].outcome.mean, before);
    }

    void anotherPictureForgetsTheResult() {
        run();
        m_workspace->setPicture(pictureFrom(gradient(70, 90), QStringLiteral("other")));
        QTRY_VERIFY(!m_view->report());
    }

    void whatTheNetworkHasNotIsTold() {
        m_view->setKind(SweepKind::Swaps);  // no two of its units have equal shapes
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QTRY_VERIFY(m_view->sentence().contains(QStringLiteral("equal shapes")));
        QVERIFY(!m_view->report());
    }

    void theFiguresOfAFolder() {
        QVERIFY(!m_view->findChild<QCheckBox*>()->isEnabled());  // one picture is nothing to measure over
        m_view->setFolder(m_folder.path());
        m_view->setMeasuredAnew(true);
        run();
        const ExperimentReport& report = *m_view->report();
        QCOMPARE(report.reference.images, 9);
        QVERIFY(report.measuredReference);
        for (const ExperimentRow& row : report.rows)
            QVERIFY(row.measured && row.measured->images == 9);
        QVERIFY(m_view->sentence().contains(QStringLiteral("over the 9 pictures")));
        QVERIFY(m_view->sentence().contains(QStringLiteral("is rough")));
    }

    void aFolderWithoutPicturesIsTold() {
        QTemporaryDir empty;
        m_view->setFolder(empty.path());
        QTest::mouseClick(startButton(), Qt::LeftButton);
        QTRY_VERIFY(m_view->sentence().contains(QStringLiteral("no pictures in this folder")));
        QVERIFY(!m_view->report());
    }
};

RESNET_WINDOW_TEST(SweepViewTest)
#include "SweepViewTest.moc"

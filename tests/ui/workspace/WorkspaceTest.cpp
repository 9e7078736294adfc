#include "core/explain/Statistics.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/Workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class WorkspaceTest : public QObject {
    Q_OBJECT
private:
    static void openSmall(Workspace& workspace) {
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.activations().input() && workspace.activations().isComplete() &&
                    !workspace.isBusy());
    }

private Q_SLOTS:
    void theHeadCanBeLookedAtBeforeThereIsAPicture() {
        Workspace workspace(1);
        workspace.createModel(smallRequest());
        QTRY_VERIFY(workspace.model());
        workspace.goToLast();
        QCOMPARE(workspace.channel(), 0);
    }

    // Whichever step of a stage comes first, and however far the run is then.
    void theFirstChannelIsTheSameHoweverOneComesToIt() {
        const auto step = [](const Workspace& workspace, const char* name) {
            return *workspace.session().graph().find(name);
        };
        const auto channelsOf = [&](Workspace& workspace) {
            std::vector<int> channels;
            for (const char* name : {"layer1.0.add", "layer2.1.add"}) {
                workspace.goToStep(step(workspace, name));
                channels.push_back(workspace.channel());
            }
            return channels;
        };
        Workspace calm(1);
        openSmall(calm);
        const std::vector<int> expected = channelsOf(calm);
        QCOMPARE(expected[1], strongestChannel(*calm.activations().output(step(calm, "layer2.0.relu2"))));

        Workspace hasty(1);  // is elsewhere before the first step is there
        hasty.createModel(smallRequest());
        QTRY_VERIFY(hasty.model());
        hasty.setPicture(gradientPicture());
        hasty.goToStep(step(hasty, "layer2.1.conv2"));
        QTRY_VERIFY(hasty.activations().input() && hasty.activations().isComplete() && !hasty.isBusy());
        QCOMPARE(channelsOf(hasty), expected);

        Workspace other(1);
        openSmall(other);
        other.goToStep(step(other, "layer2.0.conv1"));
        QCOMPARE(other.channel(), expected[1]);
        QVERIFY(!other.history().undoable() || other.history().undoable()->change == Change::Step);
        QCOMPARE(channelsOf(other), expected);
    }

    void openingAPictureComputesEverything() {
        Workspace workspace(2);
        openSmall(workspace);
        QCOMPARE(workspace.picture()->name, QStringLiteral("gradient"));
        QCOMPARE(workspace.croppedImage().width, 64);
        QVERIFY(workspace.currentStep() > inputStep);
        float sum = 0.0f;
        const FeatureMaps& softmax =
            *workspace.activations().output(workspace.model()->graph().softmaxStep());
        for (int i = 0; i < 5; ++i)
            sum += softmax.at(i, 0, 0);
        QVERIFY(std::abs(sum - 1.0f) < 1e-5f);
    }

    void afterRestartEachStepForwardExecutesThatStep() {
        Workspace workspace(2);
        openSmall(workspace);
        const FeatureMapsPtr before = workspace.activations().output(3);
        workspace.restart();
        QCOMPARE(workspace.currentStep(), inputStep);
        QCOMPARE(workspace.activations().computedCount(), 0);
        int outputs = 0;
        connect(&workspace, &Workspace::changed, &workspace, [&](const Changes& changes) {
            for (StepId step = 0; step < workspace.activations().stepCount(); ++step)
                outputs += changes.concernOutput(step) ? 1 : 0;
        });
        for (StepId step = 0; step <= 3; ++step) {
            workspace.goForward();
            QTRY_COMPARE(workspace.currentStep(), step);
            QCOMPARE(workspace.activations().computedCount(), step + 1);
        }
        QCOMPARE(outputs, 4);
        const FeatureMapsPtr& again = workspace.activations().output(3);
        QVERIFY(again != before);
        QVERIFY(std::equal(again->data(), again->data() + again->size(), before->data()));
        workspace.computeAll();
        QTRY_VERIFY(workspace.activations().isComplete());
        QCOMPARE(workspace.currentStep(), 3);
    }

    void goingToAStepComputesAllBeforeIt() {
        Workspace workspace(2);
        openSmall(workspace);
        workspace.restart();
        workspace.goToStep(8);
        QTRY_COMPARE(workspace.currentStep(), 8);
        QCOMPARE(workspace.activations().computedCount(), 9);
    }

    void unitsAreSteppedByTheirEnds() {
        Workspace workspace(2);
        openSmall(workspace);
        const Graph& graph = workspace.model()->graph();
        workspace.goToFirst();
        QStringList ends;
        for (int i = 0; i < 5; ++i) {
            workspace.goForwardUnit();
            ends << QString::fromStdString(graph.stepName(workspace.currentStep()));
        }
        QCOMPARE(ends.join(QLatin1Char(' ')),
                 QStringLiteral("maxpool layer1.0.relu2 layer2.0.relu2 layer2.1.relu2 softmax"));
        workspace.goBackUnit();
        QCOMPARE(graph.stepName(workspace.currentStep()), std::string("layer2.1.relu2"));
    }

    void cancelKeepsTheOldResult() {
        Workspace workspace(2);
        openSmall(workspace);
        const ModelPtr model = workspace.model();
        workspace.createModel(slowRequest());
        QTRY_VERIFY_WITH_TIMEOUT(workspace.progress().first > 0, 20'000);
        workspace.cancel();
        QVERIFY(!workspace.isBusy());
        QTest::qWait(200);  // nothing stale comes in
        QCOMPARE(workspace.model(), model);
        QVERIFY(workspace.activations().isComplete());
    }

    void theLatestOfManyPicturesWins() {
        Workspace workspace(2);
        openSmall(workspace);
        for (int i = 0; i < 100; ++i)
            workspace.openPicture(gradient(40 + i, 50), QString::number(i));
        QTRY_VERIFY_WITH_TIMEOUT(!workspace.isBusy() && workspace.picture()->name == QStringLiteral("99"),
                                 20'000);
        QVERIFY(workspace.activations().isComplete());
    }

    void aPictureOpenedDuringAPassGoesWithTheNewModel() {
        Workspace workspace(2);
        openSmall(workspace);
        const ModelPtr before = workspace.model();
        connect(&workspace, &Workspace::progressChanged, &workspace,
                [&, isFirst = true](int, int total) mutable {
                    if (total > 0 && std::exchange(isFirst, false))
                        workspace.setPicture(gradientPicture(QStringLiteral("second")));
                });
        workspace.createModel(smallRequest(256));
        QTRY_VERIFY_WITH_TIMEOUT(!workspace.isBusy() && workspace.picture()->name == QStringLiteral("second"),
                                 20'000);
        QVERIFY(workspace.model() != before);
        QCOMPARE(workspace.croppedImage().width, 256);
    }

    // While one is computed for another network, the next cannot be used at all.
    void aPictureThatCannotBeUsedGivesUpTheOneThatIsComputed() {
        Workspace workspace(2);
        openSmall(workspace);
        const ModelPtr model = workspace.model();
        const Run before = workspace.activations();
        bool hasChanged = false;
        connect(&workspace, &Workspace::changed, &workspace, [&](const Changes& changes) {
            hasChanged = hasChanged || changes.have(Changes::anySession);
        });
        QList<Notice> notices;
        connect(&workspace, &Workspace::noticePosted, &workspace,
                [&](const Notice& notice) { notices << notice; });
        workspace.createModel(slowRequest());
        QTRY_VERIFY_WITH_TIMEOUT(workspace.progress().first > 0, 20'000);
        workspace.setPicture(emptyPicture());
        QTRY_COMPARE(notices.size(), 1);
        QCOMPARE(notices.front().kind, Notice::Kind::Error);
        QVERIFY(!workspace.isBusy());
        QTest::qWait(200);  // nothing of it comes in later
        QVERIFY(!hasChanged);
        QCOMPARE(workspace.model(), model);
        for (StepId step = inputStep; step < before.stepCount(); ++step)
            QCOMPARE(workspace.activations().output(step), before.output(step));
        workspace.setPicture(gradientPicture(QStringLiteral("next")));
        QTRY_COMPARE(workspace.picture()->name, QStringLiteral("next"));
        QCOMPARE(workspace.model(), model);
    }

    // All that was computed stays, as the same tensors.
    void otherClassNamesComputeNothing() {
        Workspace workspace(2);
        openSmall(workspace);
        const Run before = workspace.activations();
        ModelRequest settings;
        settings.classNames = std::vector<std::string>{"ant", "bee", "cat", "dog", "elk"};
        int longestRun = 0;
        connect(&workspace, &Workspace::progressChanged, &workspace,
                [&](int, int total) { longestRun = std::max(longestRun, total); });
        workspace.goToLast();
        workspace.setModelSettings(settings);
        QTRY_COMPARE(workspace.model()->classNames.front(), std::string("ant"));
        QVERIFY(!workspace.isBusy());
        QCOMPARE(longestRun, 0);
        for (StepId step = inputStep; step < before.stepCount(); ++step)
            QCOMPARE(workspace.activations().output(step), before.output(step));
        QCOMPARE(workspace.currentStep(), workspace.model()->graph().softmaxStep());
        settings.padding = Padding::Symmetric;  // another network
        workspace.setModelSettings(settings);
        QTRY_VERIFY(workspace.activations().output(0) != before.output(0));
    }

    // It is not about what is open, which goes on growing.
    void aPictureThatCannotBeUsedLeavesTheRunningOneAlone() {
        Workspace workspace(2);
        workspace.createModel(smallRequest(512));
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.activations().input());
        workspace.setPicture(emptyPicture());
        QTRY_VERIFY(!workspace.isBusy());
        QCOMPARE(workspace.picture()->name, QStringLiteral("gradient"));
        QVERIFY(workspace.activations().isComplete());
    }

    void anUnusableFileIsToldAndChangesNothing_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("this is no network");
        QTest::newRow("cut PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    }

    void anUnusableFileIsToldAndChangesNothing() {
        QFETCH(QByteArray, content);
        Workspace workspace(2);
        openSmall(workspace);
        const ModelPtr model = workspace.model();
        const PicturePtr picture = workspace.picture();
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("broken.bin")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();

        QList<Notice> notices;
        connect(&workspace, &Workspace::noticePosted, &workspace,
                [&](const Notice& notice) { notices << notice; });
        workspace.openFile(file.fileName());
        QTRY_COMPARE(notices.size(), 1);
        QCOMPARE(notices.front().kind, Notice::Kind::Error);
        QVERIFY2(notices.front().text.contains(QStringLiteral("broken.bin")),
                 qPrintable(notices.front().text));
        QCOMPARE(workspace.model(), model);
        QCOMPARE(workspace.picture(), picture);
        QVERIFY(workspace.activations().isComplete());
    }

    void theSelectedCellStaysInPlaceFromStepToStep() {
        Workspace workspace(2);
        openSmall(workspace);
        workspace.goToStep(0);  // 32 x 32
        workspace.selectCell(Cell{16, 31});
        workspace.goToStep(3);  // 16 x 16
        QCOMPARE(workspace.cell(), std::optional(Cell{8, 15}));
        workspace.goToLast();  // a vector has one cell
        QCOMPARE(workspace.cell(), std::optional(Cell{0, 0}));
        workspace.goToStep(0);
        QCOMPARE(workspace.cell(), std::optional(Cell{16, 30}));
        workspace.goToStep(3);
        workspace.selectChannel(1000);
        QCOMPARE(workspace.channel(), 7);
    }

    void closingDuringAPassDoesNotWait() {
        double began = 0.0;
        {
            Workspace workspace(2);
            workspace.createModel(slowRequest());
            workspace.setPicture(gradientPicture());
            QTRY_VERIFY_WITH_TIMEOUT(workspace.progress().first > 0, 20'000);
            began = tests::processorMilliseconds();
        }
        // The rest of the pass would take seconds of it.
        const double computed = tests::processorMilliseconds() - began;
        QVERIFY2(computed < tests::patience(1000), qPrintable(QString::number(computed)));
    }
};

RESNET_EVENT_LOOP_TEST(WorkspaceTest)
#include "WorkspaceTest.moc"

#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/steps/StepTree.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class StepTreeModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isAProperModel() {
        StepTreeModel tree;
        const QAbstractItemModelTester tester(&tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(tree.rowCount(), 0);
        tree.setModel(newModel(smallRequest()));
        QCOMPARE(tree.rowCount(), 5);  // input, stem, two stages, head
        tree.setModel(nullptr);
        QCOMPARE(tree.rowCount(), 0);
    }

    void everyStepHasARowAndLeadsBack() {
        const ModelPtr model = newModel(smallRequest());
        StepTreeModel tree;
        tree.setModel(model);
        for (StepId step = inputStep; step < model->graph().stepCount(); ++step) {
            const QModelIndex index = tree.indexOf(step);
            QVERIFY(index.isValid());
            QCOMPARE(tree.stepAt(index), step);
            QCOMPARE(index.data().toString(), QString::fromStdString(model->graph().stepName(step)));
        }
    }

    void stepsStandInTheirUnits() {
        const ModelPtr model = newModel(smallRequest());
        StepTreeModel tree;
        tree.setModel(model);
        const QModelIndex step = tree.indexOf(*model->graph().find("layer2.1.bn2"));
        QCOMPARE(step.parent().data().toString(), QStringLiteral("Unit 2 (layer2.1)"));
        QCOMPARE(step.parent().parent().data().toString(), QStringLiteral("Stage 2"));
        QVERIFY(!step.parent().parent().parent().isValid());
        QCOMPARE(tree.index(step.row(), StepTreeModel::KindColumn, step.parent()).data().toString(),
                 QStringLiteral("batch norm"));
        QCOMPARE(tree.indexOf(*model->graph().find("softmax")).parent().data().toString(),
                 QStringLiteral("Head"));
    }
};

RESNET_TEST(StepTreeModelTest)
#include "StepTreeModelTest.moc"

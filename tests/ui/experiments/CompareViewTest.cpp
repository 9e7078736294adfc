#include "core/experiments/EditSweep.h"
#include "core/model/ModelSettings.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/experiments/CompareView.h"
#include "ui/experiments/ShownSwitch.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/RunContent.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/workspace/Comparing.h"
#include "ui/workspace/RunDifferences.h"
#include "ui/workspace/Workspace.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class CompareViewTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<CompareView> m_view;
    std::unique_ptr<ShownSwitch> m_switch;

    const std::vector<std::optional<double>>& columns() const {
        return m_view->chart().chart().rows.front().series.front().values;
    }
    std::size_t step(const char* name) const {
        return std::size_t(*m_workspace->session().graph().find(name));
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_workspace->createModel(smallRequest());
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
        m_view = std::make_unique<CompareView>(*m_workspace);
        m_switch = std::make_unique<ShownSwitch>(*m_workspace);
        m_view->resize(720, 400);
        m_view->show();
    }
    void cleanup() {
        m_switch.reset();
        m_view.reset();
        m_workspace.reset();
    }

    void withoutAnotherRunItSaysWhatToDo() {
        QVERIFY(m_view->sentence().startsWith(QStringLiteral("There is nothing to compare with")));
        QVERIFY(m_view->chart().isEmpty());
        QVERIFY(!m_view->explainButton()->isEnabled());
        QVERIFY(!m_switch->action(Side::Difference)->isEnabled());
        QVERIFY(m_switch->action(Side::Difference)->toolTip().contains(QStringLiteral("nothing to compare")));
    }

    void theFirstStepThatDiffersIsNamed() {
        m_workspace->setEdits(withoutMainPath({1, 0}));
        QTRY_VERIFY(m_view->sentence().contains(QStringLiteral("Stage 2, unit 1: add")));
        QVERIFY(m_view->sentence().startsWith(QStringLiteral("The first step whose values differ is")));
        QCOMPARE(columns()[step("layer1.0.add")], std::optional(0.0));
        QVERIFY(*columns()[step("layer2.0.add")] > 0.01);
        QVERIFY(!m_view->explainButton()->isEnabled());  // the cause is known
        // A click on a column goes to the step.
        ColumnChartView* chart = m_view->findChild<ColumnChartView*>();
        QTest::mouseClick(chart, Qt::LeftButton, {},
                          chart->columnRect(int(step("layer2.1.bn1"))).center().toPoint());
        QCOMPARE(m_workspace->currentStep(), StepId(step("layer2.1.bn1")));
    }

    void anotherEpsilonIsFoundToBeTheCause() {
        ModelRequest settings;
        settings.batchNormEpsilon = 0.5;
        const ModelPtr other = withSettings(m_workspace->model(), settings);
        m_workspace->compareWith({QStringLiteral("other epsilon"), other, nullptr, {}});
        QTRY_VERIFY(m_view->sentence().contains(QStringLiteral("bn1")));
        QVERIFY(m_view->explainButton()->isEnabled());
        QTest::mouseClick(m_view->explainButton(), Qt::LeftButton);
        QTRY_VERIFY2(m_view->sentence().contains(QStringLiteral("What explains it: ")) &&
                         m_view->sentence().contains(QStringLiteral("epsilon")),
                     qPrintable(m_view->sentence()));
    }

    void theRiverIsShadedByTheDifference() {
        m_workspace->setEdits(withoutMainPath({1, 0}));
        QTRY_VERIFY(m_workspace->differences().known());
        const auto shading = shadingOf(m_workspace->session().graph(), m_workspace->activations(),
                                       ShadedBy::Difference, m_workspace->differences().known());
        QCOMPARE(shading->values[step("layer1.0.add")], 0.0);
        QCOMPARE(shading->values[step("layer2.0.add")], *columns()[step("layer2.0.add")] * 100.0);
        DiagramNode unit;  // what leaves a block speaks for it
        unit.first = StepId(step("layer1.0.conv1"));
        unit.last = StepId(step("layer2.0.add"));
        QCOMPARE(shadedValue(unit, *shading), shading->values[step("layer2.0.add")]);
        QVERIFY(!shadingOf(m_workspace->session().graph(), m_workspace->activations(), ShadedBy::Difference));
    }

    void theSwitchShowsTheOtherAndTheDifference() {
        m_workspace->setEdits(withoutMainPath({1, 0}));
        QTRY_VERIFY(m_switch->action(Side::Difference)->isEnabled());
        QCOMPARE(m_switch->text(), QStringLiteral("Values"));
        m_switch->action(Side::Difference)->trigger();
        QCOMPARE(m_workspace->shown().side(), Side::Difference);
        QCOMPARE(m_switch->text(), QStringLiteral("Difference"));
        QVERIFY(m_switch->isChecked());
        m_switch->action(Quantity::Gradient)->trigger();
        QCOMPARE(m_switch->text(), QStringLiteral("Gradient, difference"));
        m_workspace->setEdits({});
        QTRY_COMPARE(m_switch->text(), QStringLiteral("Gradient"));
        QVERIFY(!m_switch->action(Side::Before)->isEnabled());
    }
};

RESNET_WINDOW_TEST(CompareViewTest)
#include "CompareViewTest.moc"

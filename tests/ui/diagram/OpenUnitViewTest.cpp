#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/diagram/OpenUnitView.h"
#include "ui/diagram/SectionView.h"
#include "ui/workspace/Workspace.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class OpenUnitViewTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<OpenUnitView> m_view;

    StepId step(const char* name) const { return *m_workspace->model()->graph().find(name); }

private Q_SLOTS:
    void init() {
        loadFonts();
        m_workspace = std::make_unique<Workspace>(2);
        m_view = std::make_unique<OpenUnitView>(*m_workspace);
        m_view->resize(800, 240);
        m_view->show();
        m_workspace->createModel(smallRequest());
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete() &&
                    !m_workspace->isBusy());
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void itFollowsAndLeadsToItsSteps() {
        m_workspace->goToStep(step("layer2.1.conv1"));
        QCOMPARE(m_view->title(), QStringLiteral("Stage 2, unit 2"));
        QVERIFY2(m_view->subtitle().contains(QStringLiteral("F(x) changes x by ")),
                 qPrintable(m_view->subtitle()));
        const DiagramNode* conv2 = m_view->drawing()->drawing().nodeOf(step("layer2.1.conv2"));
        QVERIFY(conv2 && conv2->kind == NodeKind::Step);
        QTest::mouseClick(m_view->drawing(), Qt::LeftButton, {},
                          m_view->drawing()->rectOf(*conv2).center().toPoint());
        QCOMPARE(m_workspace->currentStep(), step("layer2.1.conv2"));
    }

    void itShowsTheStemWhereThereIsNoUnit() {
        m_workspace->goToStep(step("layer2.1.conv1"));
        const QImage unit = seenOf(*m_view);
        m_workspace->goToStep(step("conv1"));
        QCOMPARE(m_view->title(), QStringLiteral("Stem"));
        const DiagramNode* conv1 = m_view->drawing()->drawing().nodeOf(step("conv1"));
        QVERIFY(conv1);
        QVERIFY(inkWithin(seenOf(*m_view->drawing()), m_view->drawing()->rectOf(*conv1).toRect()) > 0);
        QVERIFY(seenOf(*m_view) != unit);
    }
};

RESNET_WINDOW_TEST(OpenUnitViewTest)
#include "OpenUnitViewTest.moc"

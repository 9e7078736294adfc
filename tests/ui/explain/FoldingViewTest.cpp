#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/explain/FoldingView.h"

#include <QTest>

using namespace resnet;
using namespace resnet::ui;

class FoldingViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<FoldingView> m_view;

    void goTo(const char* step) { m_workspace->goToStep(*m_workspace->model()->graph().find(step)); }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_view = std::make_unique<FoldingView>(*m_workspace);
        m_view->resize(m_view->sizeHint());
        m_view->show();
        m_workspace->setModel(newModel(ui::test::smallRequest()));
        m_workspace->setPicture(ui::test::gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
        QTRY_VERIFY(m_view->measured());
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void measuresTheBatchNormAtHand() {
        const Graph& graph = m_workspace->model()->graph();
        goTo("layer2.0.downsample.0");
        QTRY_COMPARE(graph.stepName(m_view->batchNorm()), "layer2.0.downsample.1");
        QTRY_VERIFY(m_view->measured());
        const FoldedConvolution expected = foldedConvolution(m_workspace->activations(), m_view->batchNorm());
        QCOMPARE(m_view->measured()->largestDifference, expected.largestDifference);
        QVERIFY(expected.largestDifference < 1e-5 * expected.largestMagnitude);
        goTo("layer2.1.add");
        QTRY_COMPARE(graph.stepName(m_view->batchNorm()), "layer2.1.bn2");
    }

    void putsTheChannelsNumbersIn() {
        goTo("layer1.0.bn1");
        m_workspace->selectChannel(5);
        const BatchNormLine line =
            batchNormLine(*m_workspace->model()->network, m_workspace->currentStep(), 5);
        QTRY_VERIFY(
            m_view->accessibleDescription().startsWith(foldingAlgebra(line).join(QStringLiteral(". "))));
        QTRY_VERIFY(m_view->accessibleDescription().contains(QStringLiteral("Measured here")));
    }

    void withoutResultsOnlyTheAlgebraStands() {
        goTo("layer1.0.bn1");
        QTRY_VERIFY(m_view->accessibleDescription().contains(QStringLiteral("Measured here")));
        const QString whole = m_view->accessibleDescription();
        m_workspace->restart();
        QTRY_VERIFY(!m_view->measured());
        QVERIFY(!m_view->accessibleDescription().contains(QStringLiteral("Measured here")));
        const QImage algebra = ui::test::seenOf(*m_view);
        QVERIFY(ui::test::inkWithin(algebra, algebra.rect()) > 0);
        m_workspace->computeAll();
        goTo("layer1.0.bn1");
        QTRY_COMPARE(m_view->accessibleDescription(), whole);
        QVERIFY(ui::test::seenOf(*m_view) != algebra);
    }

    void everyThemeAndEveryBatchNormIsAnotherPicture() {
        QList<QImage> seen;
        for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Print}) {
            m_workspace->setThemeKind(kind);
            for (const char* step : {"conv1", "layer1.0.bn2", "layer2.0.downsample.1"}) {
                goTo(step);
                QTRY_VERIFY(m_view->accessibleDescription().contains(QStringLiteral("Measured here")));
                seen << ui::test::seenOf(*m_view);
                QVERIFY2(seen.indexOf(seen.last()) == seen.size() - 1, step);
            }
        }
    }
};

RESNET_WINDOW_TEST(FoldingViewTest)
#include "FoldingViewTest.moc"

#include "core/experiments/EditSweep.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/experiments/ScoreCanvas.h"
#include "ui/experiments/ScoreView.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

const UnitId askedUnit{1, 1};

}  // namespace

class ScoreViewTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ScoreView> m_view;

    void open(const ModelRequest& request) {
        m_workspace->createModel(request);
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
    }
    const Graph& graph() const { return m_workspace->model()->graph(); }
    bool isComputed() const { return m_view->shares() && !m_view->exits().empty(); }
    Run wholeRun(const Edits& edits) const {
        Executor executor(m_workspace->model()->network, 2);
        Run run = executor.start(m_workspace->activations().input(), edits);
        executor.run(run);
        return run;
    }
    void click(int column) {
        QTest::mouseClick(m_view->canvas(), Qt::LeftButton, {},
                          m_view->canvas()->columnRect(column).center().toPoint());
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(2);
        open(smallRequest());
        m_view = std::make_unique<ScoreView>(*m_workspace);
        m_view->resize(760, 400);
        m_view->show();
        QTRY_VERIFY(isComputed());
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void theBarsAddUpToTheScore() {
        const auto* chart = std::get_if<ColumnChart>(&m_view->canvas()->content());
        QVERIFY(chart);
        QCOMPARE(chart->columns, int(graph().units().size()) + 3);
        double sum = 0.0;
        for (const std::optional<double>& value : chart->rows.front().series.front().values)
            sum += *value;
        const int shown = m_workspace->classInQuestion();
        const float logit = m_workspace->activations().output(graph().logitsStep())->at(shown, 0, 0);
        QVERIFY2(std::abs(sum - double(logit)) < 1e-4 * std::max(1.0, std::abs(double(logit))),
                 qPrintable(QString::number(sum)));
    }

    // With edits, too: a unit more is off, or all behind one.
    void everythingIsOfTheNetworkAsItIsNow() {
        const Edits now = editsFrom("layer1.0:x=0.5", graph());
        m_workspace->setEdits(now);
        QTRY_VERIFY(m_workspace->edits() == now && !m_workspace->isBusy());
        QTRY_VERIFY(isComputed());
        QVERIFY(std::abs(m_view->shares()->logit() - double(m_workspace->activations()
                                                                .output(graph().logitsStep())
                                                                ->at(m_view->shares()->classIndex, 0, 0))) <
                1e-4);
        for (std::size_t i = 0; i < graph().units().size(); ++i)
            QCOMPARE(m_view->without()[i].logits,
                     predictionOf(wholeRun(withMainPathToggled(now, idOf(graph().units()[i])))).logits);
        for (std::size_t i = 0; i < m_view->exits().size(); ++i)
            QCOMPARE(m_view->exits()[i].logits,
                     predictionOf(wholeRun(withExitAfter(now, graph(), int(i)))).logits);
        QCOMPARE(m_view->exits().back().logits, predictionOf(m_workspace->activations()).logits);
    }

    void aClickGoesToTheUnit() {
        click(3);
        QCOMPARE(m_workspace->currentStep(), graph().unit(askedUnit.stage, askedUnit.unit)->branchOutput());
    }

    void aClickEndsTheNetworkThere() {
        m_view->setPage(ScoreView::Page::Exits);
        const auto* strip = std::get_if<ExitStrip>(&m_view->canvas()->content());
        QVERIFY(strip);
        QCOMPARE(strip->columns.size(), qsizetype(graph().units().size()) + 1);
        for (std::size_t column = 0; column < m_view->exits().size(); ++column)
            QVERIFY(strip->first[column] >= 0 && strip->first[column] < int(strip->rows.size()));
        click(2);
        QTRY_VERIFY(m_workspace->edits() == exitAfter(graph(), 2));
        QTRY_VERIFY(isComputed());
        QCOMPARE(m_view->exits().back().logits, predictionOf(wholeRun(exitAfter(graph(), 2))).logits);
    }

    void saysWhyThereIsNothing() {
        m_workspace->restart();
        QVERIFY(!isComputed());
        QCOMPARE(std::get<ColumnChart>(m_view->canvas()->content()).columns, 0);
        m_workspace->computeAll();
        QTRY_VERIFY(isComputed());
        ModelRequest plain = smallRequest();
        plain.architecture = "plain34";
        open(plain);
        QTRY_VERIFY(!isComputed());
        QCOMPARE(std::get<ColumnChart>(m_view->canvas()->content()).columns, 0);
    }
};

RESNET_WINDOW_TEST(ScoreViewTest)
#include "ScoreViewTest.moc"

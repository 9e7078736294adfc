#include "core/experiments/EditSweep.h"
#include "core/explain/UnitNorms.h"
#include "tests/TestPrograms.h"
#include "tests/ui/training/TrainingParts.h"
#include "ui/exports/SvgWriter.h"
#include "ui/training/EpochChart.h"
#include "ui/training/ShortcutsView.h"
#include "ui/widgets/ColumnChartView.h"

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class ShortcutsViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ShortcutsView> m_view;

    void start(const ModelRequest& request, const TrainingResources& resources = {},
               const QString& whatIf = {}) {
        m_view.reset();
        m_workspace = std::make_unique<Workspace>(1);
        m_view = std::make_unique<ShortcutsView>(*m_workspace, resources, whatIf);
        m_view->resize(900, 900);
        m_view->show();
        m_workspace->setModel(newModel(request));
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->session().isComputed() && !m_workspace->isBusy(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->isComputing(), 30000);
    }

private Q_SLOTS:
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void normsAreThoseOfTheOpenNetwork() {
        start(tinyRequest());
        const ColumnChart& chart = m_view->norms()->chart();
        QCOMPARE(chart.columns, 3);
        const Run& run = m_workspace->activations();
        for (std::size_t i = 0; i < 3; ++i) {
            const auto norms = unitNormsOf(run.graph().units()[i], run);
            QCOMPARE(chart.rows.at(0).series.at(0).values[i], std::optional(norms->mainPath));
            QCOMPARE(chart.rows[0].series.at(1).values[i], std::optional(norms->shortcut));
        }
    }

    // What stands there is what the edited network says.
    void lesionsAreComputed() {
        start(tinyRequest());
        const ColumnChart& chart = m_view->lesions()->chart();
        QCOMPARE(chart.columns, 3);
        const int top = m_workspace->session().bestClass();
        const Edits without =
            sweepPoints(m_workspace->session().graph(), {SweepKind::Units, 0, 0}).at(1).edits;
        m_workspace->setEdits(without);
        QTRY_VERIFY(m_workspace->edits() == without && m_workspace->session().isComputed() &&
                    !m_workspace->isBusy());
        const Run& run = m_workspace->activations();
        const double said = run.output(run.graph().softmaxStep())->data()[top];
        QTRY_VERIFY(!m_view->isComputing() && m_view->lesions()->chart().columns == 3);
        QVERIFY(std::abs(*m_view->lesions()->chart().rows.at(0).series.at(0).values[1] - said) < 1e-6);
        QVERIFY(m_view->findings()[2].contains(QStringLiteral("of 3 units")));
    }

    void aClickGoesToTheUnit() {
        start(tinyRequest());
        QCoreApplication::processEvents();
        ColumnChartView* bars = m_view->norms();
        QTest::mouseClick(bars, Qt::LeftButton, {}, bars->columnRect(2).center().toPoint());
        const Graph& graph = m_workspace->session().graph();
        QCOMPARE(m_workspace->currentStep(), graph.units()[2].last());
        bars->setFocus();
        QTest::keyClick(bars, Qt::Key_Left);
        QTest::keyClick(bars, Qt::Key_Return);
        QCOMPARE(m_workspace->currentStep(), graph.units()[1].last());
    }

    void aPlainNetworkHasNothingBesideF() {
        ModelRequest request = tinyRequest();
        request.architecture = "plain34";
        start(request);
        QVERIFY(m_view->norms()->chart().isEmpty());
        QVERIFY(m_view->findings()[1].isEmpty());
    }

    void theTwinsShowDegradation() {
        const QString folder = QStringLiteral(RESNET_SOURCE_DIR "/resources/models/twins/");
        start(tinyRequest(), {{},
                              folder + QStringLiteral("residual-e20.safetensors"),
                              folder + QStringLiteral("plain-e20.safetensors"),
                              {}});
        QTRY_COMPARE(m_view->degradation()->charts().size(), std::size_t(1));
        QVERIFY2(m_view->findings()[0].contains(
                     QStringLiteral("88.3 % of the pictures trained with, against 61.4 %")),
                 qPrintable(m_view->findings()[0]));
        const QByteArray svg = svgOf(m_view->figure());
        QVERIFY(svg.contains("What is still debated"));
        QVERIFY(svg.contains("Right answers"));
    }

    // Computed of both twins as they would start, and what stands there is what is computed.
    void gradientsAtTheStartAreComputed() {
        const QString folder = QStringLiteral(RESNET_SOURCE_DIR "/resources/models/twins/");
        const TrainingResources resources{{QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/china.jpg"),
                                           QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/rocket.jpg")},
                                          folder + QStringLiteral("residual-e20.safetensors"),
                                          folder + QStringLiteral("plain-e20.safetensors"),
                                          {}};
        start(tinyRequest(), resources);
        QTRY_COMPARE_WITH_TIMEOUT(m_view->gradients()->charts().size(), std::size_t(2), 60000);
        const auto twins = twinsAtStart(resources, 0, {}, {});
        QVERIFY(twins.has_value());
        QCOMPARE(twins->pictures, 18);
        QCOMPARE(twins->residual.gradientNorms.size(), std::size_t(16));
        const std::vector<LineChart>& charts = m_view->gradients()->charts();
        for (std::size_t lag : {0, 1, 16}) {
            QVERIFY(std::abs(*charts[1].lines[0].values[lag] - twins->residual.walk.likeness[lag]) < 1e-5);
            QVERIFY(std::abs(*charts[1].lines[1].values[lag] - twins->plain.walk.likeness[lag]) < 1e-5);
        }
        QVERIFY(std::abs(*charts[0].lines[1].values[3] - std::log10(twins->plain.gradientNorms[3])) < 1e-4);
        // What the page says: nothing vanishes, and with shortcuts neighbours are more alike.
        QVERIFY(twins->plain.gradientNorms.front() > 0.1 * twins->plain.gradientNorms.back());
        QVERIFY(twins->residual.walk.likeness[1] > twins->plain.walk.likeness[1]);
        QVERIFY(m_view->findings()[3].contains(QStringLiteral("seed 0")));
        QCOMPARE(m_view->depth()->charts().at(0).lines.size(), std::size_t(4));
    }

    void theButtonLeadsToWhatIf() {
        start(tinyRequest());
        QVERIFY(!button(*m_view, "Switch parts off"));
        start(tinyRequest(), {}, QStringLiteral("whatif"));
        m_view->resize(900, 1400);
        QCoreApplication::processEvents();
        click(*m_view, "Switch parts off");
        QCOMPARE(m_workspace->settings().panelView, QStringLiteral("whatif"));
    }
};

RESNET_WINDOW_TEST(ShortcutsViewTest)
#include "ShortcutsViewTest.moc"

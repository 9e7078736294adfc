#include "tests/TestPrograms.h"
#include "tests/ui/attribution/AttributionParts.h"
#include "ui/attribution/GradientNormsView.h"
#include "ui/widgets/ColumnChartView.h"

#include <limits>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

using ShownNorms = Shown<GradientNormsView>;

class GradientNormsViewTest : public QObject {
    Q_OBJECT

    static GradientNorms expected(const ShownNorms& subject) {
        const Run& run = subject.workspace->activations();
        BackwardExecutor backward(std::make_shared<const PackedNetwork>(run.network()));
        return gradientNorms(*backward.run(run, scoreOf(run.graph(), subject.workspace->classInQuestion())));
    }

private Q_SLOTS:
    void unitsAndStepsAreTheCores() {
        ShownNorms subject;
        subject.show();
        const GradientNorms norms = expected(subject);
        const ColumnChart& chart = subject.view->chart()->chart();
        QCOMPARE(chart.columns, 3);
        for (std::size_t unit = 0; unit < 3; ++unit) {
            QCOMPARE(chart.rows[0].series[0].values[unit], std::optional(norms.units[unit].input));
            QCOMPARE(chart.rows[1].series[0].values[unit], norms.units[unit].mainPath);
            QCOMPARE(chart.rows[1].series[1].values[unit], norms.units[unit].shortcut);
        }
        QVERIFY(subject.view->columnText(1).contains(QStringLiteral("its shortcut changes x")));
        QVERIFY(subject.view->columnText(2).contains(QStringLiteral("through F(x)")));
        click(*subject.view, "By step");
        QVERIFY(!subject.view->isComputing());  // it is known already
        const ColumnChart& steps = subject.view->chart()->chart();
        QCOMPARE(steps.columns,
                 subject.workspace->model()->graph().stepCount());  // the input, not the softmax
        QCOMPARE(steps.rows[0].series[0].values[4], norms.steps[4]);
    }

    // The plain network of the same weights.
    void withAllShortcutsCutItIsTheEditedNetworks() {
        ShownNorms subject;
        subject.show();
        const Run& run = subject.workspace->activations();
        Edits cut;
        for (const ResidualUnit& unit : run.graph().units())
            cut.set(idOf(unit), {1.0f, 0.0f, {}});
        Executor forward(run.network(), 1);
        Run plain = forward.start(run.input(), cut);
        forward.run(plain);
        BackwardExecutor backward(forward.packed());
        const GradientNorms norms =
            gradientNorms(*backward.run(plain, scoreOf(run.graph(), subject.workspace->classInQuestion())));
        const ColumnChart& chart = subject.view->chart()->chart();
        QCOMPARE(chart.rows.size(), std::size_t(3));
        for (std::size_t unit = 0; unit < 3; ++unit)
            QVERIFY(std::abs(*chart.rows[2].series[0].values[unit] - norms.units[unit].input) <=
                    1e-6 * norms.units[unit].input);
        QVERIFY(subject.view->columnText(2).contains(QStringLiteral("with all shortcuts cut")));
        ModelRequest request = smallRequest();
        request.architecture = "plain34";
        subject.open(newModel(request));
        subject.finish();
        QCOMPARE(subject.view->chart()->chart().rows.size(), std::size_t(2));
    }

    void aClickGoesThere() {
        ShownNorms subject;
        subject.show();
        ColumnChartView* chart = subject.view->chart();
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(1).center().toPoint());
        const Graph& graph = subject.workspace->model()->graph();
        QCOMPARE(subject.workspace->currentStep(), graph.units()[1].output);
        QCOMPARE(chart->current(), 1);
        click(*subject.view, "By step");
        QCOMPARE(chart->current(), graph.units()[1].output + 1);
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(0).center().toPoint());
        QCOMPARE(subject.workspace->currentStep(), inputStep);
    }

    void scoresThatAreNoNumbersAreSaidInALine() {
        ShownNorms subject;
        subject.open(modelWith("fc.bias", std::numeric_limits<float>::quiet_NaN()));
        subject.view->show();
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("finite number")));
        QVERIFY(subject.view->chart()->chart().isEmpty());
    }
};

RESNET_WINDOW_TEST(GradientNormsViewTest)
#include "GradientNormsViewTest.moc"

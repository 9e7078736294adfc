#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "core/explain/Tables.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"

#include <QtTest>

#include <cmath>

using namespace resnet;
using resnet::ui::test::smallRequest;

class TablesTest : public QObject {
    Q_OBJECT

    ModelPtr m_model;
    Run m_activations;
    const Graph& graph() const { return m_model->graph(); }

    static double number(const Table::Value& value) {
        if (const auto* real = std::get_if<double>(&value))
            return *real;
        return double(std::get<std::int64_t>(value));
    }

private Q_SLOTS:
    void initTestCase() {
        m_model = newModel(smallRequest());
        auto input = std::make_shared<FeatureMaps>(FeatureShape{3, 64, 64});
        for (std::size_t i = 0; i < input->size(); ++i)
            input->data()[i] = float(std::sin(0.37 * double(i)));
        Executor executor(m_model->network, 2);
        m_activations = executor.start(input);
        executor.run(m_activations);
    }

    void csvQuotesWhatNeedsIt() {
        const Table table{
            {"name", "value"},
            {{std::string("tiger cat, \"tom\""), 0.1f}, {std::string("plain"), std::int64_t(-3)}}};
        QCOMPARE(csvText(table), std::string("name,value\n\"tiger cat, \"\"tom\"\"\",0.1\nplain,-3\n"));
        const Table odd{{"value"}, {{std::nan("")}, {-INFINITY}, {1e-20}, {0.0}}};
        QCOMPARE(csvText(odd), std::string("value\nnan\n-inf\n1e-20\n0\n"));
    }

    void stepsAndChannelsHaveARowEach() {
        QCOMPARE(int(stepsTable(m_activations).rows.size()), graph().stepCount());
        const StepId step = graph().units().front().mainPath[1];
        const Table channels = channelsTable(m_activations, step);
        QCOMPARE(int(channels.rows.size()), graph().outputShape(step).channels);
        for (const auto& row : channels.rows)
            QCOMPARE(row.size(), channels.columns.size());
        const Run none = m_activations.before(0);
        QCOMPARE(stepsTable(none).rows.size(), std::size_t(0));
        QVERIFY_EXCEPTION_THROWN(channelsTable(none, step), Error);
    }

    void figuresOfNothingFiniteAreNotZero() {
        Run damaged = m_activations;
        auto maps = std::make_shared<FeatureMaps>(graph().outputShape(0));
        std::fill_n(maps->data(), maps->size(), std::numeric_limits<float>::quiet_NaN());
        damaged = damaged.withOutput(0, maps, 1.0);
        const Table steps = stepsTable(damaged);
        for (std::size_t i = 5; i < 11; ++i)  // mean to norm
            QVERIFY2(std::isnan(std::get<double>(steps.rows[0][i])), steps.columns[i].c_str());
        QCOMPARE(std::get<std::int64_t>(steps.rows[0][12]), std::int64_t(maps->size()));
    }

    void unitsHaveARowEach() {
        const Table units = unitsTable(m_activations);
        QCOMPARE(units.rows.size(), graph().units().size());
        QCOMPARE(std::get<std::string>(units.rows[1][0]), std::string("layer2.0"));
    }

    void contributionsAddUpToTheLogit() {
        const Table table = contributionsTable(m_activations, 2);
        double sum = 0.0;
        for (const auto& row : table.rows)
            sum += number(row[3]);
        const float logit = m_activations.output(graph().logitsStep())->at(2, 0, 0);
        QVERIFY(std::abs(sum - double(logit)) < 1e-4);
        QVERIFY_EXCEPTION_THROWN(contributionsTable(m_activations, 5), Error);
    }

    void termsAddUpToTheNumberForEveryKindOfStep() {
        for (const Step& step : graph().steps()) {
            const int y = step.output.height / 2;
            const int x = step.output.width - 1;
            const Trace trace = traceOf(m_activations, step.id, 1, y, x);
            const Table table = termsTable(trace, graph(), m_model->classNames);
            double sum = 0.0;
            for (const auto& row : table.rows) {
                QCOMPARE(row.size(), table.columns.size());
                sum += number(row[5]);
            }
            QVERIFY2(std::abs(sum - trace.sum) <= 1e-6 + 1e-6 * std::abs(trace.sum), step.name.c_str());
        }
    }
};

RESNET_TEST(TablesTest)
#include "TablesTest.moc"

#include "core/Error.h"
#include "core/experiments/EditSweep.h"
#include "core/experiments/Trial.h"
#include "tests/TestPrograms.h"
#include "tests/core/experiments/SmallNetworks.h"
#include "tests/core/inference/Experiments.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::test;

namespace {

// Every kind of edit of every unit that has it.
std::vector<Edits> allEdits(const Graph& graph) {
    std::vector<Edits> edits{Edits()};
    std::vector kinds{SweepKind::Units, SweepKind::Shortcuts, SweepKind::Exits};
    if (graph.units().size() > 4)  // the others have no two units of equal shapes
        kinds.push_back(SweepKind::Swaps);
    for (const SweepKind kind : kinds)
        for (const SweepPoint& point : sweepPoints(graph, {kind, 2, 1}))
            edits.push_back(point.edits);
    for (const ResidualUnit& unit : graph.units()) {
        edits.emplace_back().set(idOf(unit), {-0.5f, 1.5f, {}});
        edits.emplace_back().set(idOf(unit), {1.0f, 1.0f, NewWeights{5}});
    }
    return edits;
}

Prediction byAWholePass(const std::shared_ptr<const PackedNetwork>& packed, const FeatureMapsPtr& input,
                        const Edits& edits) {
    return predictionOf(finishedRun(packed, input, edits));
}

}  // namespace

class TrialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // 85 edits, PyTorch in float64.
    void agreesWithPyTorch() {
        const experiments::Experiments reference = experiments::read("narrow-same-96");
        const auto packed = packedOf(reference.network);
        std::vector<Edits> edits;
        for (const experiments::Row& row : reference.rows)
            edits.push_back(row.edits);
        QCOMPARE(int(edits.size()), 85);
        const auto trials = tryOnPicture(packed, finishedRun(packed, reference.input), edits);
        SetTrials overSet(packed, edits);
        QVERIFY(overSet.add(std::vector{LabelledInput{reference.input, {}}}));
        double worst = 0.0;
        for (std::size_t i = 0; i < edits.size(); ++i) {
            worst = std::max(
                {worst, experiments::relativeError(trials->results[i].logits, reference.rows[i].logits),
                 experiments::relativeError(overSet.results()[i].mean.logits, reference.rows[i].logits)});
            QVERIFY2(worst < 1e-4, (reference.rows[i].change + " " + std::to_string(worst)).c_str());
        }
        qInfo("largest error %.1e of the largest logit", worst);
    }

    void givesTheBitsOfWholePasses_data() {
        QTest::addColumn<int>("graph");
        QTest::newRow("basic") << 0;
        QTest::newRow("bottleneck") << 1;
        QTest::newRow("pre-activation") << 2;
    }
    void givesTheBitsOfWholePasses() {
        QFETCH(int, graph);
        const auto packed = packedOf(livelyNetwork(graph == 0   ? Graph(smallSpec())
                                                   : graph == 1 ? bottleneckGraph()
                                                                : preActivationGraph()));
        const std::vector<Edits> edits = allEdits(packed->graph());
        const std::vector<FeatureMapsPtr> inputs = someInputs(packed->graph().outputShape(inputStep), 3);
        const auto trials = tryOnPicture(packed, finishedRun(packed, inputs[0]), edits);
        QVERIFY(trials->reference == byAWholePass(packed, inputs[0], {}));
        for (std::size_t i = 0; i < edits.size(); ++i)
            QVERIFY(trials->results[i] == byAWholePass(packed, inputs[0], edits[i]));

        // One picture a batch, and all at once: the same means.
        SetTrials one(packed, edits);
        SetTrials all(packed, edits);
        std::vector<LabelledInput> samples;
        for (const FeatureMapsPtr& input : inputs) {
            samples.push_back({input, 0});
            QVERIFY(one.add(std::vector{samples.back()}));
        }
        QVERIFY(all.add(samples));
        for (std::size_t i = 0; i < edits.size(); ++i) {
            SetTrials alone(packed, {edits[i]});
            QVERIFY(alone.add(samples));
            QVERIFY(one.results()[i].mean == all.results()[i].mean);
            QVERIFY(alone.results()[0].mean == all.results()[i].mean);
            std::vector<double> mean(5);
            for (const FeatureMapsPtr& input : inputs)
                for (std::size_t c = 0; c < 5; ++c)
                    mean[c] += byAWholePass(packed, input, edits[i]).logits[c] / 3.0;
            QVERIFY(experiments::relativeError(all.results()[i].mean.logits, mean) < 1e-6);
        }
        QVERIFY(all.results()[0].mean == all.reference().mean);  // no edits
        QCOMPARE(all.results()[0].divergence, 0.0);
    }

    void countsWhatIsRight() {
        const auto packed = packedOf(livelyNetwork(Graph(smallSpec())));
        const std::vector<FeatureMapsPtr> inputs = someInputs(packed->graph().outputShape(inputStep), 6);
        const Edits edits = exitAfter(packed->graph(), 1);
        SetTrials trials(packed, {edits});
        std::vector<LabelledInput> samples;
        int right = 0, rightBefore = 0, agreeing = 0;
        double divergences = 0.0;
        for (const FeatureMapsPtr& input : inputs) {
            samples.push_back({input, int(samples.size()) % 5});
            const Prediction before = byAWholePass(packed, input, {});
            const Prediction after = byAWholePass(packed, input, edits);
            right += after.top() == samples.back().expected;
            rightBefore += before.top() == samples.back().expected;
            agreeing += after.top() == before.top();
            divergences += divergence(before, after);
        }
        int reported = 0;
        QVERIFY(trials.add(samples, {}, [&](int done, int total) {
            ++reported;
            QVERIFY(done == reported && total == 2);
        }));
        QCOMPARE(reported, 2);
        QCOMPARE(trials.results()[0].right, right);
        QCOMPARE(trials.reference().right, rightBefore);
        QCOMPARE(trials.results()[0].agreeing, agreeing);
        QCOMPARE(trials.reference().agreeing, 6);
        QVERIFY(divergences > 0.01);
        QCOMPARE(trials.results()[0].divergence, divergences / 6.0);
    }

    void divergenceIsThatOfTheFormula() {
        const std::vector<float> p{1.0f, 2.0f, -1.0f};
        const std::vector<float> q{0.5f, -3.0f, 200.0f};
        double expected = 0.0, sumP = 0.0;
        for (const float x : p)
            sumP += std::exp(double(x));
        for (std::size_t i = 0; i < 3; ++i)
            expected += std::exp(double(p[i])) / sumP * ((p[i] - std::log(sumP)) - (q[i] - 200.0));
        QVERIFY(std::abs(divergence(p, q) - expected) < 1e-9 * expected);
        QCOMPARE(divergence(q, q), 0.0);
        QVERIFY(std::isnan(divergence(p, std::vector<float>{0.0f, NAN, 0.0f})));
        QVERIFY(std::abs(crossEntropy(p, 2) - (std::log(sumP) + 1.0)) < 1e-12);
    }

    void threadsDoNotChangeABit() {
        const auto network = livelyNetwork(Graph(smallSpec()));
        const auto inputs = someInputs(network->graph().outputShape(inputStep), 3);
        std::vector<Prediction> first;
        for (const int threads : {1, 2, 5}) {
            SetTrials trials(packedOf(network, threads), allEdits(network->graph()));
            std::vector<LabelledInput> samples;
            for (const FeatureMapsPtr& input : inputs)
                samples.push_back({input, {}});
            QVERIFY(trials.add(samples));
            std::vector<Prediction> means;
            for (const Outcome& outcome : trials.results())
                means.push_back(outcome.mean);
            if (first.empty())
                first = means;
            QVERIFY(means == first);
        }
    }

    void stopsAndRefuses() {
        const auto packed = packedOf(livelyNetwork(Graph(smallSpec())));
        const FeatureMapsPtr input = someInput(packed->graph().outputShape(inputStep));
        std::stop_source stop;
        const std::vector<Edits> edits = allEdits(packed->graph());
        const Run known = finishedRun(packed, input);
        QVERIFY(!tryOnPicture(packed, known, edits, stop.get_token(), [&](int done, int) {
            if (done == 3)
                stop.request_stop();
        }));
        SetTrials trials(packed, edits);
        QVERIFY(!trials.add(std::vector{LabelledInput{input, {}}}, stop.get_token()));
        QCOMPARE(trials.reference().images, 0);
        QVERIFY_EXCEPTION_THROWN(tryOnPicture(packed, known.before(3), edits), Error);
        QVERIFY_EXCEPTION_THROWN(trials.add(std::vector{LabelledInput{someInput({3, 8, 8}), {}}}), Error);
        Edits wrong;
        wrong.set({7, 7}, {0.0f, 1.0f, {}});
        QVERIFY_EXCEPTION_THROWN(SetTrials(packed, {wrong}), Error);
    }
};

RESNET_TEST(TrialTest)
#include "TrialTest.moc"

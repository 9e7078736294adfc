#include "core/attribution/PathLengths.h"
#include "core/attribution/Similarity.h"
#include "core/attribution/Trust.h"
#include "core/inference/FusedExecutor.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Experiments.h"

#include <QtTest>

#include <cmath>

using namespace resnet;

namespace {

const std::string folder = RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96";

struct TestedSubject {
    TestedSubject()
        : network(reference::readNetwork(folder)),
          forward(network, 2),
          backward(forward.packed()),
          run(forward.start(reference::readInput(folder + "/input.npy", network->spec().inputShape()))) {
        forward.run(run);
    }
    std::shared_ptr<const Network> network;
    Executor forward;
    BackwardExecutor backward;
    Run run;
};

FeatureMaps mapOf(std::initializer_list<float> values) {
    FeatureMaps map({1, 1, int(values.size())});
    std::ranges::copy(values, map.data());
    return map;
}

FeatureMaps noise(FeatureShape shape, std::uint64_t seed) {
    FeatureMaps map(shape);
    Random random(seed);
    for (std::size_t i = 0; i < map.size(); ++i)
        map.data()[i] = float(random.uniform() - 0.5);
    return map;
}

FeatureMaps times(const FeatureMaps& map, float factor) {
    FeatureMaps made(map.shape());
    for (std::size_t i = 0; i < map.size(); ++i)
        made.data()[i] = map.data()[i] * factor;
    return made;
}

}  // namespace

class TrustTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ranksAreWhatIsCompared() {
        QCOMPARE(rankCorrelation(mapOf({1, 2, 3, 4}), mapOf({-5, 0, 100, 1e6f})), 1.0);
        QCOMPARE(rankCorrelation(mapOf({1, 2, 3, 4}), mapOf({4, 3, 2, 1})), -1.0);
        // Ranks 0, 1.5, 1.5, 3 and 1, 0, 2, 3: 3 / sqrt(4.5 * 5).
        QVERIFY(std::abs(rankCorrelation(mapOf({1, 2, 2, 3}), mapOf({2, 1, 3, 4})) - 3.0 / std::sqrt(22.5)) <
                1e-12);
        QCOMPARE(rankCorrelationOfMagnitudes(mapOf({1, -2, 3, -4}), mapOf({-1, 2, 3, 4})), 1.0);
        QVERIFY(std::isnan(rankCorrelation(mapOf({1, 1, 1}), mapOf({1, 2, 3}))));
    }

    void similarityIsOneForTheSameAndNearZeroForNoise() {
        const FeatureMaps map = noise({1, 60, 50}, 1);
        QVERIFY(std::abs(structuralSimilarity(map, times(map, 7.0f)) - 1.0) < 1e-5);
        FeatureMaps board({1, 60, 50});
        for (int i = 0; i < 3000; ++i)
            board.data()[i] = (i / 50 + i) % 2 == 0 ? 1.0f : -1.0f;
        QVERIFY(structuralSimilarity(board, times(board, -1.0f)) < -0.9);
        QVERIFY(std::abs(structuralSimilarity(map, noise({1, 60, 50}, 2))) < 0.1);
        QVERIFY(std::isnan(structuralSimilarity(map, times(map, 0.0f))));
    }

    void blurKeepsWhatIsFlatAndSpreadsAPointAsAGaussian() {
        FeatureMaps flat({1, 9, 4});
        std::fill_n(flat.data(), flat.size(), 0.75f);
        const FeatureMaps still = blurred(flat, 2.0);
        for (std::size_t i = 0; i < still.size(); ++i)
            QCOMPARE(still.data()[i], 0.75f);
        FeatureMaps point({2, 41, 41});
        std::fill_n(point.data(), point.size(), 0.0f);
        point.at(1, 20, 20) = 1.0f;
        const FeatureMaps spread = blurred(point, 3.0);
        double sum = 0.0;
        double variance = 0.0;
        for (int y = 0; y < 41; ++y)
            for (int x = 0; x < 41; ++x) {
                QCOMPARE(spread.at(0, y, x), 0.0f);
                sum += spread.at(1, y, x);
                variance += (y - 20) * (y - 20) * double(spread.at(1, y, x));
            }
        QVERIFY(std::abs(sum - 1.0) < 1e-5);
        QVERIFY(std::abs(variance - 9.0) < 0.4);  // the tails are cut at three deviations
    }

    void eachLevelIsTheMapOfThatNetwork() {
        TestedSubject subject;
        AttributionRequest request;
        request.method = AttributionMethod::InputTimesGradient;
        request.classIndex = 2;
        std::vector<std::string> told;
        const auto maps = randomisationTest(subject.forward.packed(), subject.run, request, 5, {},
                                            [&](const RandomisedMap& made, int done, int total) {
                                                QCOMPARE(total, 17);
                                                QCOMPARE(done, int(told.size()) + 1);
                                                told.push_back(made.unit);
                                            });
        QCOMPARE(maps->size(), std::size_t(17));
        QCOMPARE(told.size(), std::size_t(17));
        QCOMPARE(told.at(1), std::string("layer4.2"));
        QVERIFY(maps->front().unit.empty());
        QCOMPARE(maps->at(1).unit, std::string("layer4.2"));
        QCOMPARE(maps->back().unit, std::string("layer1.0"));
        // The third by hand: two units started anew from their seeds.
        const Edits edits = editsFrom("layer4.2:seed=6,layer4.1:seed=7", subject.network->graph());
        Run changed = subject.forward.start(subject.run.input(), edits);
        subject.forward.run(changed);
        const FeatureMaps expected =
            channelSum(attribute(subject.forward, subject.backward, changed, request)->map);
        // Within rounding: the weights are packed for another algorithm, which takes less memory.
        float largest = 0.0f;
        for (std::size_t i = 0; i < expected.size(); ++i)
            largest = std::max(largest, std::abs(expected.data()[i]));
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(maps->at(2).map.data()[i] - expected.data()[i]) < 1e-5f * largest);
        QVERIFY(std::abs(maps->at(2).rankCorrelation - rankCorrelation(maps->front().map, expected)) < 1e-4);
        QCOMPARE(maps->front().similarity, 1.0);
        for (std::size_t n = 1; n < maps->size(); ++n)
            QVERIFY(std::abs(maps->at(n).rankCorrelation) < 0.9);
    }

    // It passes on edges whatever the network has learned: at the end its magnitudes still follow its own,
    // more than the gradient's do.
    void guidedBackpropagationFails() {
        TestedSubject subject;
        AttributionRequest request;
        request.classIndex = 2;
        request.method = AttributionMethod::Guided;
        const auto guided = randomisationTest(subject.forward.packed(), subject.run, request);
        request.method = AttributionMethod::Gradient;
        const auto plain = randomisationTest(subject.forward.packed(), subject.run, request);
        QVERIFY(guided->at(8).rankCorrelationOfMagnitudes > plain->at(8).rankCorrelationOfMagnitudes);
    }

    void curvesBeginAndEndWhereTheyMust() {
        TestedSubject subject;
        AttributionRequest request;
        request.method = AttributionMethod::InputTimesGradient;
        request.classIndex = 2;
        const FeatureMaps map =
            channelSum(attribute(subject.forward, subject.backward, subject.run, request)->map);
        CurveRequest curve;
        curve.classIndex = 2;
        curve.points = 7;
        const Curves curves = *curvesOf(subject.forward.packed(), subject.run, map, curve);
        const FeatureMaps& own = *subject.run.output(subject.network->graph().softmaxStep());
        auto hidden = std::make_shared<FeatureMaps>(subject.run.input()->shape());
        std::fill_n(hidden->data(), hidden->size(), 0.0f);
        FusedExecutor fused(subject.forward.packed());
        const FeatureMapsPtr image = hidden;
        fused.run({&image, 1});
        QCOMPARE(curves.share.front(), 0.0);
        QCOMPARE(curves.share.back(), 1.0);
        for (const std::vector<double>* values : {&curves.deletion, &curves.randomDeletion}) {
            QVERIFY(std::abs(values->front() - own.at(2, 0, 0)) < 1e-6);
            QVERIFY(std::abs(values->back() - double(fused.probabilities()[2])) < 1e-6);
        }
        for (const std::vector<double>* values : {&curves.insertion, &curves.randomInsertion})
            QVERIFY(std::abs(values->back() - own.at(2, 0, 0)) < 1e-6);
        // Halfway, by hand: 3 of 6 sixths of 36 blocks, the largest sums first.
        std::vector<std::pair<double, int>> sums;
        for (int block = 0; block < 36; ++block) {
            double sum = 0.0;
            for (int y = 0; y < 16; ++y)
                for (int x = 0; x < 16; ++x)
                    sum += map.at(0, block / 6 * 16 + y, block % 6 * 16 + x);
            sums.emplace_back(-sum, block);
        }
        std::ranges::sort(sums);
        auto half = std::make_shared<FeatureMaps>(hidden->shape());
        std::copy_n(subject.run.input()->data(), half->size(), half->data());
        for (int n = 0; n < 18; ++n)
            for (int c = 0; c < 3; ++c)
                for (int y = 0; y < 16; ++y)
                    for (int x = 0; x < 16; ++x)
                        half->at(c, sums[std::size_t(n)].second / 6 * 16 + y,
                                 sums[std::size_t(n)].second % 6 * 16 + x) = 0.0f;
        const FeatureMapsPtr halfImage = half;
        fused.run({&halfImage, 1});
        QCOMPARE(curves.deletion[3], double(fused.probabilities()[2]));
        QCOMPARE(areaUnder({{0.0, 0.5, 1.0}, {}, {}, {}, {}}, {1.0, 0.0, 0.5}), 0.375);
    }

    void pathsAddUpToTheGradient() {
        TestedSubject subject;
        const PathLengths lengths =
            *pathLengths(subject.backward, subject.run, scoreOf(subject.network->graph(), 2));
        QCOMPARE(lengths.norms.size(), std::size_t(17));
        QCOMPARE(lengths.ways[8], 12870.0);
        QCOMPARE(lengths.ways[16], 1.0);
        double all = 0.0;
        for (const double ways : lengths.ways)
            all += ways;
        QCOMPARE(all, 65536.0);
        QVERIFY(lengths.whole > 0.0);
        QVERIFY(lengths.sumError < 1e-5);
    }

    void stopsWhenAsked() {
        TestedSubject subject;
        std::stop_source source;
        source.request_stop();
        const std::stop_token stop = source.get_token();
        QVERIFY(!randomisationTest(subject.forward.packed(), subject.run, {}, 1, stop));
        QVERIFY(!curvesOf(subject.forward.packed(), subject.run, noise({1, 96, 96}, 1), {}, stop));
        QVERIFY(!pathLengths(subject.backward, subject.run, scoreOf(subject.network->graph(), 2), stop));
    }
};

RESNET_TEST(TrustTest)
#include "TrustTest.moc"

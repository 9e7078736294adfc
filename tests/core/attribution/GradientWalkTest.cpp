#include "core/Error.h"
#include "core/attribution/GradientWalk.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Experiments.h"

#include <QtTest>

#include <cmath>

using namespace resnet;

class GradientWalkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsTheCosineOfGradientsALagApart() {
        const std::string folder = RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96";
        const auto network = reference::readNetwork(folder);
        const FeatureMapsPtr from = reference::readInput(folder + "/input.npy", network->spec().inputShape());
        FeatureMaps to(from->shape());
        for (std::size_t i = 0; i < to.size(); ++i)
            to.data()[i] = -from->data()[i];
        Executor forward(network, 2);
        BackwardExecutor backward(forward.packed());
        const auto walk = gradientWalk(forward, backward, *from, to, 3, 1);
        QVERIFY(walk.has_value());
        QVERIFY((walk->share == std::vector<double>{0.0, 0.5, 1.0}));
        QVERIFY(std::abs(walk->likeness[0] - 1.0) < 1e-12);
        // The ends alone are the whole way apart.
        const auto gradientAt = [&](const FeatureMaps& maps) {
            auto input = std::make_shared<FeatureMaps>(maps.shape());
            std::copy_n(maps.data(), maps.size(), input->data());
            Run run = forward.start(input);
            forward.run(run);
            return backward.run(run, scoreOf(run.graph(), 1))->of(inputStep);
        };
        const FeatureMapsPtr a = gradientAt(*from);
        const FeatureMapsPtr b = gradientAt(to);
        double ab = 0.0, aa = 0.0, bb = 0.0;
        for (std::size_t i = 0; i < a->size(); ++i) {
            ab += double(a->data()[i]) * b->data()[i];
            aa += double(a->data()[i]) * a->data()[i];
            bb += double(b->data()[i]) * b->data()[i];
        }
        QVERIFY(std::abs(walk->likeness[2] - ab / std::sqrt(aa * bb)) < 1e-6);
        QVERIFY(std::abs(walk->norms[0] - std::sqrt(aa)) < 1e-6 * std::sqrt(aa));
    }

    void whereNothingChangesGradientsStay() {
        const std::string folder = RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96";
        const auto network = reference::readNetwork(folder);
        const FeatureMapsPtr from = reference::readInput(folder + "/input.npy", network->spec().inputShape());
        Executor forward(network, 1);
        BackwardExecutor backward(forward.packed());
        const auto walk = gradientWalk(forward, backward, *from, *from, 4, 0);
        for (const double likeness : walk->likeness)
            QVERIFY(std::abs(likeness - 1.0) < 1e-12);
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(!gradientWalk(forward, backward, *from, *from, 4, 0, stopped.get_token()));
        QVERIFY_THROWS_EXCEPTION(Error, gradientWalk(forward, backward, *from, *from, 1, 0));
        QVERIFY_THROWS_EXCEPTION(Error, gradientWalk(forward, backward, *from, FeatureMaps({3, 8, 8}), 4, 0));
    }
};

RESNET_TEST(GradientWalkTest)
#include "GradientWalkTest.moc"

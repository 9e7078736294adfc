#include "core/inference/Executor.h"

#include "core/Error.h"
#include "core/ops/Dense.h"
#include "core/ops/GlobalAveragePool.h"
#include "core/ops/Softmax.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace resnet {

// Plain and correct; the kernels replace it.
struct Executor::Implementation {
    Implementation(std::shared_ptr<const Network> of, int threadCount)
        : network(std::move(of)),
          threads(threadCount > 0 ? threadCount : tbb::this_task_arena::max_concurrency()),
          arena(threads) {}

    std::shared_ptr<const Network> network;
    int threads;
    tbb::task_arena arena;

    void convolution(const Step& step, const FeatureMaps& in, FeatureMaps& out, const std::stop_token& stop);
    void compute(const Step& step, const Activations& known, FeatureMaps& out, const std::stop_token& stop);
};

namespace {

template <class Body>
void forEachPixel(const FeatureShape& shape, const std::stop_token& stop, const Body& body) {
    tbb::parallel_for(0, int(shape.pixels()), [&](int pixel) {
        if (!stop.stop_requested())
            body(pixel / shape.width, pixel % shape.width);
    });
}

void maxPool(const Step& step, const FeatureMaps& in, FeatureMaps& out, const std::stop_token& stop) {
    const Window& window = step.window;
    forEachPixel(out.shape(), stop, [&](int y, int x) {
        for (int c = 0; c < out.channels(); ++c) {
            float largest = -std::numeric_limits<float>::infinity();
            for (int ky = 0; ky < window.kernel; ++ky)
                for (int kx = 0; kx < window.kernel; ++kx) {
                    const int iy = y * window.stride - window.padTop + ky;
                    const int ix = x * window.stride - window.padLeft + kx;
                    if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width())
                        largest = std::max(largest, in.at(c, iy, ix));
                }
            out.at(c, y, x) = largest;
        }
    });
}

}  // namespace

void Executor::Implementation::convolution(const Step& step, const FeatureMaps& in, FeatureMaps& out,
                                           const std::stop_token& stop) {
    const Window& window = step.window;
    const int k = window.kernel;
    const int ins = in.channels();
    const int outs = out.channels();
    const Tensor& weight = network->parameter(step.id, "weight");
    std::vector<float> turned(weight.values.size());  // ky, kx, in, out
    for (int o = 0; o < outs; ++o)
        for (int i = 0; i < ins; ++i)
            for (int tap = 0; tap < k * k; ++tap)
                turned[(std::size_t(tap) * ins + i) * outs + o] =
                    weight.values[(std::size_t(o) * ins + i) * k * k + tap];
    forEachPixel(out.shape(), stop, [&](int y, int x) {
        float* cell = &out.at(0, y, x);
        std::fill_n(cell, outs, 0.0f);
        for (int ky = 0; ky < k; ++ky)
            for (int kx = 0; kx < k; ++kx) {
                const int iy = y * window.stride - window.padTop + ky;
                const int ix = x * window.stride - window.padLeft + kx;
                if (iy < 0 || iy >= in.height() || ix < 0 || ix >= in.width())
                    continue;
                const float* source = in.data() + (std::size_t(iy) * in.width() + ix) * ins;
                const float* row = turned.data() + std::size_t(ky * k + kx) * ins * outs;
                for (int i = 0; i < ins; ++i, row += outs)
                    for (int o = 0; o < outs; ++o)
                        cell[o] += source[i] * row[o];
            }
    });
}

void Executor::Implementation::compute(const Step& step, const Activations& known, FeatureMaps& out,
                                       const std::stop_token& stop) {
    const FeatureMaps& in = *known.output(step.inputs.front());
    const int channels = out.channels();
    switch (step.kind) {
        case StepKind::Convolution:
            return convolution(step, in, out, stop);
        case StepKind::BatchNorm: {
            const auto& gamma = network->parameter(step.id, "weight").values;
            const auto& beta = network->parameter(step.id, "bias").values;
            const auto& mean = network->parameter(step.id, "running_mean").values;
            const auto& variance = network->parameter(step.id, "running_var").values;
            std::vector<float> scale(channels), shift(channels);
            for (int c = 0; c < channels; ++c) {
                const double s = gamma[c] / std::sqrt(variance[c] + network->spec().batchNormEpsilon);
                scale[c] = float(s);
                shift[c] = float(beta[c] - mean[c] * s);
            }
            return forEachPixel(out.shape(), stop, [&](int y, int x) {
                for (int c = 0; c < channels; ++c)
                    out.at(c, y, x) = in.at(c, y, x) * scale[c] + shift[c];
            });
        }
        case StepKind::ReLU:
            return forEachPixel(out.shape(), stop, [&](int y, int x) {
                for (int c = 0; c < channels; ++c)
                    out.at(c, y, x) = in.at(c, y, x) < 0.0f ? 0.0f : in.at(c, y, x);
            });
        case StepKind::Add: {
            const FeatureMaps& shortcut = *known.output(step.inputs.back());
            return forEachPixel(out.shape(), stop, [&](int y, int x) {
                for (int c = 0; c < channels; ++c)
                    out.at(c, y, x) = in.at(c, y, x) + shortcut.at(c, y, x);
            });
        }
        case StepKind::MaxPool:
            return maxPool(step, in, out, stop);
        case StepKind::GlobalAveragePool:
            return globalAveragePool(in, out);
        case StepKind::Dense:
            return dense(in, network->parameter(step.id, "weight").values.data(),
                         network->parameter(step.id, "bias").values.data(), out);
        case StepKind::Softmax:
            return softmax(in, out);
    }
}

Executor::Executor(std::shared_ptr<const Network> network, int threads)
    : m_implementation(std::make_unique<Implementation>(std::move(network), threads)) {}
Executor::~Executor() = default;
Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&&) noexcept = default;

const std::shared_ptr<const Network>& Executor::network() const {
    return m_implementation->network;
}

int Executor::threads() const {
    return m_implementation->threads;
}

Activations Executor::start(FeatureMapsPtr input) const {
    const FeatureShape& expected = network()->graph().outputShape(inputStep);
    if (!input || input->shape() != expected)
        throw Error("input: expected " + shapeText(expected) + ", found " +
                    (input ? shapeText(input->shape()) : "nothing"));
    return {std::move(input), network()->graph().stepCount()};
}

RunOutcome Executor::run(Activations& activations, StepId last, const std::stop_token& stop,
                         const StepObserver& observer) {
    using Clock = std::chrono::steady_clock;
    for (StepId id = 0; id <= last; ++id) {
        if (activations.has(id))
            continue;
        if (stop.stop_requested())
            return RunOutcome::Cancelled;
        const Step& step = network()->graph().step(id);
        auto output = std::make_shared<FeatureMaps>(step.output);
        const auto began = Clock::now();
        m_implementation->arena.execute([&] { m_implementation->compute(step, activations, *output, stop); });
        if (stop.stop_requested())
            return RunOutcome::Cancelled;
        const double milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
        activations.set(id, output, milliseconds);
        if (observer)
            observer({id, std::move(output), milliseconds});
    }
    return RunOutcome::Finished;
}

}  // namespace resnet

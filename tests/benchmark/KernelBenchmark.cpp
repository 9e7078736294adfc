// The kernels alone: GFLOP/s of the micro-kernel for each kind of processor, and each convolution shape of
// ResNet-34 by each algorithm (GFLOP/s of the direct formula, so that algorithms compare).
#include "core/ops/Convolution.h"
#include "core/ops/Isa.h"

#include <benchmark/benchmark.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <vector>

namespace {

using namespace resnet;

AlignedBuffer filled(std::size_t size) {
    AlignedBuffer buffer(size);
    std::fill_n(buffer.data(), size, 0.25f);
    return buffer;
}

void multiply(benchmark::State& state, Isa isa) {
    const kernels::Table& kernels = kernelsFor(isa);
    const int rows = int(state.range(0));
    const int depth = int(state.range(1));
    const AlignedBuffer left = filled(std::size_t(rows) * depth);
    const AlignedBuffer panel = filled(std::size_t(depth) * kernels.panelWidth);
    AlignedBuffer result = filled(std::size_t(rows) * kernels.panelWidth);
    const kernels::Product product{
        left.data(),  std::size_t(depth), rows,          depth,
        panel.data(), panel.data(),       result.data(), std::size_t(kernels.panelWidth)};
    for (auto _ : state)
        kernels.multiply(product);
    state.counters["GFLOP/s"] = benchmark::Counter(2e-9 * rows * depth * kernels.panelWidth,
                                                   benchmark::Counter::kIsIterationInvariantRate);
}

struct Layer {
    const char* name;
    int inputs, outputs, side, kernel, stride;
};

constexpr Layer layers[] = {
    {"conv1", 3, 64, 224, 7, 2},
    {"layer1.0.conv1", 64, 64, 56, 3, 1},
    {"layer2.0.conv1", 64, 128, 56, 3, 2},
    {"layer2.0.downsample.0", 64, 128, 56, 1, 2},
    {"layer2.1.conv1", 128, 128, 28, 3, 1},
    {"layer3.0.conv1", 128, 256, 28, 3, 2},
    {"layer3.1.conv1", 256, 256, 14, 3, 1},
    {"layer4.0.conv1", 256, 512, 14, 3, 2},
    {"layer4.1.conv1", 512, 512, 7, 3, 1},
};

void convolve(benchmark::State& state, const Layer& layer, ConvolutionAlgorithm algorithm, int threads) {
    const int out = layer.side / layer.stride;
    const int pad = layer.stride == 1 ? layer.kernel / 2 : (layer.kernel - 1) / 3;
    const ConvolutionShape shape{{layer.inputs, layer.side, layer.side},
                                 {layer.outputs, out, out},
                                 layer.kernel,
                                 layer.stride,
                                 pad,
                                 pad};
    const std::size_t taps = std::size_t(layer.kernel) * layer.kernel * layer.inputs * layer.outputs;
    const std::vector<float> weights(taps, 0.01f);
    const Convolution convolution(shape, weights, algorithm, kernelsFor(bestIsa()));
    const AlignedBuffer input = filled(shape.input.size());
    AlignedBuffer output = filled(shape.output.size());
    AlignedBuffer scratch = filled(convolution.scratchSize(1, threads));
    kernels::Epilogue epilogue;
    epilogue.rectified = output.data();
    tbb::task_arena arena(threads);
    arena.execute([&] {
        for (auto _ : state)
            convolution.run({input.data(), shape.input}, epilogue, scratch.data(), threads);
    });
    state.counters["GFLOP/s"] =
        benchmark::Counter(2e-9 * double(taps) * out * out, benchmark::Counter::kIsIterationInvariantRate);
}

void registerAll() {
    for (const Isa isa : supportedIsas())
        benchmark::RegisterBenchmark(("multiply/" + std::string(name(isa))).c_str(), multiply, isa)
            ->ArgNames({"rows", "depth"})
            ->ArgsProduct({{8, 14, 49}, {64, 512}});
    for (const Layer& layer : layers)
        for (const auto algorithm : {ConvolutionAlgorithm::Direct, ConvolutionAlgorithm::Winograd2,
                                     ConvolutionAlgorithm::Winograd4}) {
            const ConvolutionShape shape{{}, {}, layer.kernel, layer.stride, 0, 0};
            for (const int threads : {1, 2})
                if (isApplicable(algorithm, shape))
                    benchmark::RegisterBenchmark(
                        (std::string(layer.name) + "/" + std::string(name(algorithm)) +
                         "/threads:" + std::to_string(threads))
                            .c_str(),
                        convolve, layer, algorithm, threads)
                        ->UseRealTime()
                        ->Unit(benchmark::kMillisecond);
        }
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    registerAll();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

#include "core/experiments/ScoreShares.h"

#include "core/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace resnet {

namespace {

// What the score gains for each unit that a value of a step's output gains, in memory's order, and what
// constants on the way have brought so far.
struct Weights {
    std::vector<double> values;
    double constants = 0.0;
};

double product(const Weights& weights, const FeatureMaps& maps) {
    double sum = 0.0;
    for (std::size_t i = 0; i < weights.values.size(); ++i)
        sum += weights.values[i] == 0.0 ? 0.0 : weights.values[i] * maps.data()[i];
    return sum;
}

// Carries weights from a step's output to its (first) input.
class BackCarrier {
public:
    BackCarrier(const Run& run, const Network& network) : m_run(run), m_network(network) {}

    void carry(Weights& weights, const Step& step) const {
        switch (step.kind) {
            case StepKind::Convolution:
                return throughConvolution(weights, step);
            case StepKind::BatchNorm:
                return throughBatchNorm(weights, step);
            case StepKind::Scale:
                return throughScale(weights, step);
            case StepKind::Padding:
                return throughPadding(weights, step);
            case StepKind::ReLU:
                return throughMask(weights, *m_run.output(step.id));
            case StepKind::GlobalAveragePool:
                return throughPool(weights, step);
            case StepKind::Dense:
                return throughDense(weights, step);
            case StepKind::Activation:
            case StepKind::AveragePool:
            case StepKind::GlobalMaxPool:
            case StepKind::MaxPool:
            case StepKind::Add:
            case StepKind::Softmax:
                break;
        }
        throw Error(
            step.name + " (" + std::string(name(step.kind)) +
            "): scores are taken apart only where units are made of convolutions, batch norms and ReLUs");
    }

private:
    const std::vector<float>& parameter(const Step& step, const char* suffix) const {
        return m_network.parameter(step.id, suffix).values;
    }

    void throughConvolution(Weights& weights, const Step& step) const {
        const FeatureShape& in = step.input;
        const FeatureShape& out = step.output;
        const int kernel = step.window.kernel;
        const std::vector<float>& kernels = parameter(step, "weight");
        if (step.settings.hasBias)
            addConstants(weights, m_network.channelValues(step.id, "bias"));
        std::vector<double> carried(in.size());
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x)
                for (int ky = 0; ky < kernel; ++ky)
                    for (int kx = 0; kx < kernel; ++kx) {
                        const int row = y * step.window.stride + ky - step.window.padTop;
                        const int column = x * step.window.stride + kx - step.window.padLeft;
                        if (row < 0 || row >= in.height || column < 0 || column >= in.width)
                            continue;
                        double* to = carried.data() + (std::size_t(row) * in.width + column) * in.channels;
                        const double* from =
                            weights.values.data() + (std::size_t(y) * out.width + x) * out.channels;
                        for (int o = 0; o < out.channels; ++o)
                            for (int i = 0; from[o] != 0.0 && i < in.channels; ++i)
                                to[i] +=
                                    from[o] *
                                    kernels[((std::size_t(o) * in.channels + i) * kernel + ky) * kernel + kx];
                    }
        weights.values = std::move(carried);
    }

    void throughBatchNorm(Weights& weights, const Step& step) const {
        const std::size_t channels = std::size_t(step.output.channels);
        const double epsilon = m_network.graph().epsilonOf(step.id);
        const std::vector<float> gamma = m_network.channelValues(step.id, "weight");
        const std::vector<float> beta = m_network.channelValues(step.id, "bias");
        for (std::size_t i = 0; i < weights.values.size(); ++i) {
            const std::size_t c = i % channels;
            const double scale = gamma[c] / std::sqrt(parameter(step, "running_var")[c] + epsilon);
            const double shift = beta[c] - parameter(step, "running_mean")[c] * scale;
            weights.constants += weights.values[i] * shift;
            weights.values[i] *= scale;
        }
    }

    static void throughScale(Weights& weights, const Step& step) {
        for (double& value : weights.values) {
            weights.constants += value * step.settings.offset;
            value *= step.settings.factor;
        }
    }

    // Back to the cells and channels that were copied; zeros owe nothing.
    static void throughPadding(Weights& weights, const Step& step) {
        const FeatureShape& in = step.input;
        const FeatureShape& out = step.output;
        const int before = step.settings.channelsBefore;
        std::vector<double> carried(in.size());
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x) {
                const int row = y * step.window.stride - step.window.padTop;
                const int column = x * step.window.stride - step.window.padLeft;
                if (row < 0 || row >= in.height || column < 0 || column >= in.width)
                    continue;
                for (int c = 0; c < std::min(in.channels, out.channels - before); ++c)
                    carried[(std::size_t(row) * in.width + column) * in.channels + c] =
                        weights.values[(std::size_t(y) * out.width + x) * out.channels + before + c];
            }
        weights.values = std::move(carried);
    }

    static void addConstants(Weights& weights, const std::vector<float>& perChannel) {
        for (std::size_t i = 0; i < weights.values.size(); ++i)
            weights.constants += weights.values[i] * perChannel[i % perChannel.size()];
    }

    static void throughMask(Weights& weights, const FeatureMaps& output) {
        for (std::size_t i = 0; i < weights.values.size(); ++i)
            if (!(output.data()[i] > 0.0f))
                weights.values[i] = 0.0;
    }

    static void throughPool(Weights& weights, const Step& step) {
        std::vector<double> carried(step.input.size());
        const std::size_t channels = weights.values.size();
        for (std::size_t i = 0; i < carried.size(); ++i)
            carried[i] = weights.values[i % channels] / double(step.input.pixels());
        weights.values = std::move(carried);
    }

    void throughDense(Weights& weights, const Step& step) const {
        const std::size_t features = step.input.size();
        addConstants(weights, m_network.channelValues(step.id, "bias"));
        std::vector<double> carried(features);
        for (std::size_t c = 0; c < weights.values.size(); ++c) {
            for (std::size_t f = 0; f < features; ++f)
                carried[f] += weights.values[c] * parameter(step, "weight")[c * features + f];
        }
        weights.values = std::move(carried);
    }

    const Run& m_run;
    const Network& m_network;
};

double takeConstants(Weights& weights) {
    return std::exchange(weights.constants, 0.0);
}

void scale(Weights& weights, double gain) {
    for (double& value : weights.values)
        value *= gain;
}

}  // namespace

double ScoreShares::logit() const {
    double sum = stem + head;
    for (const Unit& unit : units)
        sum += unit.mainPath + unit.shift;
    return sum;
}

ScoreShares scoreShares(const Run& run, int classIndex) {
    const Graph& graph = run.graph();
    if (classIndex < 0 || classIndex >= graph.spec().classes)
        throw Error("class: expected 0 to " + std::to_string(graph.spec().classes - 1) + ", found " +
                    std::to_string(classIndex));
    if (!run.isComplete())
        throw Error("the picture has not gone through the whole network yet");
    if (!std::ranges::all_of(graph.units(), &ResidualUnit::hasAddition))
        throw Error("a plain network has no shortcuts that carry what its units write");

    const std::shared_ptr<const Network>& network = run.editedNetwork();
    const BackCarrier carrier(run, *network);
    Weights weights;
    const auto carryTo = [&](StepId from, StepId to) {
        for (StepId at = from; at != to; at = graph.step(at).inputs.front())
            carrier.carry(weights, graph.step(at));
    };
    ScoreShares shares;
    shares.classIndex = classIndex;
    shares.units.resize(graph.units().size());
    weights.values.assign(std::size_t(graph.spec().classes), 0.0);
    weights.values[std::size_t(classIndex)] = 1.0;
    carryTo(graph.logitsStep(), graph.units().back().output);
    shares.head = takeConstants(weights);
    for (std::size_t i = graph.units().size(); i-- > 0;) {
        const ResidualUnit& unit = graph.units()[i];
        const UnitEdit& edit = run.edits().of(idOf(unit));
        carryTo(unit.output, *unit.add);
        shares.units[i].mainPath =
            edit.mainPathGain == 0.0f
                ? 0.0
                : edit.mainPathGain * product(weights, *run.output(unit.branchOutput()));
        scale(weights, edit.shortcutGain);
        carryTo(unit.shortcutOutput(), unit.input);
        shares.units[i].shift = takeConstants(weights);
    }
    shares.stem = product(weights, *run.output(graph.units().front().input));
    return shares;
}

}  // namespace resnet

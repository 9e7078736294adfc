#include "core/explain/TraceKinds.h"

#include "core/explain/Trace.h"
#include "core/explain/TracePools.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

// By magnitude, the largest first and NaN before all; equal ones keep their order.
bool weighsMore(double a, double b) {
    if (std::isnan(a) || std::isnan(b))
        return std::isnan(a) && !std::isnan(b);
    return std::abs(a) > std::abs(b);
}

// A product with padding is no product: an infinite weight must not make it NaN.
ChannelTerm channelTerm(const Window& window, const FeatureMaps& in, const Trace& at, int channel,
                        const float* weights) {
    ChannelTerm term;
    term.channel = channel;
    term.cells.reserve(std::size_t(window.kernel) * window.kernel);
    forEachCell(window, in, at, channel, [&](int tap, const WindowCell& cell) {
        term.cells.push_back({cell, weights[tap]});
        if (!cell.isPadding)
            term.sum += term.cells.back().product();
    });
    return term;
}

void traceConvolution(Trace& trace, const Step& step, const Network& network, const FeatureMaps& in) {
    const std::size_t taps = std::size_t(step.window.kernel) * step.window.kernel;
    const float* weights = network.parameter(step.id, "weight").values.data() +
                           std::size_t(trace.channel) * in.channels() * taps;
    ConvolutionTrace how{step.window.kernel, {}, {}};
    how.channels.reserve(std::size_t(in.channels()));
    for (int i = 0; i < in.channels(); ++i) {
        how.channels.push_back(channelTerm(step.window, in, trace, i, weights + taps * i));
        trace.sum += how.channels.back().sum;
    }
    std::ranges::stable_sort(how.channels, weighsMore, &ChannelTerm::sum);
    if (step.settings.hasBias) {
        how.bias = network.parameter(step.id, "bias").values[std::size_t(trace.channel)];
        trace.sum += *how.bias;
    }
    trace.how = std::move(how);
}

void traceBatchNorm(Trace& trace, const Step& step, const Network& network, const FeatureMaps& in) {
    const AffineTrace how{batchNormLine(network, step.id, trace.channel),
                          in.at(trace.channel, trace.y, trace.x), step.kind == StepKind::BatchNorm};
    trace.sum = how.scale * how.before + how.shift;
    trace.how = how;
}

void traceDense(Trace& trace, const Step& step, const Network& network, const FeatureMaps& in) {
    const float* weights =
        network.parameter(step.id, "weight").values.data() + std::size_t(trace.channel) * in.channels();
    DenseTrace how{{}, network.channelValues(step.id, "bias")[std::size_t(trace.channel)]};
    how.features.reserve(std::size_t(in.channels()));
    trace.sum = how.bias;
    for (int f = 0; f < in.channels(); ++f) {
        how.features.push_back({f, in.at(f, 0, 0), weights[f]});
        trace.sum += how.features.back().product();
    }
    std::ranges::stable_sort(how.features, weighsMore, &FeatureTerm::product);
    trace.how = std::move(how);
}

void traceSoftmax(Trace& trace, const FeatureMaps& in) {
    SoftmaxTrace how;
    how.largestLogit = *std::max_element(in.data(), in.data() + in.channels());
    for (int c = 0; c < in.channels(); ++c) {
        const float logit = in.at(c, 0, 0);
        how.classes.push_back({c, logit, std::exp(logit - how.largestLogit)});
        how.denominator += how.classes.back().exponential;
    }
    how.exponential = how.classes[std::size_t(trace.channel)].exponential;
    trace.sum = how.exponential / how.denominator;
    std::ranges::stable_sort(how.classes, weighsMore, &ClassTerm::exponential);
    trace.how = std::move(how);
}

}  // namespace

void explain(Trace& trace, const Step& step, const Run& run) {
    const Network& network = *run.editedNetwork();
    const FeatureMaps& in = *run.output(step.inputs.front());
    switch (step.kind) {
        case StepKind::Convolution:
            return traceConvolution(trace, step, network, in);
        case StepKind::BatchNorm:
            return traceBatchNorm(trace, step, network, in);
        case StepKind::ReLU: {
            const ReluTrace how{in.at(trace.channel, trace.y, trace.x)};
            trace.sum = how.isCut() ? 0.0 : how.before;
            trace.how = how;
            return;
        }
        case StepKind::MaxPool:
            return traceMaxPool(trace, step, in);
        case StepKind::Add: {
            const UnitEdit& edit = run.edits().of({step.stage, step.unit});
            const SumTrace how{step.inputs.front(),
                               step.inputs.back(),
                               in.at(trace.channel, trace.y, trace.x),
                               run.output(step.inputs.back())->at(trace.channel, trace.y, trace.x),
                               edit.mainPathGain,
                               edit.shortcutGain};
            trace.sum = how.mainPathTerm() + how.shortcutTerm();
            trace.how = how;
            return;
        }
        case StepKind::GlobalAveragePool:
            return traceGlobalAverage(trace, in);
        case StepKind::Dense:
            return traceDense(trace, step, network, in);
        case StepKind::Softmax:
            return traceSoftmax(trace, in);
        case StepKind::Activation: {
            const FunctionTrace how{in.at(trace.channel, trace.y, trace.x), step.settings.function,
                                    step.settings.slope};
            trace.sum = activated(how.function, how.slope, how.before);
            trace.how = how;
            return;
        }
        case StepKind::AveragePool:
            return traceAveragePool(trace, step, in);
        case StepKind::GlobalMaxPool:
            return traceGlobalMax(trace, in);
        case StepKind::Padding:
            return tracePadding(trace, step, in);
        case StepKind::Scale:
            return traceBatchNorm(trace, step, network, in);
    }
}

namespace {

template <class Terms, class Value>
double sumFrom(const Terms& terms, std::size_t first, Value value) {
    double sum = 0.0;
    for (std::size_t i = first; i < terms.size(); ++i)
        sum += value(terms[i]);
    return sum;
}

}  // namespace

double ConvolutionTrace::rest(std::size_t shown) const {
    return sumFrom(channels, shown, [](const ChannelTerm& term) { return term.sum; });
}

double DenseTrace::rest(std::size_t shown) const {
    return sumFrom(features, shown, [](const FeatureTerm& term) { return term.product(); });
}

namespace {

struct Strongest {
    const Trace& trace;
    StepId input;

    TraceSource operator()(const ConvolutionTrace& how) const {
        const ChannelTerm& term = how.channels.front();
        // Padding has the product 0 and so never wins over a cell of the map; if all are 0, the first of the
        // map does.
        const auto weightOf = [](const WeightedCell& cell) {
            return cell.isPadding ? -1.0 : std::abs(cell.product());
        };
        const auto cell = std::ranges::max_element(term.cells, {}, weightOf);
        return {input, term.channel, cell->y, cell->x};
    }
    TraceSource operator()(const MaxPoolTrace& how) const {
        const WindowCell& winner = how.cells[std::size_t(how.winner)];
        return {input, trace.channel, winner.y, winner.x};
    }
    TraceSource operator()(const SumTrace& how) const {
        const bool isMainPath = std::abs(how.mainPathTerm()) >= std::abs(how.shortcutTerm());
        return {isMainPath ? how.mainPathStep : how.shortcutStep, trace.channel, trace.y, trace.x};
    }
    TraceSource operator()(const MeanTrace& how) const {
        const auto largest =
            std::ranges::max_element(how.cells, {}, [](float value) { return std::abs(value); });
        const int cell = int(largest - how.cells.begin());
        return {input, trace.channel, how.top + cell / how.width, how.left + cell % how.width};
    }
    TraceSource operator()(const DenseTrace& how) const {
        return {input, how.features.front().feature, 0, 0};
    }
    TraceSource operator()(const CopyTrace& how) const {
        return how.isZero ? TraceSource{input, 0, 0, 0} : TraceSource{input, how.channel, how.y, how.x};
    }
    TraceSource operator()(const AffineTrace&) const { return sameCell(); }
    TraceSource operator()(const FunctionTrace&) const { return sameCell(); }
    TraceSource operator()(const ReluTrace&) const { return sameCell(); }
    TraceSource operator()(const SoftmaxTrace&) const { return sameCell(); }

private:
    TraceSource sameCell() const { return {input, trace.channel, trace.y, trace.x}; }
};

}  // namespace

TraceSource strongestSource(const Graph& graph, const Trace& trace) {
    return std::visit(Strongest{trace, graph.step(trace.step).inputs.front()}, trace.how);
}

namespace {

struct Terms {
    const Trace& trace;
    const Graph& graph;
    std::span<const std::string> classNames;
    std::vector<TraceTerm> terms{};

    void operator()(const ConvolutionTrace& how) {
        for (const ChannelTerm& term : how.channels)
            for (const WeightedCell& cell : term.cells)
                if (!cell.isPadding)
                    terms.push_back({"channel " + std::to_string(term.channel), cell.y, cell.x, cell.value,
                                     cell.weight, cell.product()});
        if (how.bias)
            terms.push_back({"bias", {}, {}, {}, {}, *how.bias});
    }
    void operator()(const FunctionTrace& how) {
        terms.push_back({std::string(name(how.function)), {}, {}, how.before, {}, trace.sum});
    }
    void operator()(const CopyTrace& how) {
        if (how.isZero)
            terms.push_back({"padding", {}, {}, {}, {}, 0.0});
        else
            terms.push_back(
                {"channel " + std::to_string(how.channel), how.y, how.x, how.before, {}, how.before});
    }
    void operator()(const AffineTrace& how) {
        terms.push_back({"scale x before", {}, {}, how.before, how.scale, how.scale * how.before});
        terms.push_back({"shift", {}, {}, {}, {}, how.shift});
    }
    void operator()(const ReluTrace& how) {
        terms.push_back({how.isCut() ? "cut" : "kept", {}, {}, how.before, {}, trace.sum});
    }
    void operator()(const MaxPoolTrace& how) {
        for (std::size_t i = 0; i < how.cells.size(); ++i) {
            const WindowCell& cell = how.cells[i];
            const bool wins = int(i) == how.winner;
            const bool isEqual = cell.value == how.cells[std::size_t(how.winner)].value;
            if (!cell.isPadding)
                terms.push_back({wins      ? "largest"
                                 : isEqual ? "equal"
                                           : "smaller",
                                 cell.y,
                                 cell.x,
                                 cell.value,
                                 {},
                                 wins ? trace.sum : 0.0});
        }
    }
    void operator()(const SumTrace& how) {
        const auto term = [&](StepId step, float value, float gain, double contribution) {
            terms.push_back({graph.stepName(step), trace.y, trace.x, value,
                             gain == 1.0f ? std::optional<double>() : double(gain), contribution});
        };
        term(how.mainPathStep, how.mainPath, how.mainPathGain, how.mainPathTerm());
        term(how.shortcutStep, how.shortcut, how.shortcutGain, how.shortcutTerm());
    }
    void operator()(const MeanTrace& how) {
        const double weight = 1.0 / how.count;
        for (int i = 0; i < int(how.cells.size()); ++i) {
            const double value = how.cells[std::size_t(i)];
            terms.push_back(
                {"cell", how.top + i / how.width, how.left + i % how.width, value, weight, value * weight});
        }
    }
    void operator()(const DenseTrace& how) {
        for (const FeatureTerm& term : how.features)
            terms.push_back(
                {"feature " + std::to_string(term.feature), {}, {}, term.value, term.weight, term.product()});
        terms.push_back({"bias", {}, {}, {}, {}, how.bias});
    }
    // The value is the exponential; over the denominator it is the probability.
    void operator()(const SoftmaxTrace& how) {
        for (const ClassTerm& term : how.classes)
            terms.push_back({classNames[std::size_t(term.index)],
                             {},
                             {},
                             term.exponential,
                             1.0 / how.denominator,
                             term.index == trace.channel ? trace.sum : 0.0});
    }
};

}  // namespace

std::vector<TraceTerm> traceTerms(const Trace& trace, const Graph& graph,
                                  std::span<const std::string> classNames) {
    Terms terms{trace, graph, classNames};
    std::visit(terms, trace.how);
    return std::move(terms.terms);
}

}  // namespace resnet

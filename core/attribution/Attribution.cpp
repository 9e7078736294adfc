#include "core/attribution/Attribution.h"

#include "core/Error.h"
#include "core/attribution/Quadrature.h"
#include "core/explain/ClassActivation.h"
#include "core/network/Initialization.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace resnet {

namespace {

struct NamedMethod {
    AttributionMethod method;
    std::string_view name;
};
constexpr std::array named{
    NamedMethod{AttributionMethod::GradCam, "gradcam"},
    NamedMethod{AttributionMethod::HiResCam, "hirescam"},
    NamedMethod{AttributionMethod::LayerCam, "layercam"},
    NamedMethod{AttributionMethod::Gradient, "gradient"},
    NamedMethod{AttributionMethod::InputTimesGradient, "input-x-gradient"},
    NamedMethod{AttributionMethod::Integrated, "integrated"},
    NamedMethod{AttributionMethod::SmoothGrad, "smoothgrad"},
    NamedMethod{AttributionMethod::Guided, "guided"},
};

constexpr auto methods = [] {
    std::array<AttributionMethod, named.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = named[i].method;
    return all;
}();

void check(const AttributionRequest& request, const Graph& graph) {
    const auto range = [](const char* what, auto value, auto low, auto high) {
        if (!(value >= low && value <= high))
            throw Error(std::string(what) + ": expected " + std::to_string(low) + " to " +
                        std::to_string(high) + ", found " + std::to_string(value));
    };
    range("nodes", request.nodes, 1, 200);
    range("samples", request.samples, 1, 1000);
    range("noise", request.noise, 0.0, 10.0);
    const FeatureShape& input = graph.outputShape(inputStep);
    if (request.baseline && request.baseline->shape() != input)
        throw Error("baseline: expected " + shapeText(input) + ", found " +
                    shapeText(request.baseline->shape()));
    if (request.step && (*request.step < 0 || *request.step > graph.logitsStep()))
        throw Error("step: expected a step of this network up to " + graph.stepName(graph.logitsStep()));
}

GradientTarget targetOf(const AttributionRequest& request, const Graph& graph) {
    return request.against ? scoreDifference(graph, request.classIndex, *request.against)
                           : scoreOf(graph, request.classIndex);
}

std::shared_ptr<FeatureMaps> zeros(const FeatureShape& shape) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    std::fill_n(maps->data(), maps->size(), 0.0f);
    return maps;
}

// Value of each cell by its channels' gradients and outputs.
template <class Cell>
FeatureMaps cellByCell(const FeatureMaps& gradient, const FeatureMaps& output, const Cell& valueOfCell) {
    FeatureMaps map({1, output.height(), output.width()});
    const std::size_t channels = std::size_t(output.channels());
    for (std::size_t cell = 0; cell < map.size(); ++cell) {
        double sum = 0.0;
        for (std::size_t c = 0; c < channels; ++c)
            sum += valueOfCell(gradient.data()[cell * channels + c], c) * output.data()[cell * channels + c];
        map.data()[cell] = float(sum);
    }
    return map;
}

FeatureMaps gradCam(const FeatureMaps& gradient, const FeatureMaps& output) {
    const std::size_t channels = std::size_t(gradient.channels());
    std::vector<double> means(channels);
    for (std::size_t i = 0; i < gradient.size(); ++i)
        means[i % channels] += double(gradient.data()[i]) / double(gradient.shape().pixels());
    return cellByCell(gradient, output, [&](float, std::size_t c) { return means[c]; });
}

// Passes over inputs near the run's own, one after the other.
class Passes {
public:
    Passes(Executor& forward, BackwardExecutor& backward, const Run& run, GradientTarget target,
           const std::stop_token& stop)
        : m_forward(&forward),
          m_backward(&backward),
          m_run(&run),
          m_target(std::move(target)),
          m_stop(stop) {}

    const GradientTarget& target() const { return m_target; }

    std::optional<Run> runOver(FeatureMapsPtr input) const {
        Run made = m_forward->start(std::move(input), m_run->edits());
        if (m_forward->run(made, m_target.step, m_stop) == RunOutcome::Cancelled)
            return std::nullopt;
        return made;
    }
    // Of one step alone; null when stopped.
    FeatureMapsPtr gradientOf(const Run& run, StepId step, ReluRule rule = ReluRule::Derivative) const {
        const auto found = m_backward->run(run, m_target, {rule, step, false}, m_stop);
        return found ? found->of(step) : nullptr;
    }
    FeatureMapsPtr gradientAt(FeatureMapsPtr input) const {
        const std::optional<Run> run = runOver(std::move(input));
        return run ? gradientOf(*run, inputStep) : nullptr;
    }

private:
    Executor* m_forward;
    BackwardExecutor* m_backward;
    const Run* m_run;
    GradientTarget m_target;
    std::stop_token m_stop;
};

std::optional<Attribution> integrated(const Passes& passes, const Run& run, const AttributionRequest& request,
                                      const AttributionObserver& observer) {
    const FeatureMaps& x = *run.input();
    const FeatureMapsPtr b = request.baseline ? request.baseline : zeros(x.shape());
    std::vector<double> total(x.size());
    const std::vector<QuadratureNode> nodes = gaussLegendre(request.nodes);
    for (std::size_t n = 0; n < nodes.size(); ++n) {
        auto between = std::make_shared<FeatureMaps>(x.shape());
        for (std::size_t i = 0; i < x.size(); ++i)
            between->data()[i] = float(b->data()[i] + nodes[n].at * (double(x.data()[i]) - b->data()[i]));
        const FeatureMapsPtr gradient = passes.gradientAt(std::move(between));
        if (!gradient)
            return std::nullopt;
        for (std::size_t i = 0; i < x.size(); ++i)
            total[i] += nodes[n].weight * gradient->data()[i];
        if (observer)
            observer(int(n) + 1, request.nodes);
    }
    const std::optional<Run> from = passes.runOver(b);
    if (!from)
        return std::nullopt;
    Attribution made{FeatureMaps(x.shape()), 0.0,
                     valueOf(passes.target(), run) - valueOf(passes.target(), *from)};
    for (std::size_t i = 0; i < x.size(); ++i)
        made.map.data()[i] = float(total[i] * (double(x.data()[i]) - b->data()[i]));
    return made;
}

std::optional<Attribution> smoothGrad(const Passes& passes, const Run& run, const AttributionRequest& request,
                                      const AttributionObserver& observer) {
    const FeatureMaps& x = *run.input();
    const auto [least, largest] = std::minmax_element(x.data(), x.data() + x.size());
    const double deviation = request.noise * (double(*largest) - *least);
    std::vector<double> total(x.size());
    Random random(request.seed);
    for (int sample = 0; sample < request.samples; ++sample) {
        auto noisy = std::make_shared<FeatureMaps>(x.shape());
        for (std::size_t i = 0; i < x.size(); ++i)  // 2^-54: never 0
            noisy->data()[i] = float(
                x.data()[i] + deviation * normalQuantile(random.uniform() * (1.0 - 0x1.0p-52) + 0x1.0p-54));
        const FeatureMapsPtr gradient = passes.gradientAt(std::move(noisy));
        if (!gradient)
            return std::nullopt;
        for (std::size_t i = 0; i < x.size(); ++i)
            total[i] += gradient->data()[i];
        if (observer)
            observer(sample + 1, request.samples);
    }
    Attribution made{FeatureMaps(x.shape()), 0.0, {}};
    for (std::size_t i = 0; i < x.size(); ++i)
        made.map.data()[i] = float(total[i] / request.samples);
    return made;
}

FeatureMaps copyOf(const FeatureMaps& maps) {
    FeatureMaps copy(maps.shape());
    std::copy_n(maps.data(), maps.size(), copy.data());
    return copy;
}

// Of what takes one way back: from a step's gradient and its output.
FeatureMaps mapOf(AttributionMethod method, const FeatureMaps& gradient, const FeatureMaps& output) {
    FeatureMaps map;
    switch (method) {
        case AttributionMethod::GradCam:
            return gradCam(gradient, output);
        case AttributionMethod::HiResCam:
            return cellByCell(gradient, output, [](float g, std::size_t) { return double(g); });
        case AttributionMethod::LayerCam:
            return cellByCell(gradient, output,
                              [](float g, std::size_t) { return std::max(double(g), 0.0); });
        case AttributionMethod::Gradient:
        case AttributionMethod::Guided:
            return copyOf(gradient);
        case AttributionMethod::InputTimesGradient:
            map = copyOf(gradient);
            for (std::size_t i = 0; i < map.size(); ++i)
                map.data()[i] *= output.data()[i];
            return map;
        case AttributionMethod::Integrated:
        case AttributionMethod::SmoothGrad:
            break;  // take many
    }
    return map;
}

std::optional<Attribution> single(const Passes& passes, const Run& run, const AttributionRequest& request) {
    const StepId step =
        !isOfStep(request.method) ? inputStep : request.step.value_or(lastMapStep(run.graph()));
    const FeatureMapsPtr gradient = passes.gradientOf(
        run, step, request.method == AttributionMethod::Guided ? ReluRule::Guided : ReluRule::Derivative);
    if (!gradient)
        return std::nullopt;
    return Attribution{mapOf(request.method, *gradient, *run.output(step)), 0.0, {}};
}

// The step that gives what stands at a place of a unit, before its gain.
StepId valueStep(const ResidualUnit& unit, UnitPlace place) {
    switch (place) {
        case UnitPlace::Output:
            break;
        case UnitPlace::Sum:
            return *unit.add;
        case UnitPlace::MainPath:
            return unit.branchOutput();
        case UnitPlace::Shortcut:
            return unit.shortcutOutput();
    }
    return unit.output;
}

float gainOf(const UnitEdit& edit, UnitPlace place) {
    return place == UnitPlace::MainPath   ? edit.mainPathGain
           : place == UnitPlace::Shortcut ? edit.shortcutGain
                                          : 1.0f;
}

// A gain of 0 is off, whatever the values.
void scale(FeatureMaps& map, float gain) {
    for (std::size_t i = 0; i < map.size(); ++i)
        map.data()[i] = gain == 0.0f ? 0.0f : map.data()[i] * gain;
}

}  // namespace

std::string_view name(AttributionMethod method) {
    return std::ranges::find(named, method, &NamedMethod::method)->name;
}

std::span<const AttributionMethod> attributionMethods() {
    return methods;
}

bool isOfStep(AttributionMethod method) {
    return method == AttributionMethod::GradCam || method == AttributionMethod::HiResCam ||
           method == AttributionMethod::LayerCam;
}

std::optional<Attribution> attribute(Executor& forward, BackwardExecutor& backward, const Run& run,
                                     const AttributionRequest& request, const std::stop_token& stop,
                                     const AttributionObserver& observer) {
    check(request, run.graph());
    const Passes passes(forward, backward, run, targetOf(request, run.graph()), stop);
    std::optional<Attribution> made =
        request.method == AttributionMethod::Integrated   ? integrated(passes, run, request, observer)
        : request.method == AttributionMethod::SmoothGrad ? smoothGrad(passes, run, request, observer)
                                                          : single(passes, run, request);
    if (made)
        for (std::size_t i = 0; i < made->map.size(); ++i)
            made->sum += made->map.data()[i];
    return made;
}

std::optional<std::vector<FeatureMaps>> attributeUnits(BackwardExecutor& backward, const Run& run,
                                                       const AttributionRequest& request,
                                                       const std::stop_token& stop, UnitPlace place) {
    assert(isOfStep(request.method));
    const Graph& graph = run.graph();
    check(request, graph);
    if (place != UnitPlace::Output && !graph.units().front().hasAddition())
        throw Error("the units of a plain network add nothing: there is no sum, and F(x) is the output");
    const auto gradientStep = [&](const ResidualUnit& unit) {
        return place == UnitPlace::Output ? unit.output : *unit.add;
    };
    const auto gradients =
        backward.run(run, targetOf(request, graph),
                     {ReluRule::Derivative, gradientStep(graph.units().front()), true}, stop);
    if (!gradients)
        return std::nullopt;
    std::vector<FeatureMaps> maps;
    for (const ResidualUnit& unit : graph.units()) {
        maps.push_back(
            mapOf(request.method, *gradients->of(gradientStep(unit)), *run.output(valueStep(unit, place))));
        scale(maps.back(), gainOf(run.edits().of(idOf(unit)), place));
    }
    return maps;
}

FeatureMaps channelSum(const FeatureMaps& map) {
    FeatureMaps sum({1, map.height(), map.width()});
    const std::size_t channels = std::size_t(map.channels());
    for (std::size_t cell = 0; cell < sum.size(); ++cell) {
        double total = 0.0;
        for (std::size_t c = 0; c < channels; ++c)
            total += map.data()[cell * channels + c];
        sum.data()[cell] = float(total);
    }
    return sum;
}

}  // namespace resnet

#include "core/experiments/DifferenceCauses.h"

#include "core/experiments/FoldedLayers.h"
#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"
#include "core/model/ModelInput.h"
#include "core/tensor/NumberText.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace resnet {

namespace {

// One thing by which the two differ.
struct Cause {
    std::string name;
    std::function<void(Model& b)> giveAsInA;
};

std::string numbersText(const std::array<float, 3>& values) {
    std::string text;
    for (const float value : values)
        text += (text.empty() ? "" : ", ") + numberText(value);
    return text;
}

std::array<float, 3> reversed(const std::array<float, 3>& values) {
    return {values[2], values[1], values[0]};
}

// Mean and standard deviation as the other order lists them.
Preprocessing inOrder(Preprocessing preprocessing, ChannelOrder order) {
    if (preprocessing.channelOrder != order) {
        preprocessing.channelOrder = order;
        preprocessing.mean = reversed(preprocessing.mean);
        preprocessing.deviation = reversed(preprocessing.deviation);
    }
    return preprocessing;
}

std::string inBoth(const std::string& what, const std::string& a, const std::string& b) {
    return what + " (" + a + " in A, " + b + " in B)";
}

class CauseFinder {
public:
    CauseFinder(const Model& a, const Model& b) : m_a(a), m_b(b) {}

    std::vector<Cause> find() {
        findOfSpec();
        findOfPreprocessing();
        findOfWeights();
        return std::move(m_causes);
    }

private:
    void add(const std::string& name, std::function<void(Model&)> giveAsInA) {
        m_causes.push_back({name, std::move(giveAsInA)});
    }

    void findOfSpec() {
        const NetworkSpec& a = m_a.graph().spec();
        const NetworkSpec& b = m_b.graph().spec();
        const auto addChange = [&](const std::string& name, const std::function<void(NetworkSpec&)>& change) {
            add(name, [change](Model& model) {
                NetworkSpec spec = model.network->spec();
                change(spec);
                model.network = std::make_shared<const Network>(model.network->withSpec(std::move(spec)));
            });
        };
        if (a.padding != b.padding)
            addChange(inBoth("padding", std::string(name(a.padding)), std::string(name(b.padding))),
                      [padding = a.padding](NetworkSpec& spec) { spec.padding = padding; });
        if (a.batchNormEpsilon != b.batchNormEpsilon)
            addChange(inBoth("epsilon", numberText(a.batchNormEpsilon), numberText(b.batchNormEpsilon)),
                      [epsilon = a.batchNormEpsilon](NetworkSpec& spec) { spec.batchNormEpsilon = epsilon; });
        if (a.inputShape() != b.inputShape())
            addChange(inBoth("input size", shapeText(a.inputShape()), shapeText(b.inputShape())),
                      [height = a.inputHeight, width = a.inputWidth](NetworkSpec& spec) {
                          spec.inputHeight = height;
                          spec.inputWidth = width;
                      });
    }

    void findOfPreprocessing() {
        const Preprocessing& a = m_a.preprocessing;
        const Preprocessing& b = m_b.preprocessing;
        const auto orderName = [](ChannelOrder order) {
            return std::string(order == ChannelOrder::RGB ? "RGB" : "BGR");
        };
        if (a.channelOrder != b.channelOrder)
            add(inBoth("order of colours", orderName(a.channelOrder), orderName(b.channelOrder)),
                [order = a.channelOrder](Model& model) {
                    model.preprocessing = inOrder(model.preprocessing, order);
                });
        const Preprocessing ordered = inOrder(a, b.channelOrder);
        if (ordered.scale != b.scale || ordered.mean != b.mean || ordered.deviation != b.deviation)
            add(inBoth("mean and standard deviation of pixels",
                       numbersText(a.mean) + "; " + numbersText(a.deviation),
                       numbersText(b.mean) + "; " + numbersText(b.deviation)),
                [a](Model& model) {
                    const Preprocessing given = inOrder(a, model.preprocessing.channelOrder);
                    model.preprocessing.scale = given.scale;
                    model.preprocessing.mean = given.mean;
                    model.preprocessing.deviation = given.deviation;
                });
        const auto sideOf = [](const Model& model) {
            const NetworkSpec& spec = model.graph().spec();
            return model.preprocessing.shorterSide == 0 ? std::min(spec.inputHeight, spec.inputWidth)
                                                        : model.preprocessing.shorterSide;
        };
        if (sideOf(m_a) != sideOf(m_b))
            add(inBoth("resize", "shorter side " + std::to_string(sideOf(m_a)), std::to_string(sideOf(m_b))),
                [side = a.shorterSide](Model& model) { model.preprocessing.shorterSide = side; });
    }

    const Tensor& ofA(const std::string& name) const { return m_a.network->parameters().at(name); }
    const Tensor& ofB(const std::string& name) const { return m_b.network->parameters().at(name); }

    void addWeights(const std::string& name, const std::vector<std::string>& tensors) {
        add(name, [tensors, given = m_a.network](Model& model) {
            StateDict parameters = model.network->parameters();
            for (const std::string& tensor : tensors)
                parameters.at(tensor) = given->parameters().at(tensor);
            model.network = std::make_shared<const Network>(model.network->spec(), std::move(parameters));
        });
    }

    // "layer3.2", "the stem" or "the head".
    std::string partOf(StepId step) const {
        const ResidualUnit* unit = m_a.graph().unitOf(step);
        return unit ? unit->name : m_a.graph().step(step).way == Way::Stem ? "the stem" : "the head";
    }

    void findOfWeights() {
        std::vector<ParameterInfo> differing;
        double largest = 0.0;
        for (const ParameterInfo& each : parametersOf(m_a.graph()))
            if (ofA(each.name) != ofB(each.name)) {
                differing.push_back(each);
                largest = std::max(largest, relativeDifference(ofA(each.name), ofB(each.name)));
            }
        if (differing.empty())
            return;
        const auto namesOf = [](const std::vector<ParameterInfo>& infos) {
            std::vector<std::string> names;
            for (const ParameterInfo& each : infos)
                names.push_back(each.name);
            return names;
        };
        if (largest < halfPrecision)
            return addWeights("rounding of the weights, as to float16", namesOf(differing));
        takeFoldedOnes(differing);
        takeReversedChannels(differing);
        std::vector<std::pair<std::string, std::vector<std::string>>> parts;
        for (const ParameterInfo& each : differing) {
            const std::string part = partOf(each.step);
            if (parts.empty() || parts.back().first != part)
                parts.emplace_back(part, std::vector<std::string>{});
            parts.back().second.push_back(each.name);
        }
        constexpr std::size_t mostNamed = 3;
        if (parts.size() <= mostNamed)
            for (const auto& [part, tensors] : parts)
                addWeights("the weights of " + part, tensors);
        else
            addWeights("the weights of " + std::to_string(parts.size()) + " parts, from " +
                           parts.front().first + " to " + parts.back().first,
                       namesOf(differing));
    }

    // Convolutions that have taken over their batch norms do the same with other numbers.
    void takeFoldedOnes(std::vector<ParameterInfo>& differing) {
        std::vector<std::string> folded;
        for (const Step& step : m_a.graph().steps()) {
            const auto norm = step.kind == StepKind::Convolution
                                  ? m_a.graph().consumerOf(step.id, StepKind::BatchNorm)
                                  : std::nullopt;
            if (!norm)
                continue;
            const auto isOfPair = [&](const ParameterInfo& each) {
                return each.step == step.id || each.step == *norm;
            };
            if (std::ranges::none_of(differing, isOfPair) ||
                relativeDifference(foldedLayer(*m_a.network, step.id, *norm),
                                   foldedLayer(*m_b.network, step.id, *norm)) > halfPrecision)
                continue;
            for (const ParameterInfo& each : differing)
                if (isOfPair(each))
                    folded.push_back(each.name);
            std::erase_if(differing, isOfPair);
        }
        if (!folded.empty())
            addWeights("batch norms folded into their convolutions, which then do the same", folded);
    }

    void takeReversedChannels(std::vector<ParameterInfo>& differing) {
        const auto first = std::ranges::find_if(differing, [&](const ParameterInfo& each) {
            return each.shape.size() == 4 && each.shape[1] == 3 &&
                   m_a.graph().step(each.step).inputs.front() == inputStep;
        });
        if (first == differing.end())
            return;
        Tensor reversed = ofB(first->name);
        const std::size_t plane = std::size_t(first->shape[2] * first->shape[3]);
        for (std::size_t o = 0; o < std::size_t(first->shape[0]); ++o)
            std::swap_ranges(reversed.values.begin() + std::ptrdiff_t(o * 3 * plane),
                             reversed.values.begin() + std::ptrdiff_t((o * 3 + 1) * plane),
                             reversed.values.begin() + std::ptrdiff_t((o * 3 + 2) * plane));
        if (relativeDifference(ofA(first->name), reversed) > halfPrecision)
            return;
        addWeights("the first convolution's channels in reverse order (weights for RGB against BGR)",
                   {first->name});
        differing.erase(first);
    }

    static constexpr double halfPrecision = 1e-3;  // what rounding to float16 may change, relative

    const Model& m_a;
    const Model& m_b;
    std::vector<Cause> m_causes;
};

bool haveOneShape(const Graph& a, const Graph& b) {
    const auto sameParameters = [](const ParameterInfo& one, const ParameterInfo& other) {
        return one.name == other.name && one.shape == other.shape;
    };
    return a.spec().shortcut == b.spec().shortcut && a.stepCount() == b.stepCount() &&
           std::ranges::equal(parametersOf(a), parametersOf(b), sameParameters);
}

// Whether nothing is left of the difference once b has these things as a has them.
class Trials {
public:
    Trials(const Run& a, const Model& b, const Image& image, double tolerance, const EngineOptions& options,
           const std::stop_token& stop)
        : m_a(a), m_b(b), m_image(image), m_tolerance(tolerance), m_options(options), m_stop(stop) {}

    bool explain(const std::vector<Cause>& causes) const {
        Model changed = m_b;
        for (const Cause& cause : causes)
            cause.giveAsInA(changed);
        const std::optional<Run> run = runOn(changed, m_image, m_options, m_stop);
        return run && !compared(m_a, *run).first(m_tolerance);
    }

private:
    const Run& m_a;
    const Model& m_b;
    const Image& m_image;
    double m_tolerance;
    EngineOptions m_options;
    std::stop_token m_stop;
};

}  // namespace

std::optional<Run> runOn(const Model& model, const Image& image, const EngineOptions& options,
                         const std::stop_token& stop) {
    Executor executor(std::make_shared<const PackedNetwork>(model.network, options));
    Run run = executor.start(inputOf(model, image));
    return executor.run(run, stop) == RunOutcome::Finished ? std::optional(run) : std::nullopt;
}

std::optional<std::string> causeOfDifference(const ModelPtr& a, const ModelPtr& b, const Image& image,
                                             double tolerance, const EngineOptions& options,
                                             const std::stop_token& stop) {
    if (!haveOneShape(a->graph(), b->graph()))
        return std::nullopt;
    const std::optional<Run> ofA = runOn(*a, image, options, stop);
    if (!ofA)
        return std::nullopt;
    std::vector<Cause> causes = CauseFinder(*a, *b).find();
    const Trials trials(*ofA, *b, image, tolerance, options, stop);
    for (const Cause& each : causes)
        if (trials.explain({each}))
            return each.name;
    if (!trials.explain(causes))
        return std::nullopt;
    for (std::size_t i = 0; i < causes.size();) {
        std::vector<Cause> fewer = causes;
        fewer.erase(fewer.begin() + std::ptrdiff_t(i));
        if (trials.explain(fewer))
            causes = std::move(fewer);
        else
            ++i;
    }
    std::string text;
    for (const Cause& each : causes)
        text += (text.empty() ? "" : "; ") + each.name;
    return stop.stop_requested() ? std::nullopt : std::optional("together: " + text);
}

}  // namespace resnet

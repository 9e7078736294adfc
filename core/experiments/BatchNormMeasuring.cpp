#include "core/experiments/BatchNormMeasuring.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/StepRunner.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace resnet {

namespace {

struct Statistics {
    std::vector<double> mean;
    std::vector<double> variance;  // biased
    double count = 0.0;            // values per channel
};

// Picture after picture and cell after cell, in double precision: the same whatever the number of threads.
Statistics statisticsOf(std::span<const FeatureMapsPtr> maps) {
    const std::size_t channels = std::size_t(maps.front()->channels());
    const std::size_t cells = maps.front()->size() / channels;
    Statistics of{std::vector<double>(channels), std::vector<double>(channels),
                  double(cells) * double(maps.size())};
    const auto overAll = [&](const auto& use) {
        for (const FeatureMapsPtr& each : maps)
            for (std::size_t cell = 0; cell < cells; ++cell)
                for (std::size_t c = 0; c < channels; ++c)
                    use(c, double(each->data()[cell * channels + c]));
    };
    overAll([&](std::size_t c, double value) { of.mean[c] += value; });
    for (double& mean : of.mean)
        mean /= of.count;
    overAll(
        [&](std::size_t c, double value) { of.variance[c] += (value - of.mean[c]) * (value - of.mean[c]); });
    for (double& variance : of.variance)
        variance /= of.count;
    return of;
}

std::vector<float> asFloats(const std::vector<double>& values, double times = 1.0) {
    std::vector<float> floats;
    for (const double value : values)
        floats.push_back(float(value * times));
    return floats;
}

// Takes all pictures through the network side by side, a step at a time.
class Measuring {
public:
    Measuring(std::shared_ptr<const PackedNetwork> packed, const Edits& edits,
              std::span<const FeatureMapsPtr> pictures)
        : m_packed(std::move(packed)),
          m_edits(edits),
          m_pictures(pictures),
          m_outputs(std::size_t(graph().stepCount())),
          m_arena(m_packed->options().threads),
          m_scratch(m_packed->scratchSize(1, m_arena.threads())),
          m_parameters(ownParameters(*m_packed->network())) {}

    // False when stopped.
    bool run(const std::stop_token& stop) {
        StepId last = inputStep;  // behind the last batch norm nothing is left to measure
        for (const Step& step : graph().steps())
            if (step.kind == StepKind::BatchNorm)
                last = step.id;
        for (const Step& step : graph().steps()) {
            if (step.id > last)
                break;
            compute(step, stop);
            if (stop.stop_requested())
                return false;
            forgetWhatIsRead(step.id);
        }
        return true;
    }

    StateDict takeParameters() { return std::move(m_parameters); }

private:
    using Batch = std::vector<FeatureMapsPtr>;  // by picture

    const Graph& graph() const { return m_packed->graph(); }

    static StateDict ownParameters(const Network& network) {
        StateDict parameters;
        for (const ParameterInfo& each : parametersOf(network.graph())) {
            const std::string suffix = each.name.substr(each.name.rfind('.') + 1);
            parameters.emplace(each.name, network.parameter(each.step, suffix));
        }
        return parameters;
    }

    const FeatureMaps& output(StepId step, std::size_t picture) const {
        return step == inputStep ? *m_pictures[picture] : *m_outputs[std::size_t(step)][picture];
    }

    void compute(const Step& step, const std::stop_token& stop) {
        Batch made;
        if (step.kind == StepKind::BatchNorm) {
            made = normalised(step, stop);
        } else {
            const UnitEdit& edit = m_edits.of({step.stage, step.unit});
            const kernels::Gains gains{edit.mainPathGain, edit.shortcutGain};
            for (std::size_t i = 0; i < m_pictures.size() && !stop.stop_requested(); ++i) {
                auto maps = std::make_shared<FeatureMaps>(step.output);
                m_arena.execute([&] {
                    StepRunner(*m_packed, m_arena.threads())
                        .runStep(step, output(step.inputs.front(), i), output(step.inputs.back(), i), gains,
                                 *maps, m_scratch.data(), stop);
                });
                made.push_back(std::move(maps));
            }
        }
        m_outputs[std::size_t(step.id)] = std::move(made);
    }

    // Keeps the statistics, and normalises with them.
    Batch normalised(const Step& step, const std::stop_token& stop) {
        Batch inputs;
        for (std::size_t i = 0; i < m_pictures.size(); ++i) {
            const StepId from = step.inputs.front();
            inputs.push_back(from == inputStep ? m_pictures[i] : m_outputs[std::size_t(from)][i]);
        }
        const Statistics statistics = statisticsOf(inputs);
        const std::vector<float> mean = asFloats(statistics.mean);
        const Network& network = *m_packed->network();
        const FoldedBatchNorm folded(network.channelValues(step.id, "weight"),
                                     network.channelValues(step.id, "bias"), mean,
                                     asFloats(statistics.variance), graph().epsilonOf(step.id));
        m_parameters.at(step.name + ".running_mean").values = mean;
        m_parameters.at(step.name + ".running_var").values =
            asFloats(statistics.variance, statistics.count / std::max(statistics.count - 1.0, 1.0));
        Batch made;
        for (const FeatureMapsPtr& input : inputs) {
            auto maps = std::make_shared<FeatureMaps>(step.output);
            m_arena.execute([&] { batchNorm(*input, folded, *maps, m_packed->kernels(), stop); });
            made.push_back(std::move(maps));
        }
        return made;
    }

    // The outputs that no later step reads any more.
    void forgetWhatIsRead(StepId done) {
        for (const StepId input : graph().step(done).inputs)
            if (input != inputStep && graph().consumersOf(input).back() <= done)
                m_outputs[std::size_t(input)].clear();
    }

    std::shared_ptr<const PackedNetwork> m_packed;  // with the edits' weights
    const Edits& m_edits;
    std::span<const FeatureMapsPtr> m_pictures;
    std::vector<Batch> m_outputs;  // by step
    Arena m_arena;
    AlignedBuffer m_scratch;
    StateDict m_parameters;
};

}  // namespace

int mostMeasuredPictures(const Graph& graph) {
    constexpr double budget = 1e9;  // bytes
    constexpr double heldMaps = 3;  // what a step reads, what it makes, and x for the shortcut
    std::size_t largest = 0;
    for (const Step& step : graph.steps())
        largest = std::max(largest, step.output.size());
    return std::max(fewestMeasuredPictures, int(budget / (heldMaps * double(largest) * sizeof(float))));
}

std::optional<MeasuredNetwork> withMeasuredBatchNorm(const std::shared_ptr<const PackedNetwork>& packed,
                                                     const Edits& edits,
                                                     std::span<const FeatureMapsPtr> pictures,
                                                     const std::stop_token& stop) {
    const int most = mostMeasuredPictures(packed->graph());
    if (int(pictures.size()) < fewestMeasuredPictures || int(pictures.size()) > most)
        throw Error("batch norm: expected " + std::to_string(fewestMeasuredPictures) + " to " +
                    std::to_string(most) + " pictures to measure it over, found " +
                    std::to_string(pictures.size()));
    const FeatureShape& shape = packed->graph().outputShape(inputStep);
    for (const FeatureMapsPtr& picture : pictures)
        if (!picture || picture->shape() != shape)
            throw Error("input: expected " + shapeText(shape) + ", found " +
                        (picture ? shapeText(picture->shape()) : "nothing"));
    validate(edits, packed->graph());
    const auto edited =
        edits.changesWeights()
            ? packedWith(packed, std::make_shared<const Network>(packed->network()->with(edits)))
            : packed;
    Measuring measuring(edited, edits, pictures);
    if (!measuring.run(stop))
        return std::nullopt;
    MeasuredNetwork measured;
    measured.network = std::make_shared<const Network>(packed->graph(), measuring.takeParameters());
    for (const auto& [unit, edit] : edits.units())
        measured.gains.set(unit, {edit.mainPathGain, edit.shortcutGain, {}});
    return measured;
}

}  // namespace resnet

#include "core/explain/ClassActivation.h"

#include "core/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace resnet {
namespace {

// A row of the dense layer, or the difference of two.
struct Direction {
    std::vector<double> weights;
    double bias = 0.0;
};

void check(const Run& run, int classIndex) {
    const int classes = run.graph().spec().classes;
    if (classIndex < 0 || classIndex >= classes)
        throw Error("class: expected 0 to " + std::to_string(classes - 1) + ", found " +
                    std::to_string(classIndex));
    if (!isActivationExact(run.graph()))
        throw Error(
            "class activation: expected one dense layer right behind a global average pool, which this network "
            "does not end with");
    const StepId last = lastMapStep(run.graph());
    if (!run.has(last))
        throw Error(run.graph().stepName(last) + " is not computed yet");
}

Direction directionOf(const Run& run, int classIndex, std::optional<int> over) {
    check(run, classIndex);
    const Network& network = *run.editedNetwork();
    const StepId dense = network.graph().logitsStep();
    const std::vector<float> bias = network.channelValues(dense, "bias");
    const std::size_t features = std::size_t(network.graph().step(dense).input.channels);
    const float* matrix = network.parameter(dense, "weight").values.data();
    const float* row = matrix + features * std::size_t(classIndex);
    Direction direction{{row, row + features}, bias[std::size_t(classIndex)]};
    if (over) {
        check(run, *over);
        const float* other = matrix + features * std::size_t(*over);
        for (std::size_t f = 0; f < features; ++f)
            direction.weights[f] -= other[f];
        direction.bias -= bias[std::size_t(*over)];
    }
    return direction;
}

}  // namespace

int topClass(const FeatureMaps& scores) {
    return int(std::max_element(scores.data(), scores.data() + scores.size()) - scores.data());
}

StepId lastMapStep(const Graph& graph) {
    for (StepId id = graph.logitsStep(); id > 0; --id)
        if (!graph.step(id).input.isVector())
            return graph.step(id).inputs.front();
    return graph.units().back().last();
}

bool isActivationExact(const Graph& graph) {
    const Step& dense = graph.step(graph.logitsStep());
    return dense.kind == StepKind::Dense &&
           graph.step(dense.inputs.front()).kind == StepKind::GlobalAveragePool;
}

ClassActivation classActivation(const Run& run, int classIndex, std::optional<int> over) {
    const Direction direction = directionOf(run, classIndex, over);
    const FeatureMaps& maps = *run.output(lastMapStep(run.graph()));
    const FeatureShape shape{1, maps.height(), maps.width()};
    ClassActivation result{FeatureMaps(shape), FeatureMaps(shape), FeatureMaps(shape), direction.bias,
                           direction.bias};
    const double cells = double(shape.pixels());
    const float* values = maps.data();
    for (std::size_t pixel = 0; pixel < shape.pixels(); ++pixel) {
        double positive = 0.0;
        double negative = 0.0;
        for (const double weight : direction.weights) {
            const double product = weight * *values++;
            (product < 0.0 ? negative : positive) += product;
        }
        result.evidence.data()[pixel] = float((positive + negative) / cells);
        result.positive.data()[pixel] = float(positive / cells);
        result.negative.data()[pixel] = float(negative / cells);
        result.logit += (positive + negative) / cells;
    }
    return result;
}

std::vector<FeatureContribution> featureContributions(const Run& run, int classIndex,
                                                      std::optional<int> over) {
    const Direction direction = directionOf(run, classIndex, over);
    const FeatureMaps& maps = *run.output(lastMapStep(run.graph()));
    std::vector<FeatureContribution> contributions(direction.weights.size());
    for (std::size_t f = 0; f < contributions.size(); ++f)
        contributions[f] = {int(f), 0.0, direction.weights[f]};
    const float* values = maps.data();
    for (std::size_t pixel = 0; pixel < maps.shape().pixels(); ++pixel)
        for (FeatureContribution& each : contributions)
            each.mean += *values++;
    for (FeatureContribution& each : contributions)
        each.mean /= double(maps.shape().pixels());
    // NaN before all, since it spoils the logit.
    std::ranges::stable_sort(contributions, [](const FeatureContribution& a, const FeatureContribution& b) {
        const double x = a.contribution();
        const double y = b.contribution();
        return std::isnan(x) || std::isnan(y) ? std::isnan(x) && !std::isnan(y) : x > y;
    });
    return contributions;
}

namespace {

// The two cells that a pixel lies between, and how far it is from the first to the second.
struct Between {
    int first = 0;
    int second = 0;
    float share = 0.0f;
};

Between between(int pixel, int pixels, int cells) {
    const double position = std::clamp((pixel + 0.5) * cells / pixels - 0.5, 0.0, double(cells - 1));
    const int first = int(position);
    return {first, std::min(first + 1, cells - 1), float(position - first)};
}

}  // namespace

FeatureMaps enlarged(const FeatureMaps& map, int height, int width) {
    FeatureMaps result({1, height, width});
    for (int y = 0; y < height; ++y) {
        const Between rows = between(y, height, map.height());
        for (int x = 0; x < width; ++x) {
            const Between columns = between(x, width, map.width());
            const auto along = [&](int row) {
                return std::lerp(map.at(0, row, columns.first), map.at(0, row, columns.second),
                                 columns.share);
            };
            result.at(0, y, x) = std::lerp(along(rows.first), along(rows.second), rows.share);
        }
    }
    return result;
}

}  // namespace resnet

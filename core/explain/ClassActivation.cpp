#include "core/explain/ClassActivation.h"

#include "core/Error.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <string>

namespace resnet {
namespace {

// Cells x features, or classes x features.
using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const Rows> rowsOf(const FeatureMaps& maps) {
    return {maps.data(), Eigen::Index(maps.shape().pixels()), maps.channels()};
}

// A row of the dense layer, or the difference of two.
struct Direction {
    Eigen::RowVectorXd weights;
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
    const Step& dense = network.graph().step(network.graph().logitsStep());
    const std::vector<float> bias = network.channelValues(dense.id, "bias");
    const Eigen::Map<const Rows> matrix(network.parameter(dense.id, "weight").values.data(),
                                        dense.output.channels, dense.input.channels);
    Direction direction{matrix.row(classIndex).cast<double>(), bias[std::size_t(classIndex)]};
    if (over) {
        check(run, *over);
        direction.weights -= matrix.row(*over).cast<double>();
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
    const auto cells = Eigen::Index(shape.pixels());
    const Eigen::ArrayXXd products =
        rowsOf(maps).cast<double>().array().rowwise() * direction.weights.array();
    const Eigen::ArrayXd positive = (products < 0.0).select(0.0, products).rowwise().sum() / double(cells);
    const Eigen::ArrayXd negative = (products < 0.0).select(products, 0.0).rowwise().sum() / double(cells);
    Eigen::Map<Eigen::ArrayXf>(result.evidence.data(), cells) = (positive + negative).cast<float>();
    Eigen::Map<Eigen::ArrayXf>(result.positive.data(), cells) = positive.cast<float>();
    Eigen::Map<Eigen::ArrayXf>(result.negative.data(), cells) = negative.cast<float>();
    result.logit += (positive + negative).sum();
    return result;
}

std::vector<FeatureContribution> featureContributions(const Run& run, int classIndex,
                                                      std::optional<int> over) {
    const Direction direction = directionOf(run, classIndex, over);
    const Eigen::RowVectorXd means =
        rowsOf(*run.output(lastMapStep(run.graph()))).cast<double>().colwise().mean();
    std::vector<FeatureContribution> contributions;
    for (int f = 0; f < int(means.size()); ++f)
        contributions.push_back({f, means[f], direction.weights[f]});
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

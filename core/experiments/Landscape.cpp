#include "core/experiments/Landscape.h"

#include "core/Error.h"
#include "core/network/Initialization.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace resnet {

namespace {

constexpr std::size_t batchSize = 64;

bool moves(const ParameterInfo& parameter) {
    return parameter.shape.size() >= 2;
}

double normOf(std::span<const float> values) {
    double sum = 0.0;
    for (const float value : values)
        sum += double(value) * value;
    return std::sqrt(sum);
}

}  // namespace

Direction filterNormalised(Direction direction, const Network& network) {
    for (const ParameterInfo& each : parametersOf(network.graph())) {
        if (!moves(each))
            continue;
        const auto found = direction.find(each.name);
        if (found == direction.end() || found->second.shape != each.shape)
            throw Error(each.name + ": expected a direction of " + shapeText(each.shape) + ", found " +
                        (found == direction.end() ? "nothing" : shapeText(found->second.shape)));
        const std::vector<float>& own = network.parameters().at(each.name).values;
        std::vector<float>& values = found->second.values;
        const std::size_t size = own.size() / std::size_t(each.shape.front());
        for (std::size_t first = 0; first < own.size(); first += size) {
            const std::span<float> filter = std::span(values).subspan(first, size);
            const double norm = normOf(filter);
            const double scale = norm > 0.0 ? normOf(std::span(own).subspan(first, size)) / norm : 0.0;
            for (float& value : filter)
                value = float(value * scale);
        }
    }
    return direction;
}

Direction randomDirection(const Network& network, std::uint64_t seed, const std::stop_token& stop) {
    Direction direction;
    Random random(seed);
    for (const ParameterInfo& each : parametersOf(network.graph())) {
        if (!moves(each))
            continue;
        if (stop.stop_requested())
            return {};
        Tensor tensor{each.shape, std::vector<float>(std::size_t(elementCount(each.shape)))};
        for (float& value : tensor.values) {
            double uniform = random.uniform();
            while (uniform == 0.0)
                uniform = random.uniform();
            value = float(normalQuantile(uniform));
        }
        direction.emplace(each.name, std::move(tensor));
    }
    return filterNormalised(std::move(direction), network);
}

Network movedNetwork(const Network& network, const Direction& first, const Direction& second, double x,
                     double y) {
    if (x == 0.0 && y == 0.0)
        return network;
    StateDict moved = network.parameters();
    const auto add = [&](const Direction& direction, float by) {
        if (by == 0.0f)
            return;
        for (const auto& [name, tensor] : direction) {
            std::vector<float>& values = moved.at(name).values;
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] += by * tensor.values[i];
        }
    };
    add(first, float(x));
    add(second, float(y));
    return {network.graph(), std::move(moved)};
}

std::vector<double> Landscape::axisFor(const LandscapeRequest& request) {
    std::vector<double> axis;
    const int half = request.grid / 2;
    for (int i = -half; i <= half; ++i)
        axis.push_back(request.span * i / half);
    return axis;
}

LandscapeMeter::LandscapeMeter(std::shared_ptr<const Network> network, std::vector<LabelledInput> pictures,
                               const EngineOptions& options)
    : m_network(std::move(network)), m_pictures(std::move(pictures)), m_options(options) {
    if (m_pictures.empty())
        throw Error("landscape: expected at least one picture, found none");
    const int classes = m_network->spec().classes;
    for (const LabelledInput& each : m_pictures) {
        if (each.expected && (*each.expected < 0 || *each.expected >= classes))
            throw Error("class: expected 0 to " + std::to_string(classes - 1) + ", found " +
                        std::to_string(*each.expected));
        m_isDivergence = m_isDivergence || !each.expected;
    }
}

// Empty when stopped.
LandscapeMeter::Logits LandscapeMeter::logitsOf(std::shared_ptr<const Network> network,
                                                const std::stop_token& stop) const {
    const int batch = int(std::min(m_pictures.size(), batchSize));
    FusedExecutor executor(std::make_shared<const PackedNetwork>(std::move(network), m_options), batch);
    Logits logits;
    std::vector<FeatureMapsPtr> inputs;
    for (std::size_t first = 0; first < m_pictures.size(); first += batchSize) {
        inputs.clear();
        for (std::size_t i = first; i < std::min(first + batchSize, m_pictures.size()); ++i)
            inputs.push_back(m_pictures[i].input);
        if (executor.run(inputs, stop) == RunOutcome::Cancelled)
            return {};
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const std::span<const float> of = executor.logits(int(i));
            logits.emplace_back(of.begin(), of.end());
        }
    }
    return logits;
}

LandscapePoint LandscapeMeter::pointOf(const Logits& logits) const {
    LandscapePoint point;
    const auto topOf = [](const std::vector<float>& of) {
        return int(std::ranges::max_element(of) - of.begin());
    };
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const int right = m_isDivergence ? topOf(m_own[i]) : *m_pictures[i].expected;
        point.loss += m_isDivergence ? divergence(m_own[i], logits[i]) : crossEntropy(logits[i], right);
        point.accuracy += topOf(logits[i]) == right ? 1.0 : 0.0;
    }
    point.loss /= double(logits.size());
    point.accuracy /= double(logits.size());
    return point;
}

std::optional<LandscapePoint> LandscapeMeter::at(const Direction& first, const Direction& second, double x,
                                                 double y, const std::stop_token& stop) {
    if (m_isDivergence && m_own.empty()) {
        m_own = logitsOf(m_network, stop);
        if (m_own.empty())
            return std::nullopt;
    }
    const Logits logits =
        logitsOf(std::make_shared<const Network>(movedNetwork(*m_network, first, second, x, y)), stop);
    return logits.empty() ? std::nullopt : std::optional(pointOf(logits));
}

std::optional<Landscape> landscape(LandscapeMeter& meter, const Direction& first, const Direction& second,
                                   const LandscapeRequest& request, const std::stop_token& stop,
                                   const TrialObserver& observer) {
    if (request.grid < 3 || request.grid > 201 || request.grid % 2 == 0)
        throw Error("grid: expected an odd number from 3 to 201, found " + std::to_string(request.grid));
    if (!(request.span > 0.0 && request.span <= 100.0))
        throw Error("span: expected a number above 0 and at most 100, found " + std::to_string(request.span));
    Landscape made{Landscape::axisFor(request), {}, {}, meter.isDivergence()};
    const std::size_t side = made.axis.size();
    made.points.assign(side, std::vector<LandscapePoint>(side));
    int done = 0;
    const auto measure = [&](std::size_t row, std::size_t column) {
        const auto point = meter.at(first, second, made.axis[column], made.axis[row], stop);
        if (!point)
            return false;
        made.points[row][column] = *point;
        if (observer)
            observer(++done, int(side * side));
        return true;
    };
    if (!measure(side / 2, side / 2))
        return std::nullopt;
    made.centre = made.points[side / 2][side / 2];
    for (std::size_t row = 0; row < side; ++row)
        for (std::size_t column = 0; column < side; ++column)
            if ((row != side / 2 || column != side / 2) && !measure(row, column))
                return std::nullopt;
    return made;
}

}  // namespace resnet

#include "core/attribution/Trust.h"

#include "core/attribution/Similarity.h"
#include "core/explain/ClassActivation.h"
#include "core/inference/FusedExecutor.h"
#include "core/network/Initialization.h"
#include "core/tensor/FreedMemory.h"

#include <algorithm>
#include <numeric>

namespace resnet {

namespace {

FeatureMaps shown(const Attribution& of, const FeatureShape& input) {
    return enlarged(channelSum(of.map), input.height, input.width);
}

constexpr double blurOfInsertion = 10.0;  // pixels

// Which part of the picture a block covers.
struct Block {
    int top, left, bottom, right;
};

std::vector<Block> blocksOf(const FeatureShape& input, int side) {
    std::vector<Block> blocks;
    for (int top = 0; top < input.height; top += side)
        for (int left = 0; left < input.width; left += side)
            blocks.push_back(
                {top, left, std::min(top + side, input.height), std::min(left + side, input.width)});
    return blocks;
}

double sumOver(const FeatureMaps& map, const Block& block) {
    double sum = 0.0;
    for (int y = block.top; y < block.bottom; ++y)
        for (int x = block.left; x < block.right; ++x)
            sum += map.at(0, y, x);
    return sum;
}

std::vector<std::size_t> shuffled(std::size_t count, Random& random) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    for (std::size_t i = count; i > 1; --i)
        std::swap(order[i - 1], order[std::size_t(random.uniform() * double(i))]);
    return order;
}

// Runs pictures that begin as one and become another, block by block.
class Walk {
public:
    Walk(const std::shared_ptr<const PackedNetwork>& packed, const Run& run, const CurveRequest& request,
         const std::stop_token& stop)
        : m_executor(packed),
          m_edits(run.edits()),
          m_request(request),
          m_stop(stop),
          m_blocks(blocksOf(run.input()->shape(), request.block)) {}

    const std::vector<Block>& blocks() const { return m_blocks; }

    // How many blocks have changed at a point.
    std::size_t changedAt(int point) const {
        return m_blocks.size() * std::size_t(point) / std::size_t(m_request.points - 1);
    }

    // The class's probability at each point; empty when stopped.
    std::vector<double> along(const std::vector<std::size_t>& order, const FeatureMaps& from,
                              const FeatureMaps& to) {
        std::vector<double> found;
        auto picture = std::make_shared<FeatureMaps>(from.shape());
        std::copy_n(from.data(), from.size(), picture->data());
        std::size_t changed = 0;
        for (int point = 0; point < m_request.points; ++point) {
            for (; changed < changedAt(point); ++changed)
                copy(m_blocks[order[changed]], to, *picture);
            const FeatureMapsPtr image = picture;
            if (m_executor.run({&image, 1}, m_edits, m_stop) == RunOutcome::Cancelled)
                return {};
            found.push_back(m_executor.probabilities()[std::size_t(m_request.classIndex)]);
        }
        return found;
    }

private:
    static void copy(const Block& block, const FeatureMaps& from, FeatureMaps& to) {
        for (int c = 0; c < from.channels(); ++c)
            for (int y = block.top; y < block.bottom; ++y)
                for (int x = block.left; x < block.right; ++x)
                    to.at(c, y, x) = from.at(c, y, x);
    }

    FusedExecutor m_executor;
    Edits m_edits;
    CurveRequest m_request;
    std::stop_token m_stop;
    std::vector<Block> m_blocks;
};

Edits withoutWeights(const Edits& edits) {
    Edits gains;
    for (const auto& [unit, edit] : edits.units())
        gains.set(unit, {edit.mainPathGain, edit.shortcutGain, OwnWeights()});
    return gains;
}

// The map of the run with other edits. Their weights are packed once, for both ways, and are gone with it:
// executors of the run's network would each keep theirs, and those of the edits before until the new ones are
// made.
std::optional<FeatureMaps> mapWith(const std::shared_ptr<const PackedNetwork>& packed, const Run& run,
                                   const Edits& edits, const AttributionRequest& request,
                                   const std::stop_token& stop) {
    EngineOptions small = packed->options();
    small.algorithm =
        ConvolutionAlgorithm::Direct;  // weights packed for Winograd take up to four times the room
    Executor forward(std::make_shared<const PackedNetwork>(run.with(edits).editedNetwork(), small));
    BackwardExecutor backward(forward.packed());
    Run changed = forward.start(run.input(), withoutWeights(edits));
    const StepId same = firstDifferentStep(run.graph(), run.edits(), edits);
    for (StepId step = 0; step < std::min(same, run.stepCount()) && run.has(step); ++step)
        changed = std::move(changed).withOutput(step, run.output(step), 0.0);
    if (forward.run(changed, run.graph().logitsStep(), stop) == RunOutcome::Cancelled)
        return std::nullopt;
    const auto attribution = attribute(forward, backward, changed, request, stop);
    return attribution ? std::optional(shown(*attribution, run.input()->shape())) : std::nullopt;
}

}  // namespace

std::optional<std::vector<RandomisedMap>> randomisationTest(
    const std::shared_ptr<const PackedNetwork>& packed, const Run& run, const AttributionRequest& request,
    std::uint64_t seed, const std::stop_token& stop, const RandomisationObserver& observer) {
    const std::vector<ResidualUnit>& units = run.graph().units();
    std::vector<RandomisedMap> maps;
    Edits edits = run.edits();
    for (std::size_t lost = 0; lost <= units.size(); ++lost) {
        RandomisedMap made;
        if (lost > 0) {
            const ResidualUnit& unit = units[units.size() - lost];
            UnitEdit edit = edits.of(idOf(unit));
            edit.weights = NewWeights{seed + lost};
            edits.set(idOf(unit), edit);
            made.unit = unit.name;
        }
        std::optional<FeatureMaps> map = mapWith(packed, run, edits, request, stop);
        returnFreedMemory();
        if (!map)
            return std::nullopt;
        made.map = std::move(*map);
        if (lost > 0) {
            const FeatureMaps& own = maps.front().map;
            made.rankCorrelation = rankCorrelation(own, made.map);
            made.rankCorrelationOfMagnitudes = rankCorrelationOfMagnitudes(own, made.map);
            made.similarity = structuralSimilarity(own, made.map);
        }
        maps.push_back(std::move(made));
        if (observer)
            observer(maps.back(), int(lost) + 1, int(units.size()) + 1);
    }
    return maps;
}

std::optional<Curves> curvesOf(const std::shared_ptr<const PackedNetwork>& packed, const Run& run,
                               const FeatureMaps& map, const CurveRequest& request,
                               const std::stop_token& stop) {
    const FeatureMaps& picture = *run.input();
    FeatureMaps hidden(picture.shape());
    std::fill_n(hidden.data(), hidden.size(), 0.0f);
    const FeatureMaps blur = blurred(picture, blurOfInsertion);
    Walk walk(packed, run, request, stop);
    const std::size_t count = walk.blocks().size();
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, std::greater(),
                             [&](std::size_t i) { return sumOver(map, walk.blocks()[i]); });
    Curves curves;
    for (int point = 0; point < request.points; ++point)
        curves.share.push_back(double(walk.changedAt(point)) / double(count));
    curves.deletion = walk.along(order, picture, hidden);
    curves.insertion = walk.along(order, blur, picture);
    curves.randomDeletion.resize(curves.share.size());
    curves.randomInsertion.resize(curves.share.size());
    Random random(request.seed);
    for (int n = 0; n < request.randomOrders; ++n) {
        order = shuffled(count, random);
        const std::vector<double> deletion = walk.along(order, picture, hidden);
        const std::vector<double> insertion = walk.along(order, blur, picture);
        if (stop.stop_requested())
            return std::nullopt;
        for (std::size_t i = 0; i < curves.share.size(); ++i) {
            curves.randomDeletion[i] += deletion[i] / request.randomOrders;
            curves.randomInsertion[i] += insertion[i] / request.randomOrders;
        }
    }
    if (stop.stop_requested())
        return std::nullopt;
    return curves;
}

double areaUnder(const Curves& curves, const std::vector<double>& values) {
    double area = 0.0;
    for (std::size_t i = 1; i < values.size(); ++i)
        area += (curves.share[i] - curves.share[i - 1]) * (values[i] + values[i - 1]) / 2.0;
    return area;
}

}  // namespace resnet

#include "core/explain/Occlusion.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/FusedExecutor.h"
#include "core/inference/RegionPass.h"

#include <algorithm>
#include <string>

namespace resnet {

namespace {

void checkRange(const char* what, int value, int low, int high) {
    if (value < low || value > high)
        throw Error(std::string(what) + ": expected " + std::to_string(low) + " to " + std::to_string(high) +
                    ", found " + std::to_string(value));
}

PixelRange patchRange(int block, const OcclusionRequest& request, int extent) {
    const int size = std::min(request.stride, extent - block * request.stride);
    // Centred on the block; an odd pixel goes to the bottom and right.
    const int first = block * request.stride + (size - request.patch) / 2;
    return {std::max(first, 0), std::min(first + request.patch, extent) - 1};
}

std::vector<Region> patchesOf(const FeatureShape& input, const OcclusionRequest& request) {
    const FeatureShape grid = occlusionShape(input, request);
    std::vector<Region> patches;
    for (int row = 0; row < grid.height; ++row)
        for (int column = 0; column < grid.width; ++column)
            patches.push_back(
                {patchRange(row, request, input.height), patchRange(column, request, input.width)});
    return patches;
}

FeatureMapsPtr withPatch(const FeatureMaps& input, const Region& patch, float value) {
    auto hidden = std::make_shared<FeatureMaps>(input.shape());
    std::copy_n(input.data(), input.size(), hidden->data());
    for (int y = patch.rows.first; y <= patch.rows.last; ++y)
        std::fill_n(&hidden->at(0, y, patch.columns.first),
                    std::size_t(patch.columns.size()) * input.channels(), value);
    return hidden;
}

}  // namespace

FeatureShape occlusionShape(const FeatureShape& input, const OcclusionRequest& request) {
    const auto blocks = [&](int extent) { return (extent + request.stride - 1) / request.stride; };
    return {1, blocks(input.height), blocks(input.width)};
}

std::optional<OcclusionMap> occlude(const std::shared_ptr<const PackedNetwork>& packed, const Run& unhidden,
                                    const OcclusionRequest& request, const std::stop_token& stop,
                                    const std::function<void(const OcclusionProgress&)>& observer) {
    const Graph& graph = packed->graph();
    checkRange("class", request.classIndex, 0, graph.spec().classes - 1);
    checkRange("patch", request.patch, 1, 1024);
    checkRange("stride", request.stride, 1, 1024);
    if (!unhidden.isComplete())
        throw Error("occlusion: the image has not gone through the whole network yet");
    if (unhidden.network() != packed->network())
        throw Error("occlusion: this run is of another network");

    const FeatureMaps& input = *unhidden.input();
    const FeatureShape shape = occlusionShape(input.shape(), request);
    const std::vector<Region> patches = patchesOf(input.shape(), request);
    OcclusionMap map{FeatureMaps(shape), FeatureMaps(shape),
                     unhidden.output(graph.logitsStep())->at(request.classIndex, 0, 0),
                     unhidden.output(graph.softmaxStep())->at(request.classIndex, 0, 0)};
    Arena arena(packed->options().threads);
    std::optional<RegionPass> start;
    arena.execute([&] { start.emplace(packed, unhidden, patches); });
    FusedExecutor rest(packed);
    OcclusionProgress progress;
    progress.total = int(patches.size());
    for (const Region& patch : patches) {
        const FeatureMapsPtr image = withPatch(input, patch, request.value);
        FeatureMapsPtr changed;
        arena.execute([&] { changed = start->run(image, patch, arena.threads(), stop); });
        const StepId first = start->last() + 1;
        if (rest.runFrom(first, unhidden, {start->last(), changed}, stop) == RunOutcome::Cancelled)
            return std::nullopt;
        progress.row = progress.done / shape.width;
        progress.column = progress.done % shape.width;
        const std::size_t index = std::size_t(request.classIndex);
        progress.logitDrop = float(map.logit - rest.logits()[index]);
        progress.probabilityDrop = float(map.probability - rest.probabilities()[index]);
        map.logitDrop.at(0, progress.row, progress.column) = progress.logitDrop;
        map.probabilityDrop.at(0, progress.row, progress.column) = progress.probabilityDrop;
        ++progress.done;
        if (observer)
            observer(progress);
    }
    return map;
}

}  // namespace resnet

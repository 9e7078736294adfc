#include "core/inference/RegionPass.h"

#include "core/inference/StepRunner.h"
#include "core/ops/Add.h"

#include <algorithm>
#include <limits>

namespace resnet {

namespace {

// Above this share of a map, computing all of it costs about as much as the windows and their copies:
// measured, see docs/engine.md, which draws a pass, too.
constexpr double largestShare = 0.45;

int floorDivided(int a, int b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

// The outputs of a window that read any of `changed`.
PixelRange changedOutputs(const PixelRange& changed, int kernel, int stride, int before, int extent) {
    const int first = -floorDivided(-(changed.first + before - kernel + 1), stride);
    const int last = floorDivided(changed.last + before, stride);
    return {std::clamp(first, 0, extent - 1), std::clamp(last, 0, extent - 1)};
}

Region changedOutputs(const Step& step, const Region& changed) {
    const Window& window = step.window;
    return {changedOutputs(changed.rows, window.kernel, window.stride, window.padTop, step.output.height),
            changedOutputs(changed.columns, window.kernel, window.stride, window.padLeft, step.output.width)};
}

PixelRange united(const PixelRange& a, const PixelRange& b) {
    return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

Region united(const Region& a, const Region& b) {
    return {united(a.rows, b.rows), united(a.columns, b.columns)};
}

// `size` cells that hold `range`, within the map.
PixelRange widened(const PixelRange& range, int size, int extent) {
    const int first = std::min(range.first, extent - size);
    return {first, first + size - 1};
}

// What cells outside the map count as where a step reads them; nothing for steps that are not computed in
// parts: those that read all of a map, or less at its border.
std::optional<float> valueOutside(StepKind kind) {
    const StepKindInfo& info = infoOf(kind);
    if (info.reads == Reads::Map)
        return std::nullopt;
    switch (info.outside) {
        case Outside::Zero:
            return 0.0f;
        case Outside::Lowest:
            return -std::numeric_limits<float>::infinity();
        case Outside::Nothing:
            break;
    }
    return std::nullopt;
}

// Whether all that later steps read of the steps up to this one is its output.
bool endsHere(const Graph& graph, StepId result) {
    for (StepId id = inputStep; id < result; ++id)
        if (std::ranges::any_of(graph.consumersOf(id), [&](StepId reader) { return reader > result; }))
            return false;
    return true;
}

}  // namespace

struct RegionPass::Part {
    StepGroup group;
    int height = 0;  // of the window that is computed, the same for every change
    int width = 0;
    FeatureShape cropShape;
    std::optional<Convolution> convolution;  // other steps need none
    AlignedBuffer crop;                      // what the window reads
    AlignedBuffer shortcut;                  // what is added to it
    AlignedBuffer result;
    Region changed;  // of the latest run, as are the rest
    Region window;
};

namespace {

// Part of a map, zero or -infinity outside it, and of what changed in it since.
struct Source {
    const FeatureMaps* map = nullptr;
    const float* changes = nullptr;  // null: none
    Region window;                   // where they lie

    const float* cell(int y, int x) const {
        if (changes && window.rows.contains(y) && window.columns.contains(x))
            return changes +
                   (std::size_t(y - window.rows.first) * window.columns.size() + (x - window.columns.first)) *
                       map->channels();
        return map->data() + (std::size_t(y) * map->width() + x) * map->channels();
    }
    void crop(int top, int left, const FeatureShape& shape, float outside, float* to) const {
        for (int y = top; y < top + shape.height; ++y)
            for (int x = left; x < left + shape.width; ++x, to += shape.channels)
                if (y < 0 || y >= map->height() || x < 0 || x >= map->width())
                    std::fill_n(to, shape.channels, outside);
                else
                    std::copy_n(cell(y, x), shape.channels, to);
    }
};

}  // namespace

RegionPass::RegionPass(const std::shared_ptr<const PackedNetwork>& packed, Run before,
                       std::span<const Region> changes)
    : m_packed(packedWith(packed, before.editedNetwork())), m_before(std::move(before)) {
    const Graph& graph = m_packed->graph();
    // For each change what it has changed of each step's output; the image is at the end.
    std::vector<std::vector<Region>> changed(changes.size(),
                                             std::vector<Region>(std::size_t(graph.stepCount()) + 1));
    for (std::size_t i = 0; i < changes.size(); ++i)
        changed[i].back() = changes[i];
    std::size_t paying = 0;
    for (const StepGroup& group : planFor(graph, m_before.edits(), PassKind::Fused).groups) {
        const Step& step = graph.step(group.step);
        const bool isNothing = group.gains.mainPath == 0.0f && group.gains.shortcut == 0.0f;
        if (!valueOutside(step.kind) || isNothing)
            break;
        Part part;
        part.group = group;
        for (std::vector<Region>& of : changed) {
            const auto changeOf = [&](StepId id) {
                return id == inputStep ? of.back() : of[std::size_t(id)];
            };
            Region made = changedOutputs(step, changeOf(group.input));
            if (group.shortcut)
                made = united(made, changeOf(*group.shortcut));
            of[std::size_t(group.result())] = made;
            part.height = std::max(part.height, made.rows.size());
            part.width = std::max(part.width, made.columns.size());
        }
        if (double(part.height) * part.width > largestShare * double(step.output.pixels()))
            break;
        m_parts.push_back(std::move(part));
        if (endsHere(graph, group.result()))
            paying = m_parts.size();
    }
    m_parts.erase(m_parts.begin() + std::ptrdiff_t(paying), m_parts.end());

    for (Part& part : m_parts) {
        const Step& step = graph.step(part.group.step);
        const int kernel = step.window.kernel;
        const int stride = step.window.stride;
        part.cropShape = {step.input.channels, (part.height - 1) * stride + kernel,
                          (part.width - 1) * stride + kernel};
        const FeatureShape output{step.output.channels, part.height, part.width};
        part.crop = AlignedBuffer(part.cropShape.size());
        part.result = AlignedBuffer(output.size());
        if (part.group.shortcut)
            part.shortcut = AlignedBuffer(output.size());
        if (step.kind == StepKind::Convolution)
            part.convolution.emplace(ConvolutionShape{part.cropShape, output, kernel, stride, 0, 0},
                                     m_packed->network()->parameter(step.id, "weight").values,
                                     m_packed->convolution(step.id).algorithm(), m_packed->kernels());
    }
}

RegionPass::~RegionPass() = default;

StepId RegionPass::last() const {
    return m_parts.empty() ? inputStep : m_parts.back().group.result();
}

const RegionPass::Part* RegionPass::partOf(StepId result) const {
    const auto found =
        std::ranges::find_if(m_parts, [&](const Part& part) { return part.group.result() == result; });
    return found == m_parts.end() ? nullptr : &*found;
}

void RegionPass::compute(Part& part, const FeatureMaps& input, int threads, const std::stop_token& stop) {
    const StepGroup& group = part.group;
    const Step& step = m_packed->graph().step(group.step);
    const auto sourceOf = [&](StepId id) -> Source {
        if (id == inputStep)
            return {&input, nullptr, {}};
        const Part* of = partOf(id);
        return {&outputBefore(id), of->result.data(), of->window};
    };
    part.window = {widened(part.changed.rows, part.height, step.output.height),
                   widened(part.changed.columns, part.width, step.output.width)};
    const int top = part.window.rows.first;
    const int left = part.window.columns.first;
    sourceOf(group.input)
        .crop(top * step.window.stride - step.window.padTop, left * step.window.stride - step.window.padLeft,
              part.cropShape, *valueOutside(step.kind), part.crop.data());
    const FeatureShape output{step.output.channels, part.height, part.width};
    const MapsView crop(part.crop.data(), part.cropShape);
    if (group.shortcut)
        sourceOf(*group.shortcut).crop(top, left, output, 0.0f, part.shortcut.data());
    if (!part.convolution) {
        Step unpadded = step;  // the crop has its padding in it
        unpadded.window.padTop = unpadded.window.padLeft = 0;
        const StepRunner runner(*m_packed, threads);
        const MutableMapsView result(part.result.data(), output);
        runner.runStep(unpadded, crop, {part.shortcut.data(), output}, group.gains, result, nullptr, stop);
        if (group.relu)
            runner.runStep(m_packed->graph().step(*group.relu), result, {}, {}, result, nullptr, stop);
        return;
    }

    kernels::Epilogue epilogue;
    epilogue.bias = m_packed->bias(group.step);
    if (group.norm) {
        epilogue.scale = m_packed->batchNorm(*group.norm).scale();
        epilogue.shift = m_packed->batchNorm(*group.norm).shift();
    }
    if (group.shortcut)
        epilogue.shortcut = part.shortcut.data();
    if (group.sum) {
        epilogue.gains = group.gains;
        epilogue.isWeighted = isWeighted(group.gains);
    }
    (group.relu   ? epilogue.rectified
     : group.sum  ? epilogue.summed
     : group.norm ? epilogue.normalised
                  : epilogue.convolved) = part.result.data();
    const std::size_t scratch = part.convolution->scratchSize(1, threads);
    if (m_scratch.size() < scratch)
        m_scratch = AlignedBuffer(scratch);
    part.convolution->run(crop, epilogue, m_scratch.data(), threads, stop);
}

FeatureMapsPtr RegionPass::run(const FeatureMapsPtr& input, const Region& change, int threads,
                               const std::stop_token& stop) {
    if (m_parts.empty())
        return input;
    for (Part& part : m_parts) {
        const Part* read = partOf(part.group.input);
        part.changed = changedOutputs(m_packed->graph().step(part.group.step), read ? read->changed : change);
        if (part.group.shortcut) {
            const Part* added = partOf(*part.group.shortcut);
            part.changed = united(part.changed, added ? added->changed : change);
        }
        compute(part, *input, threads, stop);
    }
    const Part& end = m_parts.back();
    auto output = std::make_shared<FeatureMaps>(outputBefore(last()).shape());
    const Source source{&outputBefore(last()), end.result.data(), end.window};
    source.crop(0, 0, output->shape(), 0.0f, output->data());
    return output;
}

}  // namespace resnet

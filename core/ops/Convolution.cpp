#include "core/ops/Convolution.h"

#include "core/tensor/CacheLine.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstdint>

namespace resnet {

namespace {

// How much one task gathers at most, and the fewest rows it is worth splitting for, since each task reads all
// weights. docs/engine.md derives the numbers from a core's L2 cache of 2 MiB.
struct TaskSize {
    std::size_t gatheredFloats;
    int fewestRows;
};
// Weights of half of L2 stay there from task to task; a block of gathered rows, its product and the maps
// share the other half.
constexpr std::size_t residentWeights = (1 << 20) / sizeof(float);
constexpr TaskSize withResidentWeights{std::size_t(192) * 1024 / sizeof(float), 7};
// Larger ones pass through one half of L2, while the gathered rows stay in the other.
constexpr TaskSize withStreamedWeights{std::size_t(1024) * 1024 / sizeof(float), 16};

// Between positions of a tile. Without it they would lie a multiple of 4 KiB apart for 64 channels and more,
// which is one set of the L1 cache for all 36.
constexpr std::size_t gap = cacheLineFloats;

}  // namespace

Convolution::Convolution(const ConvolutionShape& shape, std::span<const float> weights,
                         ConvolutionAlgorithm algorithm, const kernels::Table& kernels)
    : m_shape(shape),
      m_algorithm(algorithm),
      m_kernels(&kernels),
      m_weights(shape, weights, algorithm, kernels.panelWidth),
      m_rows(shape, algorithm, kernels) {}

std::size_t Convolution::leftStride(int rows) const {
    return wholeCacheLines(std::size_t(rows) * m_weights.depth()) + gap;
}

std::size_t Convolution::productStride(int rows) const {
    return std::size_t(rows) * m_kernels->panelWidth + gap;
}

Convolution::Schedule Convolution::schedule(int images, int threads) const {
    Schedule made;
    made.rows = images * m_rows.rowsOfImage();
    const std::size_t floatsOfRow = std::size_t(m_weights.positions()) * m_weights.depth();
    const TaskSize& size = m_weights.size() <= residentWeights ? withResidentWeights : withStreamedWeights;
    const int atOnce = m_kernels->rowsAtOnce;
    // At least twice the fewest: else wide layers would all be gathered first, which takes memory for all
    // rows.
    const int mostRows =
        std::max(int(size.gatheredFloats / floatsOfRow) / atOnce * atOnce, 2 * size.fewestRows);
    const auto divided = [](int value, int by) { return (value + by - 1) / by; };
    made.rowTasks = divided(divided(made.rows, mostRows), threads) * threads;
    if (made.rows < made.rowTasks * size.fewestRows) {
        // Tasks are panels, so that each weight is read by one thread; rows are split only where panels are
        // few.
        made.gatherFirst = true;
        made.rowTasks = std::min(divided(2 * threads, m_weights.panels()), made.rows);
    }
    made.rowsOfTask = (made.rows + made.rowTasks - 1) / made.rowTasks;
    made.leftSize = leftStride(made.gatherFirst ? made.rows : made.rowsOfTask) * m_weights.positions();
    made.productSize = productStride(made.rowsOfTask) * m_weights.positions();
    return made;
}

std::size_t Convolution::scratchSize(int images, int threads) const {
    const Schedule planned = schedule(images, threads);
    return planned.leftSize * (planned.gatherFirst ? 1 : threads) + planned.productSize * threads;
}

void Convolution::multiplyAndFinish(const float* left, std::size_t leftStride, int first, int last, int panel,
                                    float* product, const kernels::Epilogue& epilogue,
                                    const std::stop_token& stop) const {
    const int width = m_kernels->panelWidth;
    kernels::Product task;
    task.leftStride = task.depth = m_weights.depth();
    task.rows = last - first;
    task.resultStride = width;
    const int positions = m_weights.positions();
    for (int position = 0; position < positions; ++position) {
        if (stop.stop_requested())
            return;
        task.left = left + position * leftStride;
        task.panel = m_weights.panel(panel, position);
        const int following = position + 1 < positions ? panel : (panel + 1) % m_weights.panels();
        task.next = m_weights.panel(following, (position + 1) % positions);
        task.result = product + position * productStride(task.rows);
        m_kernels->multiply(task);
    }
    m_rows.finish(product, productStride(task.rows), first, last, panel * width,
                  std::min(width, m_shape.output.channels - panel * width), epilogue);
}

void Convolution::run(const MapsView& input, const kernels::Epilogue& epilogue, float* scratch, int threads,
                      const std::stop_token& stop) const {
    const Schedule plan = schedule(input.images, threads);
    const int panels = m_weights.panels();
    float* const lefts = scratch;
    float* const products = scratch + plan.leftSize * (plan.gatherFirst ? 1 : threads);
    const auto productOfThread = [&] {
        return products + plan.productSize * tbb::this_task_arena::current_thread_index();
    };
    const auto rowsOf = [&](int task) {
        return std::pair(int(std::int64_t(plan.rows) * task / plan.rowTasks),
                         int(std::int64_t(plan.rows) * (task + 1) / plan.rowTasks));
    };

    if (!plan.gatherFirst) {
        const std::size_t stride = leftStride(plan.rowsOfTask);
        tbb::parallel_for(0, plan.rowTasks, [&](int task) {
            const auto [first, last] = rowsOf(task);
            float* left = lefts + plan.leftSize * tbb::this_task_arena::current_thread_index();
            if (stop.stop_requested())
                return;
            m_rows.gather(input, first, last, left, stride);
            for (int panel = 0; panel < panels; ++panel)
                multiplyAndFinish(left, stride, first, last, panel, productOfThread(), epilogue, stop);
        });
        return;
    }
    const std::size_t stride = leftStride(plan.rows);
    tbb::parallel_for(tbb::blocked_range<int>(0, plan.rows, 2), [&](const auto& range) {
        if (!stop.stop_requested())
            m_rows.gather(input, range.begin(), range.end(),
                          lefts + std::size_t(range.begin()) * m_weights.depth(), stride);
    });
    tbb::parallel_for(0, panels * plan.rowTasks, [&](int task) {
        const auto [first, last] = rowsOf(task % plan.rowTasks);
        multiplyAndFinish(lefts + std::size_t(first) * m_weights.depth(), stride, first, last,
                          task / plan.rowTasks, productOfThread(), epilogue, stop);
    });
}

}  // namespace resnet

#include "core/ops/ConvolutionBackward.h"

#include "core/tensor/CacheLine.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cassert>
#include <vector>

namespace resnet {

namespace {

// Of dY at a time: their product with a panel (128 KiB on AVX-512) stays in the L2 cache beside what it is
// made of.
constexpr int mostCells = 1024;

int divided(int value, int by) {
    return (value + by - 1) / by;
}

// Input x output x kernel x kernel, turned by half a turn.
std::vector<float> turned(const ConvolutionShape& forward, std::span<const float> weights) {
    const int inputs = forward.input.channels;
    const int outputs = forward.output.channels;
    const int taps = forward.kernel * forward.kernel;
    std::vector<float> made(weights.size());
    tbb::parallel_for(0, inputs, [&](int i) {
        for (int o = 0; o < outputs; ++o) {
            const float* const kernel = weights.data() + (std::size_t(o) * inputs + i) * taps;
            for (int tap = 0; tap < taps; ++tap)
                made[(std::size_t(i) * outputs + o) * taps + taps - 1 - tap] = kernel[tap];
        }
    });
    return made;
}

std::variant<Convolution, StridedBackward> make(const ConvolutionShape& forward,
                                                std::span<const float> weights,
                                                ConvolutionAlgorithm algorithm,
                                                const kernels::Table& kernels) {
    if (forward.stride != 1)
        return StridedBackward(forward, weights, kernels);
    return Convolution(ConvolutionBackward::productShapeOf(forward), turned(forward, weights), algorithm,
                       kernels);
}

}  // namespace

ConvolutionShape ConvolutionBackward::productShapeOf(const ConvolutionShape& forward) {
    if (forward.stride == 1)
        return {forward.output,
                forward.input,
                forward.kernel,
                1,
                forward.kernel - 1 - forward.padTop,
                forward.kernel - 1 - forward.padLeft};
    FeatureShape windows = forward.output;
    windows.channels = forward.kernel * forward.kernel * forward.input.channels;
    return {forward.output, windows, 1, 1, 0, 0};
}

ConvolutionBackward::ConvolutionBackward(const ConvolutionShape& forward, std::span<const float> weights,
                                         ConvolutionAlgorithm algorithm, const kernels::Table& kernels)
    : m_inputs(forward.input.channels), m_made(make(forward, weights, algorithm, kernels)) {}

std::size_t ConvolutionBackward::packedSize() const {
    return std::visit([](const auto& made) { return made.packedSize(); }, m_made);
}

std::size_t ConvolutionBackward::scratchSize(int images, int threads) const {
    if (const auto* strided = std::get_if<StridedBackward>(&m_made))
        return strided->scratchSize(threads);
    return std::get<Convolution>(m_made).scratchSize(images, threads);
}

void ConvolutionBackward::run(const MapsView& gradient, const BackwardResults& results, float* scratch,
                              int threads, const std::stop_token& stop) const {
    assert(!results.gate || gradient.images == 1);
    if (const auto* strided = std::get_if<StridedBackward>(&m_made))
        return strided->run(gradient, results, scratch, threads, stop);
    kernels::Epilogue epilogue;
    epilogue.shortcut = results.addend;
    const bool isPlain = !results.addend && !results.gate;
    (isPlain ? epilogue.convolved : epilogue.summed) = results.sum;
    epilogue.gate = results.gate;
    epilogue.rectified = results.gated;
    epilogue.scale = results.scale;
    epilogue.normalised = results.scaled;
    epilogue.stream = results.gate && std::size_t(m_inputs) % cacheLineFloats == 0;
    std::get<Convolution>(m_made).run(gradient, epilogue, scratch, threads, stop);
}

StridedBackward::StridedBackward(const ConvolutionShape& forward, std::span<const float> weights,
                                 const kernels::Table& kernels)
    : m_forward(forward),
      m_kernels(&kernels),
      m_width(forward.kernel * forward.input.channels),
      m_blocks(divided(m_width, kernels.panelWidth)),
      m_groups(forward.input.channels % kernels.panelWidth == 0 ? forward.input.channels / kernels.panelWidth
                                                                : 1),
      m_channelsOfGroup(forward.input.channels / m_groups),
      m_weights(std::size_t(forward.kernel) * m_blocks * forward.output.channels * kernels.panelWidth) {
    const int inputs = forward.input.channels;
    const int outputs = forward.output.channels;
    const int kernel = forward.kernel;
    const int columns = kernels.panelWidth;
    tbb::parallel_for(0, kernel * m_blocks, [&](int task) {
        float* to = m_weights.data() + std::size_t(task) * outputs * columns;
        const int ky = task / m_blocks;
        const int first = task % m_blocks * columns;
        for (int o = 0; o < outputs; ++o)
            for (int column = first; column < first + columns; ++column) {
                const int kx = column / inputs;
                const std::size_t of = std::size_t(o) * inputs + column % inputs;
                *to++ = column < m_width ? weights[(of * kernel + ky) * kernel + kx] : 0.0f;
            }
    });
}

const float* StridedBackward::panel(int kernelRow, int block) const {
    return m_weights.data() +
           (std::size_t(kernelRow) * m_blocks + block) * m_forward.output.channels * m_kernels->panelWidth;
}

std::size_t StridedBackward::scratchSize(int threads) const {
    const int rows = std::min(divided(rowsOfTask(threads), m_forward.stride), m_forward.output.height);
    return std::size_t(threads) * rows * m_forward.output.width * m_kernels->panelWidth;
}

// Twice as many tasks as threads, where there are rows enough.
int StridedBackward::rowsOfTask(int threads) const {
    const int height = m_forward.input.height;
    const int fit = std::max(1, mostCells / m_forward.output.width) * m_forward.stride;
    const int tasks = std::max(divided(height, fit), divided(2 * threads, m_groups));
    return std::max(1, divided(height, tasks));
}

void StridedBackward::run(const MapsView& gradient, const BackwardResults& results, float* scratch,
                          int threads, const std::stop_token& stop) const {
    const int rows = rowsOfTask(threads);
    const int parts = divided(m_forward.input.height, rows);
    const std::size_t productSize = scratchSize(threads) / std::size_t(threads);
    tbb::parallel_for(0, gradient.images * m_groups * parts, [&](int task) {
        const int image = task / (m_groups * parts);
        const Part part{task % parts * rows, std::min((task % parts + 1) * rows, m_forward.input.height),
                        task / parts % m_groups};
        float* const product =
            scratch + productSize * std::size_t(tbb::this_task_arena::current_thread_index());
        BackwardResults of = results;
        const std::size_t first = m_forward.input.size() * std::size_t(image);
        of.sum += first;
        of.addend = results.addend ? results.addend + first : nullptr;
        begin(part, of);
        for (int ky = 0; ky < m_forward.kernel && !stop.stop_requested(); ++ky)
            addKernelRow(part, ky, gradient.image(image), product, of.sum);
        finish(part, of);
    });
}

// Whole rows of the only group, else cell by cell.
template <class Body>
void StridedBackward::forPieces(const Part& part, const Body& body) const {
    const FeatureShape& in = m_forward.input;
    const int cells = m_groups == 1 ? in.width : 1;
    const int channel = part.group * m_channelsOfGroup;
    for (int y = part.firstRow; y < part.lastRow; ++y)
        for (int x = 0; x < in.width; x += cells)
            body(Piece{(std::size_t(y) * in.width + x) * in.channels + std::size_t(channel), cells, channel});
}

void StridedBackward::begin(const Part& part, const BackwardResults& results) const {
    forPieces(part, [&](const Piece& piece) {
        const int count = piece.cells * m_channelsOfGroup;
        if (!results.addend)
            std::fill_n(results.sum + piece.at, count, 0.0f);
        else if (results.addend != results.sum)
            std::copy_n(results.addend + piece.at, count, results.sum + piece.at);
    });
}

void StridedBackward::addKernelRow(const Part& part, int kernelRow, const float* gradient, float* product,
                                   float* sum) const {
    const FeatureShape& in = m_forward.input;
    const FeatureShape& out = m_forward.output;
    const int stride = m_forward.stride;
    // Output row y reaches input row y * stride + shift.
    const int shift = kernelRow - m_forward.padTop;
    const int first = part.firstRow > shift ? divided(part.firstRow - shift, stride) : 0;
    const int last = part.lastRow > shift ? std::min(divided(part.lastRow - shift, stride), out.height) : 0;
    if (first >= last)
        return;
    kernels::Product task;
    task.left = gradient + std::size_t(first) * out.width * out.channels;
    task.leftStride = std::size_t(out.channels);
    task.depth = out.channels;
    task.rows = (last - first) * out.width;
    task.result = product;
    task.resultStride = std::size_t(m_kernels->panelWidth);
    for (int block = part.group; block < m_blocks; block += m_groups) {
        task.panel = panel(kernelRow, block);
        const bool isLast = block + m_groups >= m_blocks;
        task.next = isLast ? panel((kernelRow + 1) % m_forward.kernel, part.group)
                           : panel(kernelRow, block + m_groups);
        m_kernels->multiply(task);
        for (int y = first; y < last; ++y)
            addBlock(product + std::size_t(y - first) * out.width * task.resultStride, block,
                     sum + std::size_t(y * stride + shift) * in.width * in.channels);
    }
}

// Windows that lie in the row as a whole are added together; those over its ends, by what lies in it.
void StridedBackward::addBlock(const float* product, int block, float* row) const {
    const int columns = m_kernels->panelWidth;
    const int width = std::min(columns, m_width - block * columns);
    const int step = m_forward.stride * m_forward.input.channels;
    const int begin = block * columns - m_forward.padLeft * m_forward.input.channels;  // of the first window
    const int size = m_forward.input.width * m_forward.input.channels;
    const int first = std::min(begin < 0 ? divided(-begin, step) : 0, m_forward.output.width);
    const int fitting = size - width - begin;  // where the last one that fits begins, from the first one on
    const int last = std::clamp(fitting < 0 ? 0 : fitting / step + 1, first, m_forward.output.width);
    const auto addClipped = [&](int from, int to) {
        for (int x = from; x < to; ++x)
            for (int i = std::max(0, -(begin + x * step)); i < std::min(width, size - begin - x * step); ++i)
                row[begin + x * step + i] += product[std::size_t(x) * columns + i];
    };
    addClipped(0, first);
    if (first < last)
        m_kernels->addWindows(product + std::size_t(first) * columns, last - first, width,
                              row + begin + std::ptrdiff_t(first) * step, std::size_t(step));
    addClipped(last, m_forward.output.width);
}

void StridedBackward::finish(const Part& part, const BackwardResults& results) const {
    if (!results.gate)
        return;
    forPieces(part, [&](const Piece& piece) {
        m_kernels->gate(results.sum + piece.at, results.gate + piece.at, results.gated + piece.at,
                        std::size_t(piece.cells) * m_channelsOfGroup);
        if (results.scaled)
            m_kernels->scale(results.gated + piece.at, results.scale + piece.firstChannel,
                             results.scaled + piece.at, std::size_t(piece.cells), m_channelsOfGroup);
    });
}

}  // namespace resnet

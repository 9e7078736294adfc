#pragma once

// The micro-kernel: `Rows` rows times one panel of two vectors, all sums in registers (the register block of
// Goto & van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008, and of BLIS: Van Zee & van
// de Geijn, 2015). The order of additions is that of `depth` whatever the number of rows, so a result does
// not depend on how rows are shared out. docs/engine.md draws it.
namespace resnet::kernels::RESNET_KERNELS {

constexpr int panelWidth = 2 * lanes;

// Fetches from `ahead` on, `aheadStep` floats for each depth (at most two cache lines), for whoever comes
// next.
template <int Rows>
void multiplyRows(const float* left, std::size_t stride, int depth, const float* panel, float* result,
                  std::size_t resultStride, const float* ahead, std::size_t aheadStep) {
    const Whole whole(lanes);
    Vec sums[Rows][2];
#pragma GCC unroll 16
    for (int row = 0; row < Rows; ++row)
        sums[row][0] = sums[row][1] = all(0.0f);
    // Four rows share a pointer: 0, 1, 2 and 3 strides from it are addresses that one instruction can form.
    const std::size_t stride3 = 3 * stride;
    const float* fourRows[4];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i)
        fourRows[i] = left + (4 * i < Rows ? 4 * i : 0) * stride;
    for (const float* const end = panel + std::size_t(depth) * panelWidth; panel != end;
         panel += panelWidth) {
        __builtin_prefetch(ahead, 0, 2);
        __builtin_prefetch(ahead + aheadStep / 2, 0, 2);
        ahead += aheadStep;
        const Vec first = load(panel, whole);
        const Vec second = load(panel + lanes, whole);
#pragma GCC unroll 16
        for (int row = 0; row < Rows; ++row) {
            const float* base = fourRows[row / 4];
            const int within = row % 4;
            const Vec value = all(within == 3 ? base[stride3] : base[std::size_t(within) * stride]);
            sums[row][0] = multiplyAdd(value, first, sums[row][0]);
            sums[row][1] = multiplyAdd(value, second, sums[row][1]);
        }
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i)
            ++fourRows[i];
    }
#pragma GCC unroll 16
    for (int row = 0; row < Rows; ++row) {
        store(result + std::size_t(row) * resultStride, sums[row][0], whole);
        store(result + std::size_t(row) * resultStride + lanes, sums[row][1], whole);
    }
}

using MultiplyRows = void (*)(const float*, std::size_t, int, const float*, float*, std::size_t, const float*,
                              std::size_t);

struct RowKernels {
    MultiplyRows of[rowsAtOnce + 1] = {};
};

template <int Rows = rowsAtOnce>
constexpr void fill(RowKernels& kernels) {
    kernels.of[Rows] = &multiplyRows<Rows>;
    if constexpr (Rows > 1)
        fill<Rows - 1>(kernels);
}

constexpr RowKernels makeRowKernels() {
    RowKernels kernels;
    fill(kernels);
    return kernels;
}

inline void multiply(const Product& product) {
    static constexpr RowKernels kernels = makeRowKernels();
    // Rows in blocks of nearly one size: 16 as 8 + 8, not 14 + 2. Each block fetches its share of the next
    // panel.
    const int blocks = (product.rows + rowsAtOnce - 1) / rowsAtOnce;
    for (int block = 0; block < blocks; ++block) {
        const int from = product.rows * block / blocks;
        const int to = product.rows * (block + 1) / blocks;
        const std::size_t shareFrom = std::size_t(panelWidth) * block / blocks;
        const std::size_t shareTo = std::size_t(panelWidth) * (block + 1) / blocks;
        kernels.of[to - from](product.left + std::size_t(from) * product.leftStride, product.leftStride,
                              product.depth, product.panel,
                              product.result + std::size_t(from) * product.resultStride, product.resultStride,
                              product.next + shareFrom * product.depth, shareTo - shareFrom);
    }
}

}  // namespace resnet::kernels::RESNET_KERNELS

#pragma once

#include <cstddef>

// The inner loops of the engine. The same bodies are compiled once for each kind of processor, in a namespace
// of their own, and reached through a table of functions, so that one binary runs everywhere.
//
// The files that are compiled with other flags (KernelsAvx2.cpp, KernelsAvx512.cpp) include nothing but the
// headers of this folder and intrinsics: an inline function of the standard library compiled there could be
// the one copy that the linker keeps, and would stop an older processor.
namespace resnet::kernels {

// What the terms of a unit's sum are multiplied by. A gain of 0 is off: nothing is added, whatever the
// values.
struct Gains {
    float mainPath = 1.0f;
    float shortcut = 1.0f;
};

// What follows a convolution, and which of the results are kept. For each cell with convolved value v (and
// bias[c] added to it, where bias is set):
//   n = v * scale[c] + shift[c]    (batch norm; where scale is null, n = v)
//   s = n + shortcut[cell]         (where shortcut is null, s = n)
//   s = gains.mainPath * n + gains.shortcut * shortcut[cell]    instead, where isWeighted
//   r = max(s, 0)                  (where rectified is set)
// A null result is not stored. All maps are channels-last and of the output's shape.
struct Epilogue {
    const float* bias = nullptr;   // one per channel
    const float* scale = nullptr;  // one per channel
    const float* shift = nullptr;
    const float* shortcut = nullptr;
    Gains gains;
    bool isWeighted = false;
    float* convolved = nullptr;
    float* normalised = nullptr;
    float* summed = nullptr;
    float* rectified = nullptr;
    // All results but the last are written with non-temporal stores, since nothing reads them soon; see
    // endStreaming. Needs results aligned to a cache line and whole vectors of channels.
    bool stream = false;

    // On the way back, where gate is set, v is the gradient of a ReLU's output, and instead
    //   s = v + shortcut[cell]              (where shortcut is null, s = v), stored in `summed`
    //   g = gate[cell] > 0 ? s : 0          of the ReLU's input, stored in `rectified`
    //   n = g * scale[c]                    (where scale is set) of the batch norm's, stored in `normalised`
    const float* gate = nullptr;
};

// A rows x depth matrix times one packed panel (depth x panelWidth, row by row). Meanwhile `next`, the panel
// of the same size that is multiplied after it, is fetched into the L2 cache; it may be the same one.
struct Product {
    const float* left = nullptr;
    std::size_t leftStride = 0;  // floats from one row to the next
    int rows = 0;
    int depth = 0;
    const float* panel = nullptr;
    const float* next = nullptr;
    float* result = nullptr;  // rows x panelWidth
    std::size_t resultStride = 0;
};

// One cell's window of a channels-last image, laid out as one row: kernel x kernel x channels, 0 in the
// padding.
struct WindowGather {
    const float* image = nullptr;
    int height = 0;
    int width = 0;
    int channels = 0;
    int kernel = 0;
};

// Where a block of `rows` x `columns` cells (up to 4 x 4) lies in the output.
struct OutputTile {
    std::size_t offset = 0;     // of its first cell and the panel's first channel, in floats
    std::size_t rowStride = 0;  // floats from one row of cells to the next
    std::size_t cellStride = 0;
    int rows = 0;
    int columns = 0;
    int firstChannel = 0;
    int channels = 0;  // of this panel
};

struct Table {
    int lanes = 0;       // floats in a vector
    int panelWidth = 0;  // columns of a packed panel
    int rowsAtOnce = 0;  // rows that the micro-kernel keeps in registers

    void (*multiply)(const Product&);
    void (*gatherWindow)(const WindowGather&, int top, int left, float* row);
    // `cells` consecutive cells of one panel's channels, from a cells x panelWidth block.
    void (*finishCells)(const float* block, int cells, const OutputTile&, const Epilogue&);
    // Puts the non-temporal stores of this thread before whatever it stores later, such as that a task is
    // done: unlike other stores they are in no order by themselves.
    void (*endStreaming)();

    // Winograd F(m x m, 3 x 3). `cells` points to the (m + 2)^2 input cells of a tile, row by row. Result k
    // of a tile lies k * stride floats after the first.
    void (*winogradInput2)(const float* const* cells, int channels, float* result, std::size_t stride);
    void (*winogradInput4)(const float* const* cells, int channels, float* result, std::size_t stride);
    void (*winogradOutput2)(const float* product, std::size_t stride, const OutputTile&, const Epilogue&);
    void (*winogradOutput4)(const float* product, std::size_t stride, const OutputTile&, const Epilogue&);

    // Cell by cell over `cells` cells of `channels` channels.
    void (*affine)(const float* in, const float* scale, const float* shift, float* out, std::size_t cells,
                   int channels);
    void (*rectify)(const float* in, float* out, std::size_t count);
    void (*add)(const float* a, const float* b, float* out, std::size_t count);
    // to[i * step + k] += windows[i * panelWidth + k] for k < width (at most panelWidth) of all windows i,
    // the last window first where they overlap.
    void (*addWindows)(const float* windows, int count, int width, float* to, std::size_t step);
    // gains.mainPath * a + gains.shortcut * b; what is off is not read and may be null.
    void (*weightedAdd)(const float* a, const float* b, const Gains&, float* out, std::size_t count);
    // out[c] = max over `count` cells of cells[i][c].
    void (*maximum)(const float* const* cells, int count, int channels, float* out);
    // out = values > 0 ? gradient : 0.
    void (*gate)(const float* gradient, const float* values, float* out, std::size_t count);
    // out = in * by[c], cell by cell.
    void (*scale)(const float* in, const float* by, float* out, std::size_t cells, int channels);
    // results[i][c] += gradient[c], for the first i whose cells[i][c] is the maximum of all.
    void (*maximumBackward)(const float* const* cells, int count, int channels, const float* gradient,
                            float* const* results);
};

const Table& portable();
#if defined(__x86_64__)
const Table& avx2();
const Table& avx512();
#endif

}  // namespace resnet::kernels

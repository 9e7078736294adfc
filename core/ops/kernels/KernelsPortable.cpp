#include "core/ops/kernels/KernelTable.h"

#define RESNET_KERNELS portableKernels

// A vector of 4 floats in the compiler's own terms: SSE2 on any x86-64, NEON on ARM, plain code elsewhere. 8
// of 16 registers hold a block of 4 x 8 sums: without a fused multiply-add the products need registers, too.
namespace resnet::kernels::RESNET_KERNELS {

using Vec = float __attribute__((vector_size(16)));
constexpr int lanes = 4;
constexpr int rowsAtOnce = 4;

struct Whole {
    explicit Whole(int) {}
};
struct First {
    explicit First(int number) : count(number) {}
    int count;
};

inline Vec load(const float* from, Whole) {
    Vec value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
}
inline Vec load(const float* from, First part) {
    Vec value{};
    for (int i = 0; i < part.count; ++i)
        value[i] = from[i];
    return value;
}
inline void store(float* to, Vec value, Whole) {
    __builtin_memcpy(to, &value, sizeof value);
}
inline void store(float* to, Vec value, First part) {
    for (int i = 0; i < part.count; ++i)
        to[i] = value[i];
}
inline void stream(float* to, Vec value) {
    store(to, value, Whole(lanes));
}
inline void endStreaming() {}
inline Vec all(float value) {
    return Vec{value, value, value, value};
}
inline Vec multiplyAdd(Vec a, Vec b, Vec c) {
    return a * b + c;
}
// Propagates NaN from b.
inline Vec larger(Vec a, Vec b) {
    return a > b ? a : b;
}
// b where a is above 0, else 0.
inline Vec whereAboveZero(Vec a, Vec b) {
    return a > 0.0f ? b : Vec{};
}
// `value` where a is b or not a number, else 0.
inline Vec whereEqual(Vec a, Vec b, Vec value) {
    return (a == b) | (a != a) ? value : Vec{};
}
// Propagates NaN from either.
inline Vec largest(Vec a, Vec b) {
    return (a > b) | (a != a) ? a : b;
}

}  // namespace resnet::kernels::RESNET_KERNELS

// The order matters: each of these is made of the ones before, the first of what stands above.
// clang-format off
#include "core/ops/kernels/MatrixProduct.h"
#include "core/ops/kernels/EpilogueKernel.h"
#include "core/ops/kernels/WinogradKernels.h"
#include "core/ops/kernels/ElementwiseKernels.h"
#include "core/ops/kernels/MakeTable.h"
// clang-format on

const resnet::kernels::Table& resnet::kernels::portable() {
    static constexpr Table table = RESNET_KERNELS::makeTable();
    return table;
}

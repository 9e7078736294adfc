#include "core/ops/kernels/KernelTable.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define RESNET_KERNELS avx2Kernels

// A vector of 8 floats. Of 16 registers, 12 hold a block of 6 x 16 sums, 2 the panel and 1 a value of a row.
namespace resnet::kernels::RESNET_KERNELS {

using Vec = __m256;
constexpr int lanes = 8;
constexpr int rowsAtOnce = 6;

struct Whole {
    explicit Whole(int) {}
};
struct First {
    explicit First(int count)
        : mask(_mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))) {}
    __m256i mask;
};

inline Vec load(const float* from, Whole) {
    return _mm256_loadu_ps(from);
}
inline Vec load(const float* from, First part) {
    return _mm256_maskload_ps(from, part.mask);
}
inline void store(float* to, Vec value, Whole) {
    _mm256_storeu_ps(to, value);
}
inline void store(float* to, Vec value, First part) {
    _mm256_maskstore_ps(to, part.mask, value);
}
inline void stream(float* to, Vec value) {
    _mm256_stream_ps(to, value);
}
inline void endStreaming() {
    _mm_sfence();
}
inline Vec all(float value) {
    return _mm256_set1_ps(value);
}
inline Vec multiplyAdd(Vec a, Vec b, Vec c) {
    return _mm256_fmadd_ps(a, b, c);
}
// Propagates NaN from b (MAXPS returns its second operand then).
inline Vec larger(Vec a, Vec b) {
    return _mm256_max_ps(a, b);
}
// b where a is above 0, else 0.
inline Vec whereAboveZero(Vec a, Vec b) {
    return _mm256_and_ps(_mm256_cmp_ps(a, _mm256_setzero_ps(), _CMP_GT_OQ), b);
}
// `value` where a is b or not a number, else 0.
inline Vec whereEqual(Vec a, Vec b, Vec value) {
    const Vec wins = _mm256_or_ps(_mm256_cmp_ps(a, b, _CMP_EQ_OQ), _mm256_cmp_ps(a, a, _CMP_UNORD_Q));
    return _mm256_and_ps(wins, value);
}
// Propagates NaN from either.
inline Vec largest(Vec a, Vec b) {
    return _mm256_or_ps(larger(a, b), _mm256_cmp_ps(a, a, _CMP_UNORD_Q));
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

const resnet::kernels::Table& resnet::kernels::avx2() {
    static constexpr Table table = RESNET_KERNELS::makeTable();
    return table;
}
#endif

#include "core/ops/kernels/KernelTable.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define RESNET_KERNELS avx512Kernels

// A vector of 16 floats. Of 32 registers, 28 hold a block of 14 x 32 sums and 2 the panel; the multiply-add
// spreads the values of the rows from memory itself.
namespace resnet::kernels::RESNET_KERNELS {

using Vec = __m512;
constexpr int lanes = 16;
constexpr int rowsAtOnce = 14;

struct Whole {
    explicit Whole(int) {}
};
struct First {
    explicit First(int count) : mask(static_cast<__mmask16>((1u << count) - 1u)) {}
    __mmask16 mask;
};

inline Vec load(const float* from, Whole) {
    return _mm512_loadu_ps(from);
}
inline Vec load(const float* from, First part) {
    return _mm512_maskz_loadu_ps(part.mask, from);
}
inline void store(float* to, Vec value, Whole) {
    _mm512_storeu_ps(to, value);
}
inline void store(float* to, Vec value, First part) {
    _mm512_mask_storeu_ps(to, part.mask, value);
}
inline void stream(float* to, Vec value) {
    _mm512_stream_ps(to, value);
}
inline void endStreaming() {
    _mm_sfence();
}
inline Vec all(float value) {
    return _mm512_set1_ps(value);
}
inline Vec multiplyAdd(Vec a, Vec b, Vec c) {
    return _mm512_fmadd_ps(a, b, c);
}
// Propagates NaN from b (VMAXPS returns its second operand then).
inline Vec larger(Vec a, Vec b) {
    return _mm512_maskz_max_ps(0xffff, a, b);  // plain _mm512_max_ps makes g++ 12 warn of its own header
}
// b where a is above 0, else 0.
inline Vec whereAboveZero(Vec a, Vec b) {
    return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, _mm512_setzero_ps(), _CMP_GT_OQ), b);
}
// `value` where a is b or not a number, else 0.
inline Vec whereEqual(Vec a, Vec b, Vec value) {
    const __mmask16 wins =
        __mmask16(_mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ) | _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q));
    return _mm512_maskz_mov_ps(wins, value);
}
// Propagates NaN from either.
inline Vec largest(Vec a, Vec b) {
    return _mm512_mask_mov_ps(larger(a, b), _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q), a);
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

const resnet::kernels::Table& resnet::kernels::avx512() {
    static constexpr Table table = RESNET_KERNELS::makeTable();
    return table;
}
#endif

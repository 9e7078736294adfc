#include "core/ops/kernels/KernelTable.h"

#if defined(__x86_64__)
#define RESNET_KERNELS avx512Kernels
// The order matters: each of these is made of the ones before.
// clang-format off
#include "core/ops/kernels/SimdAvx512.h"
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

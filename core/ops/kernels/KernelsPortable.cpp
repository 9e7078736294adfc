#include "core/ops/kernels/KernelTable.h"

#define RESNET_KERNELS portableKernels
// The order matters: each of these is made of the ones before.
// clang-format off
#include "core/ops/kernels/SimdPortable.h"
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

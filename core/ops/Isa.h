#pragma once

#include "core/ops/kernels/KernelTable.h"

#include <string_view>
#include <vector>

namespace resnet {

// The kinds of processor that kernels exist for. Portable runs on any (SSE2 on x86-64).
enum class Isa { Portable, Avx2, Avx512 };

// "portable", "avx2", "avx512".
std::string_view name(Isa isa);
// Throws Error for any other name, and for one that this processor cannot run.
Isa isaNamed(std::string_view name);

// What this processor can run, the best last.
std::vector<Isa> supportedIsas();
Isa bestIsa();

// The kernels for a processor; it must be a supported one.
const kernels::Table& kernelsFor(Isa isa);

}  // namespace resnet

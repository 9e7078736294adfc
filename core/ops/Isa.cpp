#include "core/ops/Isa.h"

#include "core/Error.h"

#include <algorithm>
#include <string>

namespace resnet {

std::string_view name(Isa isa) {
    switch (isa) {
        case Isa::Portable:
            return "portable";
        case Isa::Avx2:
            return "avx2";
        case Isa::Avx512:
            return "avx512";
    }
    return "";
}

Isa isaNamed(std::string_view wanted) {
    const std::vector<Isa> supported = supportedIsas();
    const auto found = std::ranges::find_if(supported, [&](Isa isa) { return name(isa) == wanted; });
    if (found != supported.end())
        return *found;
    std::string names;
    for (const Isa isa : supported)
        names += (names.empty() ? "" : ", ") + std::string(name(isa));
    throw Error("isa: expected one that this processor has (" + names + "), found '" + std::string(wanted) +
                "'");
}

std::vector<Isa> supportedIsas() {
    std::vector<Isa> supported{Isa::Portable};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        supported.push_back(Isa::Avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
        supported.push_back(Isa::Avx512);
#endif
    return supported;
}

Isa bestIsa() {
    static const Isa best = supportedIsas().back();
    return best;
}

const kernels::Table& kernelsFor(Isa isa) {
    switch (isa) {
#if defined(__x86_64__)
        case Isa::Avx2:
            return kernels::avx2();
        case Isa::Avx512:
            return kernels::avx512();
#endif
        default:
            return kernels::portable();
    }
}

}  // namespace resnet

#include "core/explain/UnitNorms.h"

#include "core/inference/Arena.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace resnet {
namespace {

struct Sums {
    double mainPath = 0.0;
    double shortcut = 0.0;
    double product = 0.0;
    std::int64_t below = 0;
    std::int64_t count = 0;

    void add(float f, float x) {
        if (!std::isfinite(f) || !std::isfinite(x))
            return;
        mainPath += double(f) * f;
        shortcut += double(x) * x;
        product += double(f) * x;
        below += f + x < 0.0f;
        ++count;
    }
    void add(const Sums& other) {
        mainPath += other.mainPath;
        shortcut += other.shortcut;
        product += other.product;
        below += other.below;
        count += other.count;
    }
};

}  // namespace

UnitNorms unitNormsOf(const FeatureMaps& mainPath, const FeatureMaps& shortcut, const EngineOptions& options,
                      const kernels::Gains& gains) {
    assert(mainPath.shape() == shortcut.shape());
    constexpr std::size_t chunkSize = 1 << 14;  // fixed, so that threads do not change the sums
    const std::size_t size = mainPath.size();
    std::vector<Sums> parts((size + chunkSize - 1) / chunkSize);
    const auto term = [](float gain, float value) { return gain == 0.0f ? 0.0f : gain * value; };
    inArena(options, [&] {
        tbb::parallel_for(std::size_t(0), parts.size(), [&](std::size_t chunk) {
            Sums sums;
            const std::size_t end = std::min(size, (chunk + 1) * chunkSize);
            for (std::size_t i = chunk * chunkSize; i < end; ++i)
                sums.add(term(gains.mainPath, mainPath.data()[i]), term(gains.shortcut, shortcut.data()[i]));
            parts[chunk] = sums;
        });
    });
    Sums total;
    for (const Sums& part : parts)
        total.add(part);

    if (total.count == 0) {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        return {unknown, unknown, unknown, unknown};
    }
    UnitNorms norms;
    norms.mainPath = std::sqrt(total.mainPath);
    norms.shortcut = std::sqrt(total.shortcut);
    const double scale = norms.mainPath * norms.shortcut;
    norms.cosine = scale > 0.0 ? std::clamp(total.product / scale, -1.0, 1.0) : 0.0;
    norms.belowZero = double(total.below) / double(total.count);
    return norms;
}

std::optional<UnitNorms> unitNormsOf(const ResidualUnit& unit, const Run& run, const EngineOptions& options) {
    if (!unit.add || !run.has(unit.branchOutput()) || !run.has(unit.shortcutOutput()))
        return std::nullopt;
    const UnitEdit& edit = run.edits().of(idOf(unit));
    return unitNormsOf(*run.output(unit.branchOutput()), *run.output(unit.shortcutOutput()), options,
                       {edit.mainPathGain, edit.shortcutGain});
}

}  // namespace resnet

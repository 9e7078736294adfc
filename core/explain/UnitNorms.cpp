#include "core/explain/UnitNorms.h"

#include "core/inference/Arena.h"

#include <Eigen/Core>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace resnet {
namespace {

// Over the cells where both are finite: F.F, x.x, F.x, how many sums are below zero, how many cells.
using Sums = Eigen::Array<double, 5, 1>;
using Values = Eigen::Map<const Eigen::ArrayXf>;

// As the term is added: times its gain, and nothing if that is 0, whatever the values.
Eigen::ArrayXf term(float gain, const Values& values) {
    if (gain == 0.0f)
        return Eigen::ArrayXf::Zero(values.size());
    return gain * values;
}

Sums sumsOf(const Eigen::ArrayXf& f, const Eigen::ArrayXf& x) {
    const Eigen::Array<bool, Eigen::Dynamic, 1> isFinite = f.isFinite() && x.isFinite();
    const Eigen::VectorXd finiteF = isFinite.select(f, 0.0f).cast<double>();
    const Eigen::VectorXd finiteX = isFinite.select(x, 0.0f).cast<double>();
    return {finiteF.squaredNorm(), finiteX.squaredNorm(), finiteF.dot(finiteX),
            double((isFinite && f + x < 0.0f).count()), double(isFinite.count())};
}

}  // namespace

UnitNorms unitNormsOf(const FeatureMaps& mainPath, const FeatureMaps& shortcut, const EngineOptions& options,
                      const kernels::Gains& gains) {
    assert(mainPath.shape() == shortcut.shape());
    constexpr Eigen::Index chunkSize = 1 << 14;  // fixed, so that threads do not change the sums
    const auto size = Eigen::Index(mainPath.size());
    Eigen::Array<double, 5, Eigen::Dynamic> parts(5, (size + chunkSize - 1) / chunkSize);
    inArena(options, [&] {
        tbb::parallel_for(Eigen::Index(0), parts.cols(), [&](Eigen::Index chunk) {
            const Eigen::Index first = chunk * chunkSize;
            const Eigen::Index count = std::min(chunkSize, size - first);
            parts.col(chunk) = sumsOf(term(gains.mainPath, Values(mainPath.data() + first, count)),
                                      term(gains.shortcut, Values(shortcut.data() + first, count)));
        });
    });
    const Sums total = parts.rowwise().sum();
    const double cells = total[4];

    if (cells == 0.0) {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        return {unknown, unknown, unknown, unknown};
    }
    UnitNorms norms;
    norms.mainPath = std::sqrt(total[0]);
    norms.shortcut = std::sqrt(total[1]);
    const double scale = norms.mainPath * norms.shortcut;
    norms.cosine = scale > 0.0 ? std::clamp(total[2] / scale, -1.0, 1.0) : 0.0;
    norms.belowZero = total[3] / cells;
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

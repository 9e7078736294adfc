#include "ui/attribution/SignedScale.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace resnet::ui {

ValueRange scaleWithout(const FeatureMaps& map, double share) {
    std::vector<float> magnitudes;
    for (std::size_t i = 0; i < map.size(); ++i)
        if (std::isfinite(map.data()[i]))
            magnitudes.push_back(std::abs(map.data()[i]));
    if (magnitudes.empty())
        return {-1.0f, 1.0f};
    const auto place = magnitudes.begin() + std::ptrdiff_t(double(magnitudes.size() - 1) * (1.0 - share));
    std::nth_element(magnitudes.begin(), place, magnitudes.end());
    return scaleFor(ColorMap::Diverging, {-*place, *place});
}

}  // namespace resnet::ui

#include "core/explain/Difference.h"

#include <algorithm>
#include <cassert>
#include <functional>

namespace resnet {

FeatureMaps difference(const FeatureMaps& a, const FeatureMaps& b) {
    assert(a.shape() == b.shape());
    FeatureMaps result(a.shape());
    std::transform(a.data(), a.data() + a.size(), b.data(), result.data(), std::minus());
    return result;
}

FeatureMaps difference(const FeatureMaps& a, const FeatureMaps& b, int channel) {
    FeatureMaps result({1, a.height(), a.width()});
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            result.at(0, y, x) = a.at(channel, y, x) - b.at(channel, y, x);
    return result;
}

}  // namespace resnet

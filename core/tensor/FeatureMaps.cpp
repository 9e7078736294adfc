#include "core/tensor/FeatureMaps.h"

#include <new>

namespace resnet {

namespace {
constexpr std::align_val_t cacheLine{64};
}

FeatureMaps::FeatureMaps(FeatureShape shape)
    : m_shape(shape),
      m_values(static_cast<float*>(::operator new[](shape.size() * sizeof(float), cacheLine))) {}

void FeatureMaps::Deleter::operator()(float* values) const {
    ::operator delete[](values, cacheLine);
}

}  // namespace resnet

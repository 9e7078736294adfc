#include "core/tensor/FeatureMaps.h"

#include "core/tensor/BufferPool.h"

namespace resnet {

FeatureMaps::FeatureMaps(FeatureShape shape, std::shared_ptr<BufferPool> pool)
    : m_shape(shape),
      m_values(pool ? pool->take(shape.size()) : AlignedBuffer(shape.size())),
      m_pool(std::move(pool)) {}

FeatureMaps::~FeatureMaps() {
    if (m_pool)
        m_pool->giveBack(std::move(m_values));
}

}  // namespace resnet

#pragma once

#include "core/tensor/AlignedBuffer.h"

#include <cstddef>
#include <memory>

namespace resnet {

// A cell of a feature map.
struct Cell {
    int y = 0;
    int x = 0;
    bool operator==(const Cell&) const = default;
};

class BufferPool;

// channels x height x width, in the order PyTorch prints it. A vector (after pooling) is N x 1 x 1.
struct FeatureShape {
    int channels = 0;
    int height = 1;
    int width = 1;

    std::size_t size() const { return std::size_t(channels) * height * width; }
    std::size_t pixels() const { return std::size_t(height) * width; }
    bool isVector() const { return height == 1 && width == 1; }
    bool operator==(const FeatureShape&) const = default;
};

// One channel of FeatureMaps where it lies: cell (y, x) is `pixelStride` floats from its neighbour in x.
struct FeatureMapView {
    const float* values = nullptr;
    int height = 0;
    int width = 0;
    int pixelStride = 1;

    float at(int y, int x) const { return values[(std::size_t(y) * width + x) * pixelStride]; }
};

// The output of a step, or the input image as a tensor: owning, float32, 64-byte aligned.
// Channels are innermost in memory (height x width x channels): the engine's kernels run along channels.
class FeatureMaps {
public:
    FeatureMaps() = default;
    // Contents are indeterminate until written. The memory comes from the pool, if there is one, and goes
    // back to it.
    explicit FeatureMaps(FeatureShape shape, std::shared_ptr<BufferPool> pool = nullptr);
    ~FeatureMaps();
    FeatureMaps(FeatureMaps&&) noexcept = default;
    FeatureMaps& operator=(FeatureMaps&&) noexcept = default;

    const FeatureShape& shape() const { return m_shape; }
    int channels() const { return m_shape.channels; }
    int height() const { return m_shape.height; }
    int width() const { return m_shape.width; }
    std::size_t size() const { return m_shape.size(); }

    float* data() { return m_values.data(); }
    const float* data() const { return m_values.data(); }

    float& at(int c, int y, int x) { return m_values.data()[index(c, y, x)]; }
    float at(int c, int y, int x) const { return m_values.data()[index(c, y, x)]; }
    FeatureMapView channel(int c) const {
        return {m_values.data() + c, m_shape.height, m_shape.width, m_shape.channels};
    }

private:
    std::size_t index(int c, int y, int x) const {
        return (std::size_t(y) * m_shape.width + x) * m_shape.channels + c;
    }

    FeatureShape m_shape;
    AlignedBuffer m_values;
    std::shared_ptr<BufferPool> m_pool;
};

using FeatureMapsPtr = std::shared_ptr<const FeatureMaps>;

}  // namespace resnet

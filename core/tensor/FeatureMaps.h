#pragma once

#include <cstddef>
#include <memory>

namespace resnet {

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
    // Contents are indeterminate until written.
    explicit FeatureMaps(FeatureShape shape);

    const FeatureShape& shape() const { return m_shape; }
    int channels() const { return m_shape.channels; }
    int height() const { return m_shape.height; }
    int width() const { return m_shape.width; }
    std::size_t size() const { return m_shape.size(); }

    float* data() { return m_values.get(); }
    const float* data() const { return m_values.get(); }

    float& at(int c, int y, int x) { return m_values[index(c, y, x)]; }
    float at(int c, int y, int x) const { return m_values[index(c, y, x)]; }
    FeatureMapView channel(int c) const {
        return {m_values.get() + c, m_shape.height, m_shape.width, m_shape.channels};
    }

private:
    std::size_t index(int c, int y, int x) const {
        return (std::size_t(y) * m_shape.width + x) * m_shape.channels + c;
    }

    struct Deleter {
        void operator()(float* values) const;
    };
    FeatureShape m_shape;
    std::unique_ptr<float[], Deleter> m_values;
};

using FeatureMapsPtr = std::shared_ptr<const FeatureMaps>;

}  // namespace resnet

#pragma once

#include "core/tensor/FeatureMaps.h"

namespace resnet {

// What an operation reads: `images` feature maps of one shape, one after the other.
struct MapsView {
    const float* values = nullptr;
    FeatureShape shape;
    int images = 1;

    MapsView() = default;
    MapsView(const float* first, const FeatureShape& of, int count = 1)
        : values(first), shape(of), images(count) {}
    MapsView(const FeatureMaps& maps) : values(maps.data()), shape(maps.shape()) {}

    std::size_t size() const { return shape.size() * images; }
    const float* image(int index) const { return values + shape.size() * index; }
};

// What it writes.
struct MutableMapsView {
    float* values = nullptr;
    FeatureShape shape;
    int images = 1;

    MutableMapsView() = default;
    MutableMapsView(float* first, const FeatureShape& of, int count = 1)
        : values(first), shape(of), images(count) {}
    MutableMapsView(FeatureMaps& maps) : values(maps.data()), shape(maps.shape()) {}

    std::size_t size() const { return shape.size() * images; }
    float* image(int index) const { return values + shape.size() * index; }
    operator MapsView() const { return {values, shape, images}; }
};

}  // namespace resnet

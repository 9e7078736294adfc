#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/ColorMap.h"

#include <QImage>

namespace resnet::ui {

// The values at the two ends of a colour map.
struct ValueRange {
    float low = 0.0f;
    float high = 0.0f;

    bool isEmpty() const { return !(low <= high); }
    bool operator==(const ValueRange&) const = default;
};

// An empty range: no value seen.
inline constexpr ValueRange emptyRange{1.0f, -1.0f};

// Smallest and largest value, leaving out NaN and infinity; emptyRange if nothing is left.
ValueRange rangeOf(const FeatureMapView& map);
ValueRange rangeOf(const FeatureMaps& maps);
ValueRange united(const ValueRange& a, const ValueRange& b);

// The scale that shows values of `range` in `map`: centred on zero for Diverging, from zero up if nothing is
// negative, and never without extent, so that a constant map has a picture too.
ValueRange scaleFor(ColorMap map, const ValueRange& range);

// Entry of the colour table, 0 to 255, of a finite value.
inline int colorIndex(float value, const ValueRange& scale) {
    const float t = (value - scale.low) / (scale.high - scale.low) * 255.0f + 0.5f;
    return t <= 0.0f ? 0 : t >= 255.0f ? 255 : int(t);
}

// The colour of a value; notFiniteColor for NaN and infinity.
QRgb colorOf(float value, ColorMap map, const ValueRange& scale);

// One pixel per cell, in Format_RGB32.
QImage mapImage(const FeatureMapView& map, ColorMap colors, const ValueRange& scale);
// With a scale of its own.
QImage mapImage(const FeatureMapView& map, ColorMap colors);

}  // namespace resnet::ui

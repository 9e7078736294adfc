#include "ui/painting/MapImage.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet::ui {
namespace {

constexpr ValueRange nothing{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};

ValueRange finished(const ValueRange& range) {
    return range.isEmpty() ? emptyRange : range;
}

void widen(ValueRange& range, float value) {
    if (!std::isfinite(value))
        return;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
}

}  // namespace

ValueRange rangeOf(const FeatureMapView& map) {
    ValueRange range = nothing;
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            widen(range, map.at(y, x));
    return finished(range);
}

ValueRange rangeOf(const FeatureMaps& maps) {
    ValueRange range = nothing;
    for (std::size_t i = 0; i < maps.size(); ++i)
        widen(range, maps.data()[i]);
    return finished(range);
}

ValueRange united(const ValueRange& a, const ValueRange& b) {
    if (a.isEmpty())
        return b;
    if (b.isEmpty())
        return a;
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

ValueRange scaleFor(ColorMap map, const ValueRange& range) {
    if (range.isEmpty())
        return isDiverging(map) ? ValueRange{-1.0f, 1.0f} : ValueRange{0.0f, 1.0f};
    if (isDiverging(map)) {
        const float extent = std::max(std::abs(range.low), std::abs(range.high));
        return extent > 0.0f ? ValueRange{-extent, extent} : ValueRange{-1.0f, 1.0f};
    }
    const float low = std::min(range.low, 0.0f);
    if (range.high > low)
        return {low, range.high};
    return {low, low < 0.0f ? 0.0f : 1.0f};
}

QRgb colorOf(float value, ColorMap map, const ValueRange& scale) {
    return std::isfinite(value) ? colorTable(map)[std::size_t(colorIndex(value, scale))] : notFiniteColor;
}

QImage mapImage(const FeatureMapView& map, ColorMap colors, const ValueRange& scale) {
    const ColorTable& table = colorTable(colors);
    QImage image(map.width, map.height, QImage::Format_RGB32);
    for (int y = 0; y < map.height; ++y) {
        auto* row = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < map.width; ++x) {
            const float value = map.at(y, x);
            row[x] = std::isfinite(value) ? table[std::size_t(colorIndex(value, scale))] : notFiniteColor;
        }
    }
    return image;
}

QImage mapImage(const FeatureMapView& map, ColorMap colors) {
    return mapImage(map, colors, scaleFor(colors, rangeOf(map)));
}

}  // namespace resnet::ui

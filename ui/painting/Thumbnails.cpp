#include "ui/painting/Thumbnails.h"

#include "ui/painting/MapImage.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resnet::ui {

namespace {

constexpr int longestBars = 32;
constexpr int largestThumbnail = 64;  // side in pixels
constexpr int hatchedSide = 96;

QImage shrunk(const QImage& image) {
    if (std::max(image.width(), image.height()) <= largestThumbnail)
        return image;
    return image.scaled(largestThumbnail, largestThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

bool isFinite(const FeatureMapView& map, const QRect& cells) {
    for (int y = cells.top(); y <= cells.bottom(); ++y)
        for (int x = cells.left(); x <= cells.right(); ++x)
            if (!std::isfinite(map.at(y, x)))
                return false;
    return true;
}

// What is no number is hatched: red alone is not told from dark by everyone. Cells become large enough for
// it.
QImage hatched(const QImage& thumbnail, const FeatureMapView& map) {
    if (isFinite(map, {0, 0, map.width, map.height}))
        return thumbnail;
    const int factor = std::max(1, hatchedSide / std::max(thumbnail.width(), thumbnail.height()));
    QImage image = thumbnail.scaled(thumbnail.size() * factor);
    const auto cellsOf = [](int pixel, int pixels, int cells) {
        const int first = pixel * cells / pixels;
        return std::pair(first, std::max(first, ((pixel + 1) * cells - 1) / pixels));
    };
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const auto [top, bottom] = cellsOf(y, image.height(), map.height);
            const auto [left, right] = cellsOf(x, image.width(), map.width);
            if (!isFinite(map, {QPoint(left, top), QPoint(right, bottom)}))
                image.setPixel(x, y, notFiniteColorAt(x, y));
        }
    return image;
}

QImage thumbnailOf(const FeatureMapView& map, bool isOnDark, const FeatureMapView& scaledLike) {
    const ColorMap colors = onGround(defaultColorMap, isOnDark);
    return hatched(shrunk(mapImage(map, colors, scaleFor(colors, rangeOf(scaledLike)))), map);
}

QImage channelImage(const FeatureMaps& maps, int channel, bool isOnDark, const FeatureMaps* scaledLike) {
    return thumbnailOf(maps.channel(channel), isOnDark, (scaledLike ? *scaledLike : maps).channel(channel));
}

// Softmax as it is; other vectors by how far they stick out of the smallest.
std::vector<float> barsOf(const Step& step, const FeatureMaps& maps) {
    std::vector<float> bars(maps.data(), maps.data() + maps.channels());
    const auto [low, high] = std::ranges::minmax(bars);
    const float floor = step.kind == StepKind::Softmax ? 0.0f : low;
    const float extent = high - floor;
    for (float& bar : bars)
        bar = extent > 0.0f && std::isfinite(bar) ? (bar - floor) / extent : 0.0f;
    return bars;
}

// A long vector as a nearly square field, one cell a value.
QImage fieldImage(const FeatureMaps& maps, bool isOnDark) {
    const int columns = int(std::ceil(std::sqrt(double(maps.channels()))));
    const int rows = (maps.channels() + columns - 1) / columns;
    std::vector<float> values(std::size_t(rows) * columns, 0.0f);
    std::copy_n(maps.data(), maps.channels(), values.begin());
    const FeatureMapView field{values.data(), rows, columns, 1};
    return thumbnailOf(field, isOnDark, field);
}

StepPictures vectorPictures(const Step& step, const FeatureMaps& maps, bool isOnDark, bool isOutput) {
    if (isOutput && maps.channels() <= longestBars)
        return {{}, barsOf(step, maps), {}};
    return {fieldImage(maps, isOnDark), {}, {}};
}

}  // namespace

std::vector<int> tellingChannels(const FeatureMaps& maps, int count) {
    const int channels = maps.channels();
    const int pixels = int(maps.shape().pixels());
    const int stride = std::max(1, pixels / 400);
    std::vector<float> sum(std::size_t(channels), 0.0f);
    std::vector<float> squares(std::size_t(channels), 0.0f);
    for (int pixel = 0; pixel < pixels; pixel += stride) {
        const float* values = maps.data() + std::size_t(pixel) * channels;
        for (int c = 0; c < channels; ++c) {
            sum[std::size_t(c)] += values[c];
            squares[std::size_t(c)] += values[c] * values[c];
        }
    }
    const int sampled = (pixels + stride - 1) / stride;
    const auto samples = float(sampled);
    for (std::size_t c = 0; c < sum.size(); ++c) {
        squares[c] -= sum[c] * sum[c] / samples;
        if (!std::isfinite(squares[c]))
            squares[c] = 0.0f;
    }
    std::vector<int> order(std::size_t(channels), 0);
    std::iota(order.begin(), order.end(), 0);
    const auto middle = order.begin() + std::min(count, channels);
    std::partial_sort(order.begin(), middle, order.end(), [&](int a, int b) {
        const float varianceA = squares[std::size_t(a)];
        const float varianceB = squares[std::size_t(b)];
        return varianceA != varianceB ? varianceA > varianceB : a < b;
    });
    order.erase(middle, order.end());
    return order;
}

StepPictures pictureOf(const Step& step, const FeatureMaps& maps, ShownChannel shown, bool isOnDark,
                       const FeatureMaps* scaledLike) {
    if (step.way == Way::Head && step.output.isVector())
        return vectorPictures(step, maps, isOnDark, !scaledLike);
    shown.channel = std::clamp(shown.channel, 0, maps.channels() - 1);
    return {channelImage(maps, shown.channel, isOnDark, scaledLike), {}, shown};
}

}  // namespace resnet::ui

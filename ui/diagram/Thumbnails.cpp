#include "ui/diagram/Thumbnails.h"

#include "ui/painting/MapImage.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resnet::ui {

namespace {

constexpr int longestBars = 32;
constexpr int largestThumbnail = 64;  // pixels a side

QImage shrunk(const QImage& image) {
    if (std::max(image.width(), image.height()) <= largestThumbnail)
        return image;
    return image.scaled(largestThumbnail, largestThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

QImage channelImage(const Step& step, const FeatureMaps& maps, int channel) {
    return shrunk(mapImage(maps.channel(channel), defaultColorMap(step)));
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
QImage fieldImage(const Step& step, const FeatureMaps& maps) {
    const int columns = int(std::ceil(std::sqrt(double(maps.channels()))));
    const int rows = (maps.channels() + columns - 1) / columns;
    std::vector<float> values(std::size_t(rows) * columns, 0.0f);
    std::copy_n(maps.data(), maps.channels(), values.begin());
    return mapImage(FeatureMapView{values.data(), rows, columns, 1}, defaultColorMap(step));
}

StepPictures vectorPictures(const Step& step, const FeatureMaps& maps) {
    if (maps.channels() <= longestBars)
        return {{}, barsOf(step, maps)};
    return {{fieldImage(step, maps)}, {}};
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
    const float samples = float((pixels + stride - 1) / stride);
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

StepPictures picturesOf(const Step& step, const FeatureMaps& maps, int count) {
    if (step.way == Way::Head)
        return vectorPictures(step, maps);
    StepPictures pictures;
    for (const int channel : tellingChannels(maps, count))
        pictures.maps.push_back(channelImage(step, maps, channel));
    return pictures;
}

StepPictures pictureOf(const Step& step, const FeatureMaps& maps, int channel) {
    if (step.way == Way::Head)
        return vectorPictures(step, maps);
    return {{channelImage(step, maps, std::clamp(channel, 0, maps.channels() - 1))}, {}};
}

DiagramContent contentOf(const Graph& graph, const Activations& activations, const QImage& input) {
    DiagramContent content;
    content.input = input;
    content.states.assign(std::size_t(graph.stepCount()), StepState::Empty);
    content.pictures.resize(std::size_t(graph.stepCount()));
    for (const Step& step : graph.steps()) {
        if (step.id >= activations.stepCount() || !activations.has(step.id))
            continue;
        content.states[std::size_t(step.id)] = StepState::Done;
        content.pictures[std::size_t(step.id)] =
            std::make_shared<StepPictures>(picturesOf(step, *activations.output(step.id)));
    }
    return content;
}

}  // namespace resnet::ui

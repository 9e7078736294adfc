#include "core/explain/ChannelSimilarity.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

namespace resnet {

std::vector<double> similarityTo(const FeatureMaps& maps, const std::vector<Statistics>& statistics,
                                 int channel) {
    constexpr std::size_t valuesPerChunk = 1 << 16;
    const auto channels = std::size_t(maps.channels());
    const std::size_t pixels = maps.shape().pixels();
    const std::size_t pixelsPerChunk =
        std::max<std::size_t>(1, valuesPerChunk / std::max<std::size_t>(1, channels));
    const std::size_t chunks = (pixels + pixelsPerChunk - 1) / pixelsPerChunk;
    const Statistics& reference = statistics.at(std::size_t(channel));

    // Sum of (r - mean r) (v - mean v).
    std::vector<std::vector<double>> parts(chunks, std::vector<double>(channels));
    tbb::parallel_for(std::size_t(0), chunks, [&](std::size_t chunk) {
        std::vector<double>& sums = parts[chunk];
        const std::size_t end = std::min(pixels, (chunk + 1) * pixelsPerChunk);
        for (std::size_t p = chunk * pixelsPerChunk; p < end; ++p) {
            const float* const values = maps.data() + p * channels;
            const float anchor = values[channel];
            if (!std::isfinite(anchor))
                continue;
            const double difference = anchor - reference.mean;
            for (std::size_t c = 0; c < channels; ++c)
                sums[c] += std::isfinite(values[c]) ? difference * (values[c] - statistics[c].mean) : 0.0;
        }
    });

    std::vector<double> similarity(channels);
    for (std::size_t c = 0; c < channels; ++c) {
        double sum = 0.0;
        for (const std::vector<double>& part : parts)
            sum += part[c];
        const double scale = reference.deviation * statistics[c].deviation * double(reference.count);
        similarity[c] = scale > 0.0 ? std::clamp(sum / scale, -1.0, 1.0) : 0.0;
    }
    return similarity;
}

}  // namespace resnet

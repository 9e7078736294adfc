#include "core/explain/Statistics.h"

#include "core/inference/Arena.h"

#include <Eigen/Core>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet {

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// Chunks have a fixed size, and what is made of them is put together in order, whoever made it: the same bits
// with any number of threads.
template <class Body>
void forChunks(std::size_t chunks, const EngineOptions& options, const Body& body) {
    if (chunks == 1)
        return body(std::size_t(0));
    inArena(options, [&] { tbb::parallel_for(std::size_t(0), chunks, body); });
}

// Sums over the finite values of each channel, one array per figure, so that loops run along channels.
struct Accumulators {
    explicit Accumulators(std::size_t channels)
        : sums(channels),
          squares(channels),
          minima(channels, infinity),
          maxima(channels, -infinity),
          zeros(channels),
          notANumber(channels),
          infinite(channels) {}

    std::vector<double> sums, squares;
    std::vector<float> minima, maxima;
    std::vector<std::int32_t> zeros, notANumber, infinite;
};

// No branches: the compiler turns this into vector instructions.
void addPixel(Accumulators& a, const float* values, std::size_t channels) {
    double* const sums = a.sums.data();
    double* const squares = a.squares.data();
    for (std::size_t c = 0; c < channels; ++c) {
        const float value = values[c];
        const double finite = std::abs(value) < infinity ? value : 0.0f;
        sums[c] += finite;
        squares[c] += finite * finite;
    }
    float* const minima = a.minima.data();
    float* const maxima = a.maxima.data();
    std::int32_t* const zeros = a.zeros.data();
    for (std::size_t c = 0; c < channels; ++c) {
        const float value = values[c];
        const bool finite = std::abs(value) < infinity;
        const float low = finite ? value : infinity;
        const float high = finite ? value : -infinity;
        minima[c] = low < minima[c] ? low : minima[c];
        maxima[c] = high > maxima[c] ? high : maxima[c];
        zeros[c] += value == 0.0f;
    }
    std::int32_t* const notANumber = a.notANumber.data();
    std::int32_t* const infinite = a.infinite.data();
    for (std::size_t c = 0; c < channels; ++c) {
        const float magnitude = std::abs(values[c]);
        notANumber[c] += !(magnitude <= infinity);
        infinite[c] += magnitude == infinity;
    }
}

void merge(Accumulators& into, const Accumulators& part) {
    for (std::size_t c = 0; c < into.sums.size(); ++c) {
        into.sums[c] += part.sums[c];
        into.squares[c] += part.squares[c];
        into.minima[c] = std::min(into.minima[c], part.minima[c]);
        into.maxima[c] = std::max(into.maxima[c], part.maxima[c]);
        into.zeros[c] += part.zeros[c];
        into.notANumber[c] += part.notANumber[c];
        into.infinite[c] += part.infinite[c];
    }
}

double deviationOf(const Statistics& s) {
    if (s.count == 0 || s.minimum == s.maximum)
        return 0.0;
    return std::sqrt(std::max(0.0, s.norm * s.norm / double(s.count) - s.mean * s.mean));
}

Statistics finished(const Accumulators& a, std::size_t c, std::int64_t pixels) {
    Statistics s;
    s.notANumber = a.notANumber[c];
    s.infinite = a.infinite[c];
    s.count = pixels - s.notFinite();
    s.zeros = a.zeros[c];
    if (s.count == 0)
        return s;
    s.minimum = a.minima[c];
    s.maximum = a.maxima[c];
    s.mean = a.sums[c] / double(s.count);
    s.norm = std::sqrt(a.squares[c]);
    s.deviation = deviationOf(s);
    return s;
}

Histogram emptyHistogram(const Statistics& s, int bins) {
    Histogram histogram;
    if (s.count == 0)
        return histogram;
    const double extent = std::max(std::abs(s.minimum), std::abs(s.maximum));
    histogram.high = extent > 0.0 ? extent : 1.0;
    histogram.low = s.minimum < 0.0 ? -histogram.high : 0.0;
    histogram.counts.assign(std::size_t(bins), 0);
    histogram.zeros = s.zeros;
    return histogram;
}

// The bin of a finite value; the upper end belongs to the last one.
class Binning {
public:
    Binning(const Histogram& histogram)
        : m_low(float(histogram.low)),
          m_perUnit(float(double(histogram.counts.size()) / (histogram.high - histogram.low))),
          m_last(int(histogram.counts.size()) - 1) {}

    void add(std::vector<std::int64_t>& counts, float value) const {
        if (value == 0.0f || !(std::abs(value) < infinity))
            return;
        ++counts[std::size_t(std::clamp(int((value - m_low) * m_perUnit), 0, m_last))];
    }

private:
    float m_low;
    float m_perUnit;
    int m_last;
};

}  // namespace

std::vector<Statistics> channelStatistics(const FeatureMaps& maps, const EngineOptions& options) {
    constexpr std::size_t valuesPerChunk = 1 << 16;
    const auto channels = std::size_t(maps.channels());
    const std::size_t pixels = maps.shape().pixels();
    if (channels == 0 || pixels == 0)
        return std::vector<Statistics>(channels);
    const std::size_t pixelsPerChunk = std::max<std::size_t>(1, valuesPerChunk / channels);
    const std::size_t chunks = (pixels + pixelsPerChunk - 1) / pixelsPerChunk;
    std::vector<Accumulators> parts(chunks, Accumulators(channels));
    forChunks(chunks, options, [&](std::size_t chunk) {
        const std::size_t end = std::min(pixels, (chunk + 1) * pixelsPerChunk);
        for (std::size_t p = chunk * pixelsPerChunk; p < end; ++p)
            addPixel(parts[chunk], maps.data() + p * channels, channels);
    });
    for (std::size_t chunk = 1; chunk < chunks; ++chunk)
        merge(parts[0], parts[chunk]);

    std::vector<Statistics> statistics(channels);
    for (std::size_t c = 0; c < channels; ++c)
        statistics[c] = finished(parts[0], c, std::int64_t(pixels));
    return statistics;
}

Statistics merged(const std::vector<Statistics>& parts) {
    Statistics total;
    double sum = 0.0;
    double squares = 0.0;
    for (const Statistics& part : parts) {
        total.notANumber += part.notANumber;
        total.infinite += part.infinite;
        if (part.count == 0)
            continue;
        total.minimum = total.count > 0 ? std::min(total.minimum, part.minimum) : part.minimum;
        total.maximum = total.count > 0 ? std::max(total.maximum, part.maximum) : part.maximum;
        total.count += part.count;
        total.zeros += part.zeros;
        sum += part.mean * double(part.count);
        squares += part.norm * part.norm;
    }
    if (total.count == 0)
        return total;
    total.mean = sum / double(total.count);
    total.norm = std::sqrt(squares);
    total.deviation = deviationOf(total);
    return total;
}

Statistics statisticsOf(const FeatureMaps& maps, const EngineOptions& options) {
    return merged(channelStatistics(maps, options));
}

Statistics statisticsOf(const FeatureMaps& maps, int channel) {
    const FeatureMapView map = maps.channel(channel);
    Accumulators sums(1);
    const std::size_t pixels = maps.shape().pixels();
    for (std::size_t p = 0; p < pixels; ++p)
        addPixel(sums, map.values + p * std::size_t(map.pixelStride), 1);
    return finished(sums, 0, std::int64_t(pixels));
}

int strongestChannel(const FeatureMaps& maps) {
    std::vector<double> sums(std::size_t(maps.channels()), 0.0);
    const float* value = maps.data();  // pixel by pixel
    for (std::size_t pixel = 0; pixel < maps.shape().pixels(); ++pixel)
        for (double& sum : sums)
            sum += *value++;
    for (double& sum : sums)
        if (std::isnan(sum))
            sum = -std::numeric_limits<double>::infinity();
    return int(std::ranges::max_element(sums) - sums.begin());
}

int deadChannels(const std::vector<Statistics>& channels) {
    return int(std::ranges::count_if(channels, &Statistics::isDead));
}

Histogram histogramOf(const FeatureMaps& maps, const Statistics& statistics, int bins,
                      const EngineOptions& options) {
    Histogram histogram = emptyHistogram(statistics, bins);
    if (histogram.counts.empty())
        return histogram;
    constexpr std::size_t chunkSize = 1 << 16;
    const std::size_t chunks = (maps.size() + chunkSize - 1) / chunkSize;
    const Binning binning(histogram);
    std::vector<std::vector<std::int64_t>> parts(chunks, histogram.counts);
    forChunks(chunks, options, [&](std::size_t chunk) {
        const std::size_t end = std::min(maps.size(), (chunk + 1) * chunkSize);
        for (std::size_t i = chunk * chunkSize; i < end; ++i)
            binning.add(parts[chunk], maps.data()[i]);
    });
    for (const std::vector<std::int64_t>& part : parts)
        std::ranges::transform(histogram.counts, part, histogram.counts.begin(), std::plus<>{});
    return histogram;
}

Histogram histogramOf(const FeatureMaps& maps, int bins, const EngineOptions& options) {
    return histogramOf(maps, statisticsOf(maps, options), bins, options);
}

Histogram histogramOf(const FeatureMaps& maps, int channel, int bins) {
    Histogram histogram = emptyHistogram(statisticsOf(maps, channel), bins);
    if (histogram.counts.empty())
        return histogram;
    const Binning binning(histogram);
    const FeatureMapView map = maps.channel(channel);
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            binning.add(histogram.counts, map.at(y, x));
    return histogram;
}

const ActivationStatistics::Entry* ActivationStatistics::of(const FeatureMapsPtr& maps) {
    if (!maps)
        return nullptr;
    const auto [found, isNew] = m_entries.try_emplace(maps.get());
    Entry& entry = found->second;
    if (isNew) {
        entry.maps = maps;
        entry.channels = channelStatistics(*maps, m_options);
        entry.total = merged(entry.channels);
    }
    return &entry;
}

const ActivationStatistics::Entry* ActivationStatistics::known(const FeatureMapsPtr& maps) const {
    const auto found = m_entries.find(maps.get());
    return found == m_entries.end() ? nullptr : &found->second;
}

void ActivationStatistics::keepOnly(const std::vector<FeatureMapsPtr>& maps) {
    std::map<const FeatureMaps*, Entry> kept;
    for (const FeatureMapsPtr& each : maps)
        if (auto found = m_entries.extract(each.get()))
            kept.insert(std::move(found));
    m_entries = std::move(kept);
}

std::vector<double> similarityTo(const FeatureMaps& maps, const std::vector<Statistics>& statistics,
                                 int channel, const EngineOptions& options) {
    using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;  // pixels x channels
    using Values = Eigen::Map<const Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
    constexpr Eigen::Index valuesPerChunk = 1 << 14;
    const Eigen::Index channels = maps.channels();
    const auto pixels = Eigen::Index(maps.shape().pixels());
    const Eigen::Index pixelsPerChunk =
        std::max<Eigen::Index>(1, valuesPerChunk / std::max<Eigen::Index>(1, channels));
    const Eigen::Index chunks = (pixels + pixelsPerChunk - 1) / pixelsPerChunk;
    const Statistics& reference = statistics.at(std::size_t(channel));
    Eigen::RowVectorXd means(channels);
    for (Eigen::Index c = 0; c < channels; ++c)
        means[c] = statistics[std::size_t(c)].mean;

    // Sums of (r - mean r) (v - mean v), one column per chunk.
    Eigen::MatrixXd parts(channels, chunks);
    forChunks(std::size_t(chunks), options, [&](std::size_t chunk) {
        const Eigen::Index first = Eigen::Index(chunk) * pixelsPerChunk;
        Rows centred =
            Values(maps.data() + first * channels, std::min(pixelsPerChunk, pixels - first), channels)
                .cast<double>();
        centred.rowwise() -= means.array();
        centred = centred.isFinite().select(centred, 0.0);
        parts.col(Eigen::Index(chunk)).noalias() =
            centred.matrix().transpose() * centred.col(channel).matrix();
    });

    const Eigen::VectorXd sums = parts.rowwise().sum();
    std::vector<double> similarity(statistics.size());
    for (std::size_t c = 0; c < similarity.size(); ++c) {
        const double scale = reference.deviation * statistics[c].deviation * double(reference.count);
        similarity[c] = scale > 0.0 ? std::clamp(sums[Eigen::Index(c)] / scale, -1.0, 1.0) : 0.0;
    }
    return similarity;
}

}  // namespace resnet

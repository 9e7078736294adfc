#include "ui/activations/ChannelOrder.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace resnet::ui {
namespace {

double valueOf(const Statistics& s, SortKey key) {
    switch (key) {
        case SortKey::Mean:
            return s.mean;
        case SortKey::Maximum:
            return s.maximum;
        case SortKey::StandardDeviation:
            return s.deviation;
        case SortKey::ShareOfZeros:
            return s.shareOfZeros();
        case SortKey::Index:
        case SortKey::Similarity:
            break;
    }
    return 0.0;
}

}  // namespace

std::optional<ChannelFilter> ChannelFilter::parse(const QString& text) {
    ChannelFilter filter;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const QString trimmed = part.trimmed(); !trimmed.isEmpty() && !filter.parsePart(trimmed))
            return std::nullopt;
    return filter;
}

bool ChannelFilter::parsePart(const QString& part) {
    if (part.compare(QLatin1String("dead"), Qt::CaseInsensitive) == 0)
        return m_dead = true;
    if (part.compare(QLatin1String("live"), Qt::CaseInsensitive) == 0)
        return m_live = true;
    if (part.compare(QLatin1String("nan"), Qt::CaseInsensitive) == 0)
        return m_notFinite = true;
    static const QRegularExpression range(QStringLiteral("^(\\d{1,6})(?:\\s*[-–]\\s*(\\d{1,6}))?$"));
    const QRegularExpressionMatch match = range.match(part);
    if (!match.hasMatch())
        return false;
    const int first = match.captured(1).toInt();
    const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
    m_ranges.emplace_back(std::min(first, last), std::max(first, last));
    return true;
}

bool ChannelFilter::accepts(int channel, const Statistics& statistics) const {
    const auto holds = [&](const std::pair<int, int>& range) {
        return range.first <= channel && channel <= range.second;
    };
    return isEmpty() || std::ranges::any_of(m_ranges, holds) || (m_dead && statistics.isDead()) ||
           (m_live && !statistics.isDead()) || (m_notFinite && statistics.notFinite() > 0);
}

std::vector<int> channelOrder(const std::vector<Statistics>& channels, SortKey key,
                              const std::vector<double>& similarity, const ChannelFilter& filter) {
    std::vector<int> order;
    for (int c = 0; c < int(channels.size()); ++c)
        if (filter.accepts(c, channels[std::size_t(c)]))
            order.push_back(c);
    if (key == SortKey::Index)
        return order;
    const auto rank = [&](int c) {
        const auto index = std::size_t(c);
        if (key == SortKey::Similarity)
            return index < similarity.size() ? similarity[index] : 0.0;
        return valueOf(channels[index], key);
    };
    std::ranges::stable_sort(order, std::ranges::greater{}, rank);
    return order;
}

void rank(std::vector<int>& channels, const FeatureMaps& values) {
    std::ranges::stable_sort(channels, std::ranges::greater{}, [&](int channel) {
        const float value = values.data()[channel];
        return std::isfinite(value) ? value : -std::numeric_limits<float>::infinity();
    });
}

}  // namespace resnet::ui

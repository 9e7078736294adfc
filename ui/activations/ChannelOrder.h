#pragma once

#include "core/explain/Statistics.h"
#include "core/tensor/FeatureMaps.h"
#include "ui/workspace/ViewSettings.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace resnet::ui {

// Which channels are wanted: "", "7", "3, 10-20", "dead", "live", "nan", or several of these with commas.
class ChannelFilter {
public:
    // Nothing if the text cannot be read.
    static std::optional<ChannelFilter> parse(const QString& text);

    bool isEmpty() const { return m_ranges.empty() && !m_dead && !m_live && !m_notFinite; }
    bool accepts(int channel, const Statistics& statistics) const;

private:
    bool parsePart(const QString& part);

    std::vector<std::pair<int, int>> m_ranges;
    bool m_dead = false;
    bool m_live = false;
    bool m_notFinite = false;
};

// The wanted channels, the largest first (by index: the smallest), equal ones by index. `similarity` is one
// value per channel and only used by SortKey::Similarity.
std::vector<int> channelOrder(const std::vector<Statistics>& channels, SortKey key,
                              const std::vector<double>& similarity = {}, const ChannelFilter& filter = {});

// Of single values: the highest first, equal ones as they were, those that are no numbers last.
void rank(std::vector<int>& channels, const FeatureMaps& values);

}  // namespace resnet::ui

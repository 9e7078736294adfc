#include "app/cli/NearestNames.h"

#include <algorithm>
#include <numeric>

namespace resnet::app {

namespace {

constexpr std::size_t mostNames = 3;
constexpr qsizetype longestTyped = 64;  // more cannot be a slip of the fingers

// Levenshtein's distance, row by row.
int distance(const QString& a, const QString& b) {
    std::vector<int> row(std::size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i) + 1);
        for (qsizetype j = 0; j < b.size(); ++j) {
            const std::size_t at = std::size_t(j) + 1;
            const int changed = diagonal + (a[i] != b[j]);
            diagonal = row[at];
            row[at] = std::min({changed, row[at] + 1, row[at - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

QStringList nearestNames(const QString& typed, const std::vector<std::string>& names) {
    std::vector<std::pair<int, QString>> ranked;
    for (const std::string& each : names) {
        const QString name = QString::fromStdString(each);
        ranked.emplace_back(distance(typed.left(longestTyped).toLower(), name.toLower()), name);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    QStringList nearest;
    for (const auto& [distanceOf, name] : ranked)
        if (std::size_t(nearest.size()) < mostNames && distanceOf <= ranked.front().first + 1)
            nearest.append(name);
    return nearest;
}

}  // namespace resnet::app

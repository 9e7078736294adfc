#include "ui/attribution/TrustCharts.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

// What is no number leaves a gap.
std::vector<std::optional<double>> finite(const std::vector<double>& values) {
    std::vector<std::optional<double>> found;
    for (const double value : values)
        found.push_back(std::isfinite(value) ? std::optional(value) : std::nullopt);
    return found;
}

LineChart chartOf(const QString& title, const Curves& curves, const std::vector<double>& own,
                  const std::vector<double>& random, const QString& first, const QString& last) {
    LineChart chart;
    chart.title = title;
    chart.places = curves.share;
    chart.firstLabel = first;
    chart.lastLabel = last;
    chart.lines = {{Words::tr("in the map's order, area %1").arg(valueText(areaUnder(curves, own))),
                    LineChart::Tone::Accent, false, finite(own)},
                   {Words::tr("in random orders, area %1").arg(valueText(areaUnder(curves, random))),
                    LineChart::Tone::Quiet, true, finite(random)}};
    return chart;
}

}  // namespace

LineChart likenessChart(const std::vector<std::array<double, 3>>& known, std::size_t places) {
    LineChart chart;
    chart.title = Words::tr("Like the map of the network as it is");
    chart.low = -0.2;
    chart.firstLabel = Words::tr("as it is");
    chart.lastLabel = Words::tr("all started anew");
    chart.lines = {{Words::tr("ranks of magnitudes"), LineChart::Tone::Accent, false, {}},
                   {Words::tr("SSIM"), LineChart::Tone::Ink, false, {}},
                   {Words::tr("ranks of values"), LineChart::Tone::Quiet, true, {}}};
    for (const std::array<double, 3>& values : known)
        for (std::size_t i = 0; i < values.size(); ++i) {
            const bool isKnown = std::isfinite(values[i]);
            chart.lines[i].values.push_back(isKnown ? std::optional(values[i]) : std::nullopt);
            if (isKnown)
                chart.low = std::min(chart.low, std::max(-1.0, values[i]));
        }
    for (std::size_t place = 0; place < places; ++place)
        chart.places.push_back(double(place));
    return chart;
}

LineChart deletionChart(const Curves& curves) {
    return chartOf(Words::tr("Deletion: falls fast if the map is good"), curves, curves.deletion,
                   curves.randomDeletion, Words::tr("the picture"), Words::tr("all hidden"));
}

LineChart insertionChart(const Curves& curves) {
    return chartOf(Words::tr("Insertion: rises fast if the map is good"), curves, curves.insertion,
                   curves.randomInsertion, Words::tr("blurred"), Words::tr("the picture"));
}

}  // namespace resnet::ui

#include "ui/attribution/TrustCharts.h"

#include "ui/words/NumberText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

QString text(const char* words) {
    return QCoreApplication::translate("TrustCharts", words);
}

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
    chart.lines = {{text("in the map's order, area %1").arg(valueText(areaUnder(curves, own))),
                    LineChart::Tone::Accent, false, finite(own)},
                   {text("in random orders, area %1").arg(valueText(areaUnder(curves, random))),
                    LineChart::Tone::Quiet, true, finite(random)}};
    return chart;
}

}  // namespace

LineChart likenessChart(const std::vector<std::array<double, 3>>& known, std::size_t places) {
    LineChart chart;
    chart.title = text("Like the map of the network as it is");
    chart.low = -0.2;
    chart.firstLabel = text("as it is");
    chart.lastLabel = text("all started anew");
    chart.lines = {{text("ranks of magnitudes"), LineChart::Tone::Accent, false, {}},
                   {text("SSIM"), LineChart::Tone::Ink, false, {}},
                   {text("ranks of values"), LineChart::Tone::Quiet, true, {}}};
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
    return chartOf(text("Deletion: falls fast if the map is good"), curves, curves.deletion,
                   curves.randomDeletion, text("the picture"), text("all hidden"));
}

LineChart insertionChart(const Curves& curves) {
    return chartOf(text("Insertion: rises fast if the map is good"), curves, curves.insertion,
                   curves.randomInsertion, text("blurred"), text("the picture"));
}

}  // namespace resnet::ui

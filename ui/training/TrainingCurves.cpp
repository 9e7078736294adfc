#include "ui/training/TrainingCurves.h"

#include "ui/Words.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

using Value = std::optional<double> HistoryEntry::*;

void addLines(LineChart& chart, const Training& training, LineChart::Tone tone, Value trained, Value unseen) {
    const auto add = [&](const QString& name, Value value, bool isDashed) {
        LineChart::Line line{name.arg(nameOf(training)), tone, isDashed, {}};
        for (const double epoch : chart.places) {
            const HistoryEntry* entry = entryOf(training, int(epoch));
            line.values.push_back(entry ? entry->*value : std::nullopt);
        }
        chart.lines.push_back(std::move(line));
    };
    add(Words::tr("%1: pictures trained with"), trained, false);
    add(Words::tr("%1: pictures never seen"), unseen, true);
}

}  // namespace

QString nameOf(const Training& training) {
    return training.name == QLatin1String("residual") ? Words::tr("with shortcuts")
           : training.name == QLatin1String("plain")  ? Words::tr("without")
                                                      : training.name;
}

const HistoryEntry* entryOf(const Training& training, int epoch) {
    const auto found = std::ranges::find(training.history, epoch, &HistoryEntry::epoch);
    return found == training.history.end() ? nullptr : &*found;
}

TrainingCurves TrainingCurves::of(const std::vector<Training>& trainings, std::optional<int> present) {
    TrainingCurves curves;
    int last = 0;
    for (const Training& training : trainings)
        for (const HistoryEntry& entry : training.history)
            last = std::max(last, entry.epoch);
    if (last == 0)
        return curves;
    for (LineChart* chart : {&curves.loss, &curves.accuracy}) {
        for (int epoch = 0; epoch <= last; ++epoch)
            chart->places.push_back(epoch);
        chart->firstLabel = Words::tr("epoch 0: the start");
        chart->lastLabel = QString::number(last);
        chart->mark = present ? std::optional<double>(*present) : std::nullopt;
    }
    curves.loss.title = Words::tr("Loss");
    curves.accuracy.title = Words::tr("Right answers");
    for (std::size_t i = 0; i < trainings.size(); ++i) {
        const bool isAccent = (i == 0) != (trainings.front().name == QLatin1String("plain"));
        const auto tone = isAccent ? LineChart::Tone::Accent : LineChart::Tone::Ink;
        addLines(curves.loss, trainings[i], tone, &HistoryEntry::trainingLoss, &HistoryEntry::validationLoss);
        addLines(curves.accuracy, trainings[i], tone, &HistoryEntry::trainingAccuracy,
                 &HistoryEntry::validationAccuracy);
    }
    double most = 0.0;
    for (const LineChart::Line& line : curves.loss.lines)
        for (const std::optional<double>& value : line.values)
            if (value && std::isfinite(*value))
                most = std::max(most, *value);
    curves.loss.high = most > 0.0 ? std::ceil(most * 2.0) / 2.0 : 1.0;
    return curves;
}

}  // namespace resnet::ui

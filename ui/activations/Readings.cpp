#include "ui/activations/Readings.h"

#include "core/explain/Statistics.h"
#include "ui/activations/Wording.h"
#include "ui/painting/NumberText.h"

#include <QCoreApplication>

#include <algorithm>

namespace resnet::ui {
namespace {

QString translate(const char* text) {
    return QCoreApplication::translate("FeatureMaps", text);
}

// Place of a value among the others, the largest first.
int rankOf(const FeatureMaps& values, int channel) {
    const float value = values.data()[channel];
    return 1 + int(std::count_if(values.data(), values.data() + values.size(),
                                 [&](float v) { return v > value; }));
}

}  // namespace

Reading lensReading(const Workspace& workspace, const Cell& cell,
                    const std::array<std::optional<float>, unitTermCount>& values) {
    const Graph& graph = workspace.model()->graph();
    Reading reading{capitalised(cellName(cell)),
                    seenText(graph, workspace.currentStep(), cell),
                    seenExplanation(graph, workspace.currentStep(), cell),
                    {}};
    for (int term = 0; term < unitTermCount; ++term) {
        const std::optional<float> value = values[std::size_t(term)];
        reading.numbers.push_back({value ? signedValueText(*value) : QStringLiteral("–"), unitTermName(term),
                                   unitTermColor(term, workspace.theme())});
    }
    return reading;
}

Reading mapReading(const Workspace& workspace, const FeatureMaps& maps, const std::optional<Cell>& cell) {
    const Statistics statistics = statisticsOf(maps, workspace.channel());
    const QColor ink = workspace.theme().ink;
    Reading reading;
    if (cell) {
        const Graph& graph = workspace.model()->graph();
        reading.place = capitalised(cellName(*cell));
        reading.note = seenText(graph, workspace.currentStep(), *cell);
        reading.explanation = seenExplanation(graph, workspace.currentStep(), *cell);
        reading.numbers.push_back({signedValueText(maps.at(workspace.channel(), cell->y, cell->x)),
                                   translate("value"), workspace.theme().mainPath});
    } else {
        reading.place = translate("Whole channel");
        reading.note = translate("click a cell for its values");
        if (statistics.count > 0)
            reading.numbers.push_back({percentText(statistics.shareOfZeros()), translate("zeros"), ink});
    }
    if (statistics.count > 0) {
        reading.numbers.push_back({signedValueText(statistics.mean), translate("mean"), ink});
        reading.numbers.push_back({signedValueText(statistics.minimum), translate("minimum"), ink});
        reading.numbers.push_back({signedValueText(statistics.maximum), translate("maximum"), ink});
    }
    if (statistics.notFinite() > 0)
        reading.note = translate("%1 NaN or infinite").arg(statistics.notFinite());
    return reading;
}

Reading vectorReading(const Workspace& workspace, const FeatureMapsPtr& pooled) {
    const Graph& graph = workspace.model()->graph();
    const Activations& activations = workspace.activations();
    const StepId step = workspace.currentStep();
    const int channel = workspace.channel();
    const FeatureMaps& values = *activations.output(step);
    const QColor ink = workspace.theme().ink;
    Reading reading;
    reading.place = translate("Rank %1 of %2").arg(rankOf(values, channel)).arg(values.channels());
    if (!isPerClass(graph, step)) {
        reading.note = translate("the mean of this map");
        reading.numbers.push_back(
            {signedValueText(values.data()[channel]), translate("value"), workspace.theme().mainPath});
        if (pooled)
            reading.numbers.push_back(
                {signedValueText(statisticsOf(*pooled, channel).maximum), translate("maximum"), ink});
        return reading;
    }
    reading.note = translate("class %1").arg(channel);
    if (const FeatureMapsPtr& logits = activations.output(graph.logitsStep()))
        reading.numbers.push_back({signedValueText(logits->data()[channel]), translate("logit"), ink});
    if (const FeatureMapsPtr& shares = activations.output(graph.softmaxStep()))
        reading.numbers.push_back(
            {percentText(shares->data()[channel]), translate("probability"), workspace.theme().mainPath});
    return reading;
}

}  // namespace resnet::ui

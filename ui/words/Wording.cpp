#include "ui/words/Wording.h"

#include "core/network/SeenPixels.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>

#include <algorithm>

namespace resnet::ui {
namespace {

QString translate(const char* text) {
    return QCoreApplication::translate("FeatureMaps", text);
}

QString seenExtent(const SeenPixels& seen) {
    return extentText(seen.imageRows.size(), seen.imageColumns.size());
}

}  // namespace

QString channelName(const Model& model, StepId step, int channel) {
    const int inputChannels = model.graph().spec().inputChannels;
    if (step == inputStep && inputChannels == 1)
        return translate(QT_TRANSLATE_NOOP("FeatureMaps", "grey"));
    if (step == inputStep && channel == 3)
        return translate(QT_TRANSLATE_NOOP("FeatureMaps", "opacity"));
    if (step == inputStep && channel < inputChannels) {
        constexpr const char* names[] = {QT_TRANSLATE_NOOP("FeatureMaps", "red"),
                                         QT_TRANSLATE_NOOP("FeatureMaps", "green"),
                                         QT_TRANSLATE_NOOP("FeatureMaps", "blue")};
        const bool reversed = model.preprocessing.channelOrder == ChannelOrder::BGR;
        return translate(names[reversed ? 2 - channel : channel]);
    }
    if (step != inputStep && isPerClass(model.graph(), step) && channel < int(model.classNames.size()))
        return QString::fromStdString(model.classNames[std::size_t(channel)]);
    return translate("channel %1").arg(channel);
}

QString cellName(const Cell& cell) {
    return translate("row %1, column %2").arg(cell.y).arg(cell.x);
}

QString seenText(const Graph& graph, StepId step, const Cell& cell) {
    if (step == inputStep)
        return translate("normalised pixel");
    const SeenPixels seen = seenBy(graph, step, cell.y, cell.x).longest;
    if (seen.imageRows.size() == graph.spec().inputHeight &&
        seen.imageColumns.size() == graph.spec().inputWidth)
        return translate("has seen the whole image");
    return translate("has seen %1 pixels").arg(seenExtent(seen));
}

QString seenExplanation(const Graph& graph, StepId step, const Cell& cell) {
    if (step == inputStep)
        return {};
    const SeenRange seen = seenBy(graph, step, cell.y, cell.x);
    if (seen.shortest.imageRows == seen.longest.imageRows &&
        seen.shortest.imageColumns == seen.longest.imageColumns)
        return translate("This cell has seen %1 pixels of the image.").arg(seenExtent(seen.longest));
    return translate(
               "This cell has seen %1 pixels of the image by the shortcuts alone, and %2 by the longest path.")
        .arg(seenExtent(seen.shortest), seenExtent(seen.longest));
}

QString notFiniteText(const Statistics& statistics) {
    QStringList counts;
    if (statistics.notANumber > 0)
        counts << translate("%1 NaN").arg(statistics.notANumber);
    if (statistics.infinite > 0)
        counts << translate("%1 infinite").arg(statistics.infinite);
    return counts.isEmpty() ? QString()
                            : translate("%1, hatched in red. ").arg(counts.join(QStringLiteral(", ")));
}

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

}  // namespace resnet::ui

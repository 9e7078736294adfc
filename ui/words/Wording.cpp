#include "ui/words/Wording.h"

#include "core/network/SeenPixels.h"
#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <algorithm>

namespace resnet::ui {
namespace {

QString seenExtent(const SeenPixels& seen) {
    return extentText(seen.imageRows.size(), seen.imageColumns.size());
}

}  // namespace

QString inputChannelName(int channel, int count, ChannelOrder order) {
    if (count == 1)
        return Words::tr("grey");
    const QString colours[] = {Words::tr("red"), Words::tr("green"), Words::tr("blue")};
    return channel == 3 ? Words::tr("opacity") : colours[order == ChannelOrder::BGR ? 2 - channel : channel];
}

QString channelName(const Model& model, StepId step, int channel) {
    if (step == inputStep)
        return inputChannelName(channel, model.graph().spec().inputChannels,
                                model.preprocessing.channelOrder);
    if (isPerClass(model.graph(), step) && channel < int(model.classNames.size()))
        return QString::fromStdString(model.classNames[std::size_t(channel)]);
    return Words::tr("channel %1").arg(channel);
}

QString cellName(const Cell& cell) {
    return Words::tr("row %1, column %2").arg(cell.y).arg(cell.x);
}

QString cellsAtStride(int stride) {
    return stride == 1   ? Words::tr("every cell")
           : stride == 2 ? Words::tr("every second cell")
           : stride == 3 ? Words::tr("every third cell")
                         : Words::tr("one cell in %1").arg(stride);
}

QString seenText(const Graph& graph, StepId step, const Cell& cell) {
    if (step == inputStep)
        return Words::tr("normalised pixel");
    const SeenPixels seen = seenBy(graph, step, cell.y, cell.x).longest;
    if (seen.imageRows.size() == graph.spec().inputHeight &&
        seen.imageColumns.size() == graph.spec().inputWidth)
        return Words::tr("has seen the whole picture");
    return Words::tr("has seen %1 pixels").arg(seenExtent(seen));
}

QString seenExplanation(const Graph& graph, StepId step, const Cell& cell) {
    if (step == inputStep)
        return {};
    const SeenRange seen = seenBy(graph, step, cell.y, cell.x);
    if (seen.shortest.imageRows == seen.longest.imageRows &&
        seen.shortest.imageColumns == seen.longest.imageColumns)
        return Words::tr("This cell has seen %1 pixels of the picture.").arg(seenExtent(seen.longest));
    return Words::
        tr("This cell has seen %1 pixels of the picture by the shortcuts alone, and %2 by the longest path.")
            .arg(seenExtent(seen.shortest), seenExtent(seen.longest));
}

QString notFiniteText(const Statistics& statistics) {
    QStringList counts;
    if (statistics.notANumber > 0)
        counts << Words::tr("%1 NaN").arg(statistics.notANumber);
    if (statistics.infinite > 0)
        counts << Words::tr("%1 infinite").arg(statistics.infinite);
    return counts.isEmpty() ? QString()
                            : Words::tr("%1, hatched in red. ").arg(counts.join(QStringLiteral(", ")));
}

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

}  // namespace resnet::ui

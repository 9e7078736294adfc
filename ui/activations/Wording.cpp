#include "ui/activations/Wording.h"

#include "ui/painting/NumberText.h"

#include <QCoreApplication>

#include <algorithm>

namespace resnet::ui {
namespace {

QString translate(const char* text) {
    return QCoreApplication::translate("FeatureMaps", text);
}

// Pixels of the image that a field covers on one axis.
int clippedExtent(const ReceptiveField& field, int index, int extent) {
    const int start = field.start + index * field.stride;
    return std::max(0, std::min(extent, start + field.size) - std::max(0, start));
}

}  // namespace

bool isPerClass(const Graph& graph, StepId step) {
    return step == graph.logitsStep() || step == graph.softmaxStep();
}

QString channelName(const Model& model, StepId step, int channel) {
    if (step == inputStep && channel < NetworkSpec::inputChannels) {
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
    const NetworkSpec& spec = graph.spec();
    const int height = clippedExtent(graph.step(step).fieldY, cell.y, spec.inputHeight);
    const int width = clippedExtent(graph.step(step).fieldX, cell.x, spec.inputWidth);
    if (height == spec.inputHeight && width == spec.inputWidth)
        return translate("has seen the whole image");
    return translate("has seen %1 pixels").arg(extentText(height, width));
}

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

}  // namespace resnet::ui

#include "ui/diagram/ViewWords.h"

#include <QCoreApplication>

namespace resnet::ui {
namespace {

QString words(const char* text) {
    return QCoreApplication::translate("Explanations", text);
}

}  // namespace

Explanation diagramWords() {
    return {
        words("The diagram"),
        words("y = ReLU(F(x) + x)"),
        words(
            "<p>The network reads from left to right. The height of a block tells how large its maps are, "
            "the "
            "width how many; both on a scale by doublings, so that 512 channels still fit. Blocks are filled "
            "with their own maps, those that vary most.</p>"
            "<p><b>Two ways.</b> The blue main path F(x) computes what a residual unit wants to change. The "
            "orange shortcut carries x past it, and at the plus the two are added. A solid shortcut is the "
            "identity: it has no weights and changes nothing. A dashed one is a projection: where the maps "
            "are "
            "halved and the channels doubled, a 1 × 1 convolution and a batch norm bring x to the shape of "
            "F(x).</p>"
            "<p><b>Three levels.</b> <i>Network</i> shows the stages, <i>Units</i> the residual units, "
            "<i>Layers</i> every step (keys 1, 2 and 3). A double click or Enter opens one block in place. "
            "Below stands the unit of the current step, large, in the selected channel.</p>"
            "<p><b>Moving.</b> The wheel zooms about the cursor, dragging pans, F fits. Left and right walk "
            "along "
            "the data, up and down between main path and shortcut, Alt+Left goes back. A dotted outline "
            "marks "
            "the twins of a step: the same step in units of the same shape.</p>"
            "<p><b>View</b> shades the blocks by time, parameters, multiply-adds or memory, and makes the "
            "lines as "
            "thick as the norm of what flows in them: how much a unit adds to what passes it by.</p>"),
        {Paper::DeepResidualLearning, Paper::IdentityMappings, Paper::EnsemblesOfShallowNetworks}};
}

}  // namespace resnet::ui

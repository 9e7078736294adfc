#include "ui/predictions/ViewWords.h"

#include <QCoreApplication>

namespace resnet::ui {

Explanation inputWords() {
    const auto words = [](const char* text) { return QCoreApplication::translate("Explanations", text); };
    return {words("Input and prediction"),
            {},
            words("<p>The picture as the network gets it: scaled, cropped to the middle, and no more pixels "
                  "than you see. "
                  "What was cut off cannot count.</p>"
                  "<p><b>Field</b> frames what a cell of the current step has seen: the one under the cursor "
                  "in any "
                  "view, else the selected one, else the one in the middle. Point at the picture to mark a "
                  "place in all "
                  "maps.</p>"
                  "<p>The bars are the five best classes. They are shares of the classes this network knows, "
                  "and add up to "
                  "100 % over all of them, even where the picture shows none of them. <i>Why?</i> shows "
                  "which places "
                  "speak for a class.</p>"),
            {Paper::DeepResidualLearning}};
}

}  // namespace resnet::ui

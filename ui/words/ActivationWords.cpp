#include "ui/words/ActivationWords.h"

#include "ui/Words.h"

namespace resnet::ui {
Explanation mapsWords() {
    return {
        Words::tr("Feature maps"),
        {},
        Words::tr(
            "<p>Every step makes a number of maps, one per channel. Each says where it found its pattern, and how strongly; in deep maps a place stands for a large part of the picture. Maps are green above zero and purple below it, all on one scale, and blank where they are zero.</p>"
            "<p><b>Scale.</b> Within one scale, equal colours are equal numbers. <i>This step</i> compares the channels with each other, <i>this channel</i> shows what is in a faint one, <i>this unit</i> compares the steps of a residual unit, <i>network</i> all steps.</p>"
            "<p><b>Order.</b> By mean, maximum, standard deviation, share of zeros, or by likeness to the selected channel: the correlation of the two maps. <b>Filter</b> takes numbers and ranges (7, 10-20) and the words dead, live and nan.</p>"
            "<p>A <b>dead</b> channel is zero everywhere. Red cells with white hatching are not numbers or are infinite; they are counted in the title and left out of every scale.</p>"
            "<p>A click selects a channel, a double click also the cell; arrow keys move from channel to channel.</p>"),
        {Paper::VisualizingNetworks}};
}

Explanation unitByChannelWords() {
    return {
        Words::tr("Unit by channel"),
        Words::tr("y = F(x) + x"),
        Words::tr(
            "<p>All channels of the current residual unit, each with the maps that tell its story: what came in by the shortcut (<b>x</b>, or <b>P(x)</b> where the shortcut changes it), what the main path wants to change (<b>F(x)</b>), their sum, and where a ReLU follows what that keeps.</p>"
            "<p>They share one scale, so that a pale F(x) is a small one: the unit passes that channel on almost as it was. Sorting follows the current step if it is one of them, else F(x).</p>"
            "<p>A click selects the channel, a title goes to its step.</p>"),
        {Paper::DeepResidualLearning, Paper::IdentityMappings}};
}

Explanation allStepsWords() {
    return {
        Words::tr("All steps"),
        {},
        Words::tr(
            "<p>One column per step, in the order of execution. Blue columns are of the main path, orange ones of the shortcut. Rows have scales of their own.</p>"
            "<p><b>Mean</b> and <b>standard deviation</b> show how batch norm pulls every map back to a common range, <b>zeros</b> what ReLU cuts, and the <b>norm</b> how sums grow from unit to unit within a stage.</p>"
            "<p>A click or the left and right arrow keys go to a step.</p>"),
        {Paper::BatchNormalization, Paper::DeepResidualLearning}};
}

Explanation allUnitsWords() {
    return {
        Words::tr("All residual units"),
        Words::tr("‖F(x)‖ / ‖x‖"),
        Words::tr(
            "<p>How much each unit changes. <b>F(x) changes x by</b> the Euclidean norm of what the main path adds, in percent of the norm of what the shortcut brings (P(x), where it changes x): ‖F(x)‖ / ‖x‖. Where it is small, the unit is close to passing x on.</p>"
            "<p><b>Cosine</b> says whether F(x) points the same way as x (1), across it (0) or against it (−1). <b>ReLU cuts</b> is the share of the sum's cells below zero, where a ReLU follows.</p>"
            "<p>Deep residual networks tend to make small changes in many units, which is why taking one unit out harms them little.</p>"),
        {Paper::DeepResidualLearning, Paper::EnsemblesOfShallowNetworks}};
}

Explanation stageCostsWords() {
    return {
        Words::tr("Costs of the stages"),
        Words::tr("parameters = k² · Cᵢₙ · Cₒᵤₜ,   multiply-adds = k² · Cᵢₙ · Cₒᵤₜ · h · w"),
        Words::tr(
            "<p>Where a stage halves the sides of the maps and doubles the channels, a convolution has four times the weights: twice as many kernels and each twice as deep. But it uses each of them at a quarter of the places. So its <b>parameters</b> grow from stage to stage, and its <b>multiply-adds</b> stay the same: a stage's work goes with the number of its units.</p>"
            "<p>So deep units cost memory and shallow ones do not, while the time is spent in all of them.</p>"
            "<p>A click or the left and right arrow keys go to the end of a stage.</p>"),
        {Paper::DeepResidualLearning}};
}

Explanation weightsWords() {
    return {
        Words::tr("Weights"),
        {},
        Words::tr(
            "<p>What was learned (before training: random numbers), of the current step or of the nearest before it that has weights.</p>"
            "<p><b>First convolution.</b> Its kernels look at the picture, so they can be shown as pictures: in a trained network edges of all directions, and one colour against another where there are colours.</p>"
            "<p><b>Other convolutions.</b> The kernels that make the selected channel, one per input channel, the heaviest first. Green weights add what they see, purple ones take it away.</p>"
            "<p><b>Batch norm.</b> Four numbers per channel: γ and β, which are learned, and the mean and variance that it keeps. The inspector's <i>Fold into the convolution</i> shows what they come to.</p>"
            "<p><b>Dense layer.</b> What the selected class gives for each feature.</p>"),
        {Paper::BatchNormalization, Paper::DelvingIntoRectifiers}};
}

Explanation channelWords() {
    return {
        Words::tr("One channel"),
        {},
        Words::tr(
            "<p>The selected channel, large, with its colour bar. A sign before an end of the bar says that some values go beyond it.</p>"
            "<p>Point at a cell to read it: the same place is marked in every other view, and the frame in the picture shows what the cell has seen. A click selects the cell; arrow keys then move it, with Shift by eight, and Escape forgets it. <i>Over the picture</i> lays the map over the picture.</p>"
            "<p>Ctrl+T shows the arithmetic behind the selected cell.</p>"),
        {}};
}

Explanation unitLensWords() {
    return {
        Words::tr("The residual unit, for one channel"),
        Words::tr("y = F(x) + x"),
        Words::tr(
            "<p><b>x</b> is what comes in by the shortcut. In a unit whose shortcut changes x (dashed in the diagram) it is <b>P(x)</b>, what a projection or padding makes of it, mostly because x as it is would not match F(x).</p>"
            "<p><b>F(x)</b> is what the main path adds (convolutions with batch norms and ReLUs): purple takes away, green adds. Where it is nearly blank, the unit passes x on almost unchanged.</p>"
            "<p><b>F(x) + x</b> is their sum. Where a <b>ReLU</b> follows, it cuts what is below zero of it; the caption says how much that is. All are on one scale.</p>"
            "<p>The channel has one number in all of them, and means one thing there, since a sum goes channel by channel. Within F it does not: a convolution makes each channel from all of them, so the same number before and after it says nothing.</p>"),
        {Paper::DeepResidualLearning, Paper::IdentityMappings}};
}

Explanation contributionsWords() {
    return {
        Words::tr("What counts most for the class"),
        Words::tr("adds = mean of the map · weight of the class"),
        Words::tr(
            "<p>A class's score is a weighted sum of the averaged features. Shown are the features that add most to it or take most from it; a click shows the feature's map. <i>Why this class?</i> (Ctrl+Y) lists all of them and shows the places they came from.</p>"),
        {Paper::ClassActivationMapping}};
}

}  // namespace resnet::ui

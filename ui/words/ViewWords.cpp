#include "ui/words/ViewWords.h"

#include "ui/Words.h"

namespace resnet::ui {

Explanation inputWords() {
    return {
        Words::tr("Input and prediction"),
        {},
        Words::tr(
            "<p>The picture as the network gets it: scaled, cropped to the middle, and no more pixels than you see. What was cut off cannot count.</p>"
            "<p><b>Field</b> frames what a cell of the current step has seen: the one under the cursor in any view, else the selected one, else the one in the middle. Point at the picture to mark a place in all maps.</p>"
            "<p>The bars are the best classes, five at most. Behind a softmax they are shares of the classes that the network knows, and add up to 100 % over all of them, even for a picture of something else. Behind a sigmoid each stands for itself. A click on a bar explains that class from then on, everywhere; <i>Why?</i> shows which places speak for a class.</p>"),
        {Paper::DeepResidualLearning}};
}

Explanation diagramWords() {
    return {
        Words::tr("The diagram"),
        Words::tr("y = F(x) + x"),
        Words::tr(
            "<p>The network reads from left to right. The height of a block tells how large its maps are, the width how many; both on a scale by doublings, so that 512 channels still fit. A block shows one of its maps: the channel that is selected in its stage, or where none is yet, the strongest, which has the largest mean at the end of the stage's first unit. The map fills its block, so it is squeezed. Pointing at a block tells which it is.</p>"
            "<p><b>Two ways.</b> The blue main path F(x) computes what a residual unit wants to change. The orange shortcut carries x past it, and at the plus the two are added. A solid shortcut is the identity: it has no weights and changes nothing. A dashed one makes P(x) of x, mostly to give it the shape of F(x): by a projection, which is a 1 × 1 convolution, or without weights, by leaving out cells and adding channels of zeros.</p>"
            "<p><b>Three levels.</b> <i>Network</i> shows the stages, <i>Units</i> the residual units, <i>Layers</i> every step (keys 1, 2 and 3). A double click or Enter opens one block in place. In the tab <i>Unit</i> the unit of the current step stands large, in the selected channel.</p>"
            "<p><b>Moving.</b> The wheel zooms about the cursor, dragging pans, F fits. Left and right walk along the data, up and down between main path and shortcut, Alt+Left goes back. A dashed outline marks the twins of a step: the same step in units of the same shape.</p>"
            "<p><b>Switching off.</b> X switches F(x) of the current unit off and on, Shift+X its shortcut, and so does a right click on a block, an arc or a plus. What is off is drawn hollow; × 0.5 stands at a way that counts half, W at a unit with other weights.</p>"
            "<p><i>View › Diagram</i> shades the blocks by time, parameters, multiply-adds or memory, and makes the lines as thick as the norm of what flows in them: how much a unit adds to what passes it by.</p>"),
        {Paper::DeepResidualLearning, Paper::IdentityMappings, Paper::EnsemblesOfShallowNetworks}};
}

Explanation whereFromWords() {
    return {
        Words::tr("Where does this number come from?"),
        {},
        Words::tr(
            "<p>Every number of a feature map is arithmetic on a few numbers of the step before. Here it is written out for the selected cell, with nothing left out: what does not fit is added up as “others”, and the line at the bottom adds up to the number in the map.</p>"
            "<p><b>A convolution</b> multiplies each value of its window by a weight. The value stands above, the weight below, green is positive and purple negative. Input channels that add most come first. Hatched cells are padding: they count as zero.</p>"
            "<p><b>Batch norm</b> and <b>ReLU</b> are curves: the value before goes up to the curve and over to the value after.</p>"
            "<p><b>Moving.</b> Arrow keys move the cell, with Shift by eight. <i>Scan</i> moves it across the map by itself. A click on a number goes to where that number was made; <i>Follow the strongest</i> does so for the one that counted most, and so leads from a prediction to pixels; the way there is written below, and each place in it leads back.</p>"
            "<p><b>Channel numbers.</b> A convolution makes every channel from all channels before it, so channel 22 before it and channel 22 after it are two patterns that share nothing but the number. Only batch norm, ReLU and the sum keep a channel what it is. <i>Follow the strongest</i> goes to the channel that counted most.</p>"
            "<p>The map itself may have been computed by a faster algorithm that adds in another order. Where that makes a visible difference, the line below the title says so.</p>"),
        {Paper::DeepResidualLearning}};
}

Explanation seenWords() {
    return {
        Words::tr("What has it seen?"),
        {},
        Words::tr(
            "<p>A cell of a feature map knows nothing but a part of the picture: its receptive field. A 3 × 3 convolution widens it by one cell on each side, and where maps are halved, a cell is twice as wide in pixels.</p>"
            "<p><b>A range, not a size.</b> In a residual network, the picture reaches a cell on many ways. The longest goes through every convolution (blue), the shortest takes every shortcut (orange): at the ends of ResNet-34's stages 59, 179, 547 and 899 pixels by the longest, 11 by the shortest. The last two are more than the 224 pixels of its picture: such a cell sees all of it, and padding around it.</p>"
            "<p>Hatching outside the picture is padding: zeros, which stand around every inner map as well as around the picture. Not all pixels count alike; those in the middle of the field reach the cell on more ways and weigh more.</p>"),
        {Paper::DeepResidualLearning, Paper::EnsemblesOfShallowNetworks, Paper::EffectiveReceptiveField}};
}

Explanation classActivationWords() {
    return {
        Words::tr("Class activation"),
        Words::tr("score = bias + Σ over places of Σ over features of weight · map / places"),
        Words::tr(
            "<p>Between the last maps and a class's score there is only an average and a weighted sum. Both are linear, so the score can be shared out among the places of the picture exactly: nothing is estimated, and all places and the bias add up to the score.</p>"
            "<p><b>Green</b> places speak for the class, <b>purple</b> ones against it. A place can do both, by different features: <i>For</i> and <i>Against</i> show the two apart.</p>"
            "<p><b>Compared</b> with another class, both maps stand side by side on one scale, with a third of what speaks for the first over the second, and the features are those that make the difference between the two scores.</p>"
            "<p>The list shows what each feature adds: the mean of its map times the class's weight for it. A click shows the map. The evidence is coarse, a value for each cell of the last maps, and a green place does not mean that only what lies there counts: a cell has seen much of the picture, often all of it, with the middle of its field counting most.</p>"),
        {Paper::ClassActivationMapping, Paper::NetworkInNetwork}};
}

Explanation occlusionWords() {
    return {
        Words::tr("Occlusion"),
        {},
        Words::tr(
            "<p>A patch of the mean colour hides one part of the picture after the other, and the network looks each time. Where the probability of the class falls, the class needs what was hidden (green); where it rises, what was hidden spoke against it (purple).</p>"
            "<p>Unlike class activation this takes the whole network as it is, and needs to know nothing about it. It costs a pass for every patch, less where a small patch leaves most of the first maps as they were.</p>"
            "<p>The result depends on the size of the patch: a small one hides a detail that others make up for, a large one hides several things at once.</p>"),
        {Paper::VisualizingNetworks}};
}

Explanation foldingWords() {
    return {
        Words::tr("Fold batch norm into the convolution"),
        Words::tr("w′ = w · γ / √(σ² + ε),   b′ = β − μ · γ / √(σ² + ε)"),
        Words::tr(
            "<p>Once trained, batch norm takes each value times one number and adds another. A convolution before it is a sum of products, so the factor can go into its weights and the rest into a bias: one convolution does the work of both, and one pass over the map is saved. This is what the fast pass of this program does, and why a convolution before a batch norm needs no bias of its own.</p>"
            "<p>With exact numbers nothing would change. Computers round, so both ways are computed on the current picture, over the whole step, and the largest difference is told. Zero padding does not disturb: the bias is added after the sum.</p>"
            "<p>While a network trains, μ and σ² come from each batch anew, so nothing can be folded.</p>"),
        {Paper::BatchNormalization}};
}

}  // namespace resnet::ui

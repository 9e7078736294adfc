#include "ui/words/TrainingWords.h"

#include "ui/Words.h"

namespace resnet::ui {

Explanation landscapeWords() {
    return {
        Words::tr("Loss landscape"),
        Words::tr("loss(x, y) = loss of weights + x · first direction + y · second direction"),
        Words::tr(
            "<p>The weights of a network are one point among all that they could be, and the loss is a height over each. Here it is measured over a plane through that point, along two directions that are drawn from a seed. Every filter of a direction is scaled to the norm of the network's filter, so that a step means the same in networks with large weights and with small ones. Batch norm and biases do not move.</p>"
            "<p><b>Loss or divergence.</b> A folder of pictures whose folders are classes gives the loss. The sample pictures have no classes; over them the <i>divergence</i> from the network's own answers is measured, which is 0 in the middle and says how fast the answers change, not how good they are.</p>"
            "<p><b>How it comes about.</b> 5 × 5 places are measured, then 9 × 9, then 25 × 25 (or 3 × 3, 11 × 11 and 51 × 51); between them the picture is interpolated. What is told of a place was measured there. Colours and contours are logarithmic and end at 10; two networks stand on one scale.</p>"
            "<p><b>Map, relief, line.</b> The relief is turned by dragging, or by Shift with the arrow keys. The line is one direction alone, with the accuracy beside the loss. <b>Walk on it</b>: a click sets the weights of that place, and the whole window shows that network until you go back. <i>Save directions</i> writes both as safetensors, so that others can check.</p>"
            "<p><b>What it cannot show.</b> There are as many directions as weights, and two random ones hide most of them: that a valley looks round here does not say that training found it easily. The famous picture of a chaos is of a network of 56 layers without shortcuts. At 34 layers with batch norm neither twin looks like that. Another seed is another plane: look at several.</p>"),
        {Paper::LossLandscape}};
}

Explanation trainingWords() {
    return {
        Words::tr("Training"),
        {},
        Words::tr(
            "<p>A training goes over all its pictures many times; each time is an epoch. What a training program wrote down of each, in a file NAME-history.json beside the weights, is drawn here: the <b>loss</b> that training lowers, and the share of <b>right answers</b>; in full lines of the pictures trained with, dashed of those never seen.</p>"
            "<p><b>The slider</b> opens the files of other epochs that lie in the folder of the open one, told by their names (NAME-e00, NAME-e20) and by the epoch in their metadata or name. The picture stays, so that every view shows how the answer came about. <i>Play</i> opens them one after the other; the animation that is saved has the current step's maps at every epoch, on one scale.</p>"
            "<p><b>The twins</b> that come with the program were trained alike, from the same start. The one without shortcuts is worse on the pictures it was trained with, too: it does not overfit, it trains worse. That is what the paper of 2015 calls degradation.</p>"),
        {Paper::DeepResidualLearning}};
}

Explanation shortcutsWords() {
    return {
        Words::tr("Why shortcuts help"),
        Words::tr("y = F(x) + x"),
        Words::tr(
            "<p>Five claims, each beside the figure that shows it. The first and the last two are of two small networks that were trained alike and come with the program; the second and third are computed of the open network and picture, as it was opened.</p>"
            "<p><b>What the gradients do.</b> It is often said that gradients vanish in a deep network without shortcuts. With batch norm they do not: they keep their size and lose their correlation. The gradients of two inputs that are close to each other look more and more like white noise the deeper the network is, so that a step that is right here is wrong beside it. Shortcuts keep much of that correlation. The fourth figure measures it at the start of the twins.</p>"
            "<p><b>What to try.</b> Open the twin without shortcuts and look at the same page.</p>"),
        {Paper::DeepResidualLearning, Paper::IdentityMappings, Paper::EnsemblesOfShallowNetworks,
         Paper::ShatteredGradients, Paper::LossLandscape}};
}

Claim degradationClaim() {
    return {
        Words::tr("Without shortcuts the same layers train worse"),
        Words::tr(
            "Two networks of 34 layers, the same start, pictures and schedule. The plain one is behind on the pictures it was trained with, too: this is not overfitting but what the paper of 2015 calls degradation. In principle the plain one could do as well; training does not find it.")};
}

Claim streamClaim() {
    return {
        Words::tr("A unit adds to what is there"),
        Words::tr(
            "What the shortcut brings (x) beside what the unit adds (F(x)), as lengths (norms). Where F(x) is short, a unit changes little of what passes by, and the way around it stays open for signals and gradients.")};
}

Claim lesionClaim() {
    return {
        Words::tr("One unit less is seldom the end"),
        Words::tr(
            "F(x) of each unit is switched off, one after the other, and the picture computed again. With a shortcut, x still passes; without one nothing does. Units that change their size or begin a stage tend to matter most.")};
}

Claim gradientClaim() {
    return {
        Words::tr("Gradients are not smaller without shortcuts, but less alike"),
        Words::tr(
            "Both twins as they would start, from the same kernels. The norm of a score's gradient over the depth; and how alike the gradients of two inputs are that lie so far apart on the first sixteenth of the straight way to another picture (the cosine of the two). With batch norm the gradients of the plain network do not vanish; they lose their correlation, so that a step that is right here is wrong beside it.")};
}

Claim depthClaim() {
    return {
        Words::tr("What passes, and what units add"),
        Words::tr(
            "How large the numbers are that leave each unit, at the start and after training, in both twins; and those of F(x). In the twin with shortcuts each unit adds to what is there.")};
}

Claim debatedClaim() {
    return {
        Words::tr("What is still debated"),
        Words::tr(
            "Whether a residual network is best seen as many shallow ones together, or as one that refines an estimate step by step. How much of the help is the shortcut's and how much batch norm's and the start's: plain networks of great depth have been trained with careful starts. That gradients simply vanish without shortcuts is not so with batch norm: they lose their correlation (arXiv 1702.08591). And a smooth plane of the loss is a sign, not a cause.")};
}

}  // namespace resnet::ui

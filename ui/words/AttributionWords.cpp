#include "ui/words/AttributionWords.h"

#include "ui/Words.h"

namespace resnet::ui {

QString displayName(AttributionMethod method) {
    switch (method) {
        case AttributionMethod::GradCam:
            return Words::tr("Grad-CAM");
        case AttributionMethod::HiResCam:
            return Words::tr("HiResCAM");
        case AttributionMethod::LayerCam:
            return Words::tr("LayerCAM");
        case AttributionMethod::Gradient:
            return Words::tr("Gradient");
        case AttributionMethod::InputTimesGradient:
            return Words::tr("Input × gradient");
        case AttributionMethod::Integrated:
            return Words::tr("Integrated");
        case AttributionMethod::SmoothGrad:
            return Words::tr("SmoothGrad");
        case AttributionMethod::Guided:
            return Words::tr("Guided");
    }
    return {};
}

QString meaningOf(AttributionMethod method) {
    switch (method) {
        case AttributionMethod::GradCam:
            return Words::tr("Each map times the mean of its gradient, added up.");
        case AttributionMethod::HiResCam:
            return Words::tr("Each value times its gradient, added up over the maps.");
        case AttributionMethod::LayerCam:
            return Words::tr("Each value times its gradient where that is above 0, added up over the maps.");
        case AttributionMethod::Gradient:
            return Words::tr("How fast the score grows with each pixel.");
        case AttributionMethod::InputTimesGradient:
            return Words::tr(
                "What each pixel adds to the score, as far as it is the pixel's and not the biases'.");
        case AttributionMethod::Integrated:
            return Words::tr("What each pixel adds on the way from the baseline to the picture.");
        case AttributionMethod::SmoothGrad:
            return Words::tr("The mean gradient of noisy copies of the picture.");
        case AttributionMethod::Guided:
            return Words::tr("The gradient where every ReLU lets back only what is above 0.");
    }
    return {};
}

Explanation unitCamsWords() {
    return {
        Words::tr("Grad-CAM at every unit"),
        Words::tr("map(y, x) = Σ over channels of (mean gradient of the channel) · A(channel, y, x)"),
        Words::tr(
            "<p>A is what a unit puts out, and the gradient says by how much the score grows with each value of it. <b>Grad-CAM</b> takes one mean gradient a channel, <b>HiResCAM</b> the gradient of each cell, <b>LayerCAM</b> only what of that is above 0. Which layer to take is the usual question: here are all of them, from one way back, on one scale.</p>"
            "<p><b>At the last unit</b>, where only a mean and a matrix stand behind it, Grad-CAM and HiResCAM are the class activation map, exactly. It stands beside it then, and the line says how far they are apart. At earlier units Grad-CAM's mean over all cells may say what no cell does; where HiResCAM disagrees, believe HiResCAM.</p>"
            "<p><b>Before the ReLU</b> the map is the sum of two: that of F(x) alone and that of the shortcut alone. They show which of the two ways brings what speaks for the class.</p>"
            "<p>Green speaks for the class, purple against it, and blank is zero. No map is stretched to full colour: one that says little is pale, and one that says nothing is flat and called so. Early maps have many small cells, each of which can say little; <i>By area</i> counts as many of them as one cell of the last map covers. <i>Above 0</i> cuts off what is below, as Grad-CAM was published.</p>"),
        {Paper::GradCam, Paper::HiResCam, Paper::LayerCam, Paper::ClassActivationMapping}};
}

Explanation pixelsWords() {
    return {
        Words::tr("Down to the pixels"),
        Words::tr("score = Σ pixel · gradient + Σ bias · gradient"),
        Words::tr(
            "<p><b>Gradient</b>: how fast the score grows with each pixel. <b>Input × gradient</b>: what each pixel adds; between its kinks the network is linear, so that all pixels and all biases add up to the score.</p>"
            "<p><b>Integrated gradients</b> go from a baseline to the picture and add up what each pixel brings on the way. With infinitely many nodes the map adds up to the difference of the two scores; what is missing is the <i>gap</i>, which is always told. A gap as large as the difference means that the map is not worth looking at: take more nodes. Another baseline asks another question.</p>"
            "<p><b>SmoothGrad</b> is the mean gradient of noisy copies, from a seed. <b>Guided backpropagation</b> lets only what is above 0 back through every ReLU; it looks sharp and tells little of the network.</p>"
            "<p><b>A grid</b>, where you see one, is in the network, not in the drawing: a projection that is a 1 × 1 convolution with stride 2 reads one cell in four, and so gives a gradient to one in four. The enlarged part shows it; the line above says how strong it is.</p>"
            "<p>The map is summed over the colours. Few pixels are far above the others: colours end where only one in 200 goes on, and the scale's ends say so by ≤ and ≥.</p>"),
        {Paper::DeepInsideNetworks, Paper::NotJustABlackBox, Paper::IntegratedGradients, Paper::SmoothGrad,
         Paper::StrivingForSimplicity, Paper::FullGradient}};
}

Explanation trustWords() {
    return {
        Words::tr("Can this map be trusted?"),
        {},
        Words::tr(
            "<p>A map that looks right need not say anything about the network. Two questions can be put to it, and both are answered by computing.</p>"
            "<p><b>Does it care for what was learned?</b> The weights are started anew from a seed, those of the last unit first, then one unit more each time (the dense layer stays), and the map is made again. A map that tells what the network has learned falls apart within a few units: the lines drop towards 0 at the left. (One unit alone changes little, since its shortcut still passes on what the others have made.) One that stays tells of the picture, whatever network looks at it. Guided backpropagation comes first here since it is known to fail.</p>"
            "<p>Compared are the ranks of the values (Spearman), the ranks of their magnitudes, and the structural similarity (SSIM); 1 is the same map. Each small map is on a scale of its own, as the comparison is.</p>"
            "<p><b>Does the network need what it marks?</b> Blocks of 16 × 16 pixels are hidden by the mean colour, those first that the map says most for (deletion), or shown one after the other in the blurred picture (insertion). A good map makes the class's probability fall faster, and rise faster, than a random order does. Random blocks lie scattered and spoil the picture everywhere, so that a map of one connected place may lose to them in deletion; insertion is the fairer question. Small differences mean nothing: pictures with holes are pictures that the network was never trained on.</p>"),
        {Paper::SanityChecks, Paper::RandomizedInputSampling, Paper::StrivingForSimplicity}};
}

Explanation pathLengthsWords() {
    return {
        Words::tr("How many units does the gradient pass through?"),
        Words::tr("gradient = Σ over k of what has passed the F(x) of k units"),
        Words::tr(
            "<p>Every residual unit can be passed in two ways: through F(x), or around it by the shortcut. n units make 2ⁿ ways from the picture to a score (16 make 65,536), and the gradient is the sum over all of them. Here it is sorted by the number of units whose F(x) a way takes.</p>"
            "<p><b>Nothing is sampled.</b> All parts go back together, and what passes an F(x) moves on by one; the ReLUs are held as the picture has set them. The line above says by how much the sum of the parts misses the gradient, which is rounding.</p>"
            "<p><b>The bars below</b> count the ways of each length. Most take half of the units. In the bundled network what reaches the picture comes from much shorter ones: the deep ways are there, and carry nothing. The norms do not add up, since parts may point in different directions; the maps do.</p>"
            "<p>A click on a length shows its part of the gradient at the picture, on a scale of its own.</p>"),
        {Paper::EnsemblesOfShallowNetworks, Paper::DeepResidualLearning, Paper::IdentityMappings}};
}

Explanation gradientNormsWords() {
    return {
        Words::tr("How large is the gradient, and where?"),
        Words::tr("gradient at x = gradient at the sum + what comes through F(x)"),
        Words::tr(
            "<p>The gradient of a score says by how much it grows with each number of a step's output. Its Euclidean norm tells how much of that is left on the way back from the score, at the right, to the picture, at the left.</p>"
            "<p><b>By unit</b>: at x the gradient is the sum of two. A shortcut that passes x on hands the gradient of the sum back unchanged (orange); what F(x) adds has gone through its convolutions (blue). The norms do not add up, since the two may point in different directions. Where the shortcut changes x, the two are not told apart.</p>"
            "<p><b>All shortcuts cut</b>: the same weights as a plain network, computed for the same picture and score. It was not trained so, and its batch norms measured another stream; the plain twin under <i>Training</i> is the fair comparison.</p>"
            "<p><b>By step</b>: early maps have many more numbers than late ones, each of which counts for less; compare steps of one stage.</p>"
            "<p>Shortcuts are not what keeps these norms from vanishing: batch norm does that in plain networks, too. What is lost without shortcuts is that neighbouring pictures have similar gradients.</p>"),
        {Paper::IdentityMappings, Paper::ShatteredGradients, Paper::EnsemblesOfShallowNetworks}};
}

Explanation effectiveFieldWords() {
    return {
        Words::tr("What has it seen, really?"),
        Words::tr("influence(pixel) = Σ over colours of |gradient of the cell at the pixel|"),
        Words::tr(
            "<p>A cell deep in the network could see a large part of the picture: the <b>blue</b> frame is what the longest way reaches, through every convolution, and the <b>orange</b> one what it sees by shortcuts alone. Outside the blue frame nothing can change it. But inside not all pixels count alike: pixels in the middle reach the cell by many ways, those near the border by few.</p>"
            "<p><b>How much each pixel counts</b> is the magnitude of the cell's gradient there, of this picture, or its mean over many. The paper named below shows that it falls off like a Gaussian, and that the effective field is much smaller than the theoretical one. The <b>dashed</b> frame is two standard deviations of the influence to each side; for a Gaussian 95 % lie within them along each axis.</p>"
            "<p><b>Trained beside untrained</b>: the same layers with weights as they would start, from a seed, and the strongest of their channels at that cell (a channel's number means nothing there). Training changes the field; the paper found it to grow. Look whether it does here.</p>"
            "<p>The cell is the selected one of the current step and channel. Behind a shut ReLU it is 0 and nothing can change it a little: choose another cell or channel, or the mean over many pictures. Both maps are on scales of their own, since started weights make gradients of quite another size.</p>"),
        {Paper::EffectiveReceptiveField, Paper::DeepResidualLearning}};
}

}  // namespace resnet::ui

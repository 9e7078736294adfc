#include "ui/words/StepWords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StepWords)
};

QString tapsText(const Step& step) {
    return Words::tr("%1 × %1 × %2").arg(step.window.kernel).arg(step.input.channels);
}

// 2 to the number of units.
QString pathsText(std::size_t units) {
    return QLocale(QLocale::English).toString(std::pow(2.0, double(units)), 'f', 0);
}

StepWords convolutionWords(const Step& step) {
    StepWords words;
    words.formula = Words::tr("y[o] = Σᵢ W[o,i] ∗ x[i]");
    const QString moves = step.window.stride == 1
                              ? Words::tr("moves one cell at a time, so the map keeps its size")
                              : Words::tr("moves two cells at a time, which halves each side of the map");
    if (step.way == Way::Shortcut) {
        words.formula = Words::tr("y[o] = Σᵢ W[o,i] · x[i]");
        words.brief =
            Words::tr(
                "The projection: a %1 × %1 convolution with stride %2 that brings x to the shape of F(x), so that the two can be added.")
                .arg(step.window.kernel)
                .arg(step.window.stride);
    } else {
        words.brief = Words::tr("Each of the %1 kernels weighs a window of %2 values and %3.")
                          .arg(step.output.channels)
                          .arg(tapsText(step), moves);
    }
    words.longer = Words::tr(
        "<p>A kernel is a small pattern. Where the input looks like it, the sum of products is large; the feature map says where that is. The same kernel goes over the whole map, so what is learned in one corner is known in all.</p>"
        "<p><b>Why no bias?</b> Batch norm follows and subtracts from each map the mean that it had in training, a bias included; what a bias would do, batch norm's β does.</p>"
        "<p><b>Why zero padding?</b> Without it every 3 × 3 convolution would cut a row or column of cells off each side, and F(x) could no longer be added to x. With stride 2 an even map needs an odd number of them: padding “same” (Keras) puts the odd one to the bottom and right, “symmetric” (PyTorch) puts as many on every side. The same weights then look at other cells, so a file must be run with the padding that it was trained with.</p>"
        "<p><b>Where do the weights begin?</b> Random, with standard deviation √(2 / inputs), so that signals neither grow nor fade on their way through many ReLUs.</p>");
    words.papers = {Paper::DeepResidualLearning, Paper::DelvingIntoRectifiers};
    if (step.way == Way::Shortcut)
        words.longer += Words::tr(
            "<p><b>Why a projection?</b> Where a later stage begins, each side of the map is halved and the channels double, so x and F(x) differ in shape. Option B of He et al. (section 3.3) maps x with a 1 × 1 convolution; everywhere else the shortcut costs nothing and changes nothing.</p>");
    return words;
}

StepWords batchNormWords() {
    return {
        Words::tr("y = γ (x − μ) / √(σ² + ε) + β"),
        Words::tr(
            "Centres and scales each feature map with its training mean μ and variance σ², then applies the learned γ and β."),
        Words::tr(
            "<p>During training, μ and σ² come from the batch; what is used here are the averages kept from then. So at run time batch norm is one multiplication and one addition per value: y = a x + b with a = γ / √(σ² + ε) and b = β − a μ.</p>"
            "<p><b>Why is it here?</b> It keeps the values of every layer in a range where the next one can learn, whatever happens before it. Without it, networks this deep hardly train.</p>"
            "<p><b>Folding.</b> Because it is a straight line, the convolution before it can take it over. That is what the fast pass of this program does; <i>Fold into the convolution</i> shows the algebra.</p>"
            "<p>ε keeps the root away from zero: Keras takes 1e-3, PyTorch 1e-5.</p>"),
        {Paper::BatchNormalization}};
}

StepWords reluWords(const Step& step) {
    StepWords words{
        Words::tr("y = max(x, 0)"), Words::tr("Keeps what is positive and cuts the rest to zero."), {}, {}};
    if (step.way == Way::Sum)
        words.brief = Words::tr("Cuts the sum at zero. What is left is the x of the next unit.");
    words.longer = Words::tr(
        "<p>Without something that is not linear between them, two convolutions could be replaced by one. ReLU is the simplest: positive values pass, and their gradient with them. Where it is zero, no gradient passes; a channel that is always zero is dead and learns nothing any more.</p>");
    if (step.way == Way::Sum)
        words.longer += Words::tr(
            "<p><b>Why after the sum?</b> It makes every x that enters a unit zero or positive, so F(x) is what has to bring in negative numbers. It also stands in the shortcut's way: x passes from unit to unit unchanged only where the sum is positive. He et al. later moved it into F, which lets x pass through the whole stage as it is and trains better where networks are very deep.</p>");
    words.papers = {Paper::DelvingIntoRectifiers};
    if (step.way == Way::Sum)
        words.papers = {Paper::DeepResidualLearning, Paper::IdentityMappings};
    return words;
}

StepWords maxPoolWords(const Step& step) {
    return {
        Words::tr("y = max of each %1 × %1 window").arg(step.window.kernel),
        Words::tr(
            "Takes the largest value of each window, at every second cell: each side of the map is halved, strong responses stay."),
        Words::tr(
            "<p>It leaves a quarter of the cells, so a convolution behind it costs a quarter, and lets a pattern move a little without changing the result. Padding never wins: it counts as minus infinity.</p>"
            "<p>It is the only pooling before the head: the stages halve their maps by convolutions with stride 2.</p>"),
        {Paper::DeepResidualLearning}};
}

StepWords addWords(const Step& step, const Graph& graph) {
    const ResidualUnit* unit = graph.unitOf(step.id);
    const bool changesX = unit != nullptr && unit->changesX();
    return {
        changesX ? Words::tr("y = F(x) + P(x)") : Words::tr("y = F(x) + x"),
        unit != nullptr && unit->isPadded()
            ? Words::tr("Adds the main path F(x) to every second cell of x, with zeros for the new channels.")
        : changesX ? Words::tr("Adds the main path F(x) to the projected input, value by value.")
                   : Words::tr("Adds the main path F(x) to the input x as it is, value by value."),
        Words::tr(
            "<p>The unit only has to learn what to change about x. If nothing should change, F(x) = 0 is enough, and that is easy to learn.</p>"
            "<p><b>What it does for gradients.</b> The sum hands the gradient to both ways alike: the derivative of F(x) + x is F′(x) + 1. A ReLU behind it lets the gradient pass where the sum is positive. Plain networks of this depth train worse; with batch norm their gradients do not vanish, but lose their likeness from one picture to the next. Why depth helps is still debated.</p>"
            "<p><b>Many paths.</b> Each sum is a choice between going through F and around it, so %1 units make %2 paths of different lengths, and the network behaves much like all of them together.</p>")
            .arg(graph.units().size())
            .arg(pathsText(graph.units().size())),
        {Paper::DeepResidualLearning, Paper::IdentityMappings, Paper::EnsemblesOfShallowNetworks,
         Paper::ShatteredGradients}};
}

StepWords poolWords(const Step& step) {
    return {
        Words::tr("y[c] = mean of map c"),
        Words::tr(
            "Averages each %1 × %2 map to one number: how much of feature c is anywhere in the picture.")
            .arg(step.input.height)
            .arg(step.input.width),
        Words::tr(
            "<p>Where a feature was seen is forgotten here, and with it hundreds of thousands of weights that a dense layer over all cells would need. Because it is a plain mean, each cell's share in a class can be traced back exactly, which is what a class activation map shows.</p>"),
        {Paper::NetworkInNetwork, Paper::ClassActivationMapping}};
}

StepWords denseWords(const Step& step) {
    return {
        Words::tr("y[k] = Σᵢ W[k,i] x[i] + b[k]"),
        Words::tr("Each class weighs the %1 averaged features; the sum is the class's score (logit).")
            .arg(step.input.channels),
        Words::tr(
            "<p>The only layer with a bias, since no batch norm follows. A logit is a score: only differences between classes matter. <i>Why this class?</i> shows which features and which places of the picture a score came from.</p>"),
        {Paper::ClassActivationMapping}};
}

StepWords softmaxWords() {
    return {
        Words::tr("p[k] = exp(y[k] − m) / Σⱼ exp(y[j] − m),  m = max y"),
        Words::tr(
            "exp(score − largest score), divided by the sum over all classes: positive numbers that add up to one."),
        Words::tr(
            "<p>A probability here is the network's own confidence among the classes it knows. A picture of something else still gets one: the network has no way to say “none of these”.</p>"
            "<p>The largest score m is subtracted first. It divides every exponential by the same number, so it changes nothing about the shares, and it keeps them from overflowing.</p>"),
        {}};
}

QString formulaOf(ActivationFunction function) {
    switch (function) {
        case ActivationFunction::Identity:
            return Words::tr("y = x");
        case ActivationFunction::ReLU6:
            return Words::tr("y = min(max(x, 0), 6)");
        case ActivationFunction::LeakyReLU:
            return Words::tr("y = x, below 0: a x");
        case ActivationFunction::ELU:
            return Words::tr("y = x, below 0: a (exp(x) − 1)");
        case ActivationFunction::Swish:
            return Words::tr("y = x / (1 + exp(−x))");
        case ActivationFunction::GELU:
            return Words::tr("y = x Φ(x)");
        case ActivationFunction::Tanh:
            return Words::tr("y = tanh(x)");
        case ActivationFunction::Sigmoid:
            return Words::tr("y = 1 / (1 + exp(−x))");
    }
    return {};
}

StepWords activationWords(const Step& step, bool isOutput) {
    const QString formula = formulaOf(step.settings.function);
    if (isOutput && step.settings.function == ActivationFunction::Sigmoid)
        return {
            formula,
            Words::tr("Turns each score into a probability of its own, between 0 and 1."),
            Words::tr(
                "<p>The classes do not share one sum as with softmax: each output answers yes or no for itself, so several can be likely, or none.</p>"),
            {}};
    if (isOutput)
        return {
            formula,
            Words::tr("The scores are the network's output; the file has no softmax or sigmoid behind them."),
            Words::tr(
                "<p>A score says more or less of a class, but it is no probability: whatever trained the network added its own last step.</p>"),
            {}};
    return {
        formula,
        Words::tr("A curve that each value passes through by itself."),
        Words::tr(
            "<p>Like ReLU it makes the network more than one large linear function. Smooth curves let a little of what is below zero pass, and its gradient with it.</p>"),
        {}};
}

StepWords averagePoolWords(const Step& step) {
    return {Words::tr("y = mean of each %1 × %1 window").arg(step.window.kernel),
            Words::tr("Averages the cells of each window: the map gets smaller and smoother."),
            step.settings.countsPadding ? Words::tr("<p>Cells of the padding count as zeros.</p>")
                                        : Words::tr("<p>Cells of the padding do not take part.</p>"),
            {}};
}

StepWords globalMaxPoolWords(const Step& step) {
    return {
        Words::tr("y[c] = max of map c"),
        Words::tr(
            "Keeps the largest value of each %1 × %2 map: whether feature c is anywhere in the picture.")
            .arg(step.input.height)
            .arg(step.input.width),
        Words::tr("<p>Only one cell of each map counts, so where the others are strong is forgotten.</p>"),
        {}};
}

StepWords paddingWords(const Step& step) {
    if (step.way == Way::Shortcut)
        return {
            Words::tr("y = every %1th cell of x, 0 for new channels").arg(step.window.stride),
            Words::tr(
                "Makes x as small and as deep as F(x) without any parameter: cells are skipped, new channels are zero."),
            Words::tr(
                "<p>It is option A of the 2015 paper. The new channels carry nothing over the shortcut; all that is in them comes from F(x).</p>"),
            {Paper::DeepResidualLearning}};
    return {Words::tr("y = x with zeros around it"),
            Words::tr("Puts rows and columns of zeros around each map, or cuts some off."),
            {},
            {}};
}

StepWords scaleWords(const Step& step) {
    return {Words::tr("y = %1 x + %2").arg(step.settings.factor).arg(step.settings.offset),
            Words::tr("Multiplies every value by the same number and adds another."),
            {},
            {}};
}

}  // namespace

QString layersText(const Graph& graph) {
    const auto count = [&](const auto& counts) { return int(std::ranges::count_if(graph.steps(), counts)); };
    const int convolutions = count(
        [](const Step& step) { return step.kind == StepKind::Convolution && step.way != Way::Shortcut; });
    const int dense = count([](const Step& step) { return step.kind == StepKind::Dense; });
    const int projections = int(
        std::ranges::count_if(graph.units(), [](const ResidualUnit& each) { return each.hasProjection(); }));
    QString words =
        Words::tr("%1 units. %2 layers with weights on the main way: %3 convolutions and %4 dense.")
            .arg(graph.units().size())
            .arg(convolutions + dense)
            .arg(convolutions)
            .arg(dense);
    if (projections > 0)
        words += projections == 1 ? Words::tr(" Its projection is not counted.")
                                  : Words::tr(" Its %1 projections are not counted.").arg(projections);
    return words;
}

StepWords wordsFor(const Graph& graph, StepId id) {
    if (id == inputStep)
        return {
            Words::tr("x = (pixel / 255 − mean) / standard deviation"),
            Words::tr(
                "The picture in the network's size, each colour channel centred and scaled as in training."),
            Words::tr(
                "<p>Another normalisation than in training gives another result without any error message, so a model has to say which one it was trained with.</p>"
                "<p><b>The network.</b> %1</p>")
                .arg(layersText(graph)),
            {}};
    const Step& step = graph.step(id);
    switch (step.kind) {
        case StepKind::Convolution:
            return convolutionWords(step);
        case StepKind::BatchNorm:
            return batchNormWords();
        case StepKind::ReLU:
            return reluWords(step);
        case StepKind::MaxPool:
            return maxPoolWords(step);
        case StepKind::Add:
            return addWords(step, graph);
        case StepKind::GlobalAveragePool:
            return poolWords(step);
        case StepKind::Dense:
            return denseWords(step);
        case StepKind::Softmax:
            return softmaxWords();
        case StepKind::Activation:
            return activationWords(step, id == graph.softmaxStep());
        case StepKind::AveragePool:
            return averagePoolWords(step);
        case StepKind::GlobalMaxPool:
            return globalMaxPoolWords(step);
        case StepKind::Padding:
            return paddingWords(step);
        case StepKind::Scale:
            return scaleWords(step);
    }
    return {};
}

QString placeOf(const Graph& graph, StepId id) {
    if (id == inputStep)
        return Words::tr("Input");
    if (const ResidualUnit* unit = graph.unitOf(id))
        return Words::tr("Stage %1, unit %2 (%3)")
            .arg(unit->stage + 1)
            .arg(unit->unit + 1)
            .arg(QString::fromStdString(unit->name));
    return graph.step(id).way == Way::Stem ? Words::tr("Stem") : Words::tr("Head");
}

QString titleOf(const Graph& graph, StepId id) {
    if (id == inputStep)
        return Words::tr("Input");
    const QString name = QString::fromStdString(graph.stepName(id));
    if (const ResidualUnit* unit = graph.unitOf(id))
        return Words::tr("Stage %1, unit %2: %3")
            .arg(unit->stage + 1)
            .arg(unit->unit + 1)
            .arg(name.mid(qsizetype(unit->name.size()) + 1));
    return (graph.step(id).way == Way::Stem ? Words::tr("Stem: %1") : Words::tr("Head: %1")).arg(name);
}

}  // namespace resnet::ui

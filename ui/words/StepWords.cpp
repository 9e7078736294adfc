#include "ui/words/StepWords.h"

#include "core/explain/ClassActivation.h"
#include "ui/Words.h"
#include "ui/words/Numbers.h"
#include "ui/words/UnitWords.h"
#include "ui/words/Wording.h"

#include <algorithm>

namespace resnet::ui {

namespace {

bool isPooling(const Step& step) {
    return step.kind == StepKind::MaxPool || step.kind == StepKind::AveragePool;
}

StepWords maxPoolWords(const Graph& graph, const Step& step) {
    const bool isHalving = step.window.stride == 2;
    QString first =
        isHalving
            ? Words::tr(
                  "It leaves a quarter of the cells, so a convolution behind it costs a quarter, and lets a pattern move a little without changing the result.")
            : Words::tr("It lets a pattern move a little without changing the result.");
    if (isPadded(step.window))
        first += Words::tr(" Padding never wins: it counts as minus infinity.");
    QString longer = QStringLiteral("<p>%1</p>").arg(first);
    const auto stridesInUnits = [&](const ResidualUnit& unit) {
        return std::ranges::any_of(unit.mainPath, [&](StepId id) {
            return graph.step(id).kind == StepKind::Convolution && graph.step(id).window.stride == 2;
        });
    };
    if (std::ranges::count_if(graph.steps(), isPooling) == 1 &&
        std::ranges::any_of(graph.units(), stridesInUnits))
        longer += Words::tr(
            "<p>It is the only pooling before the head: where later stages halve their maps, convolutions with stride 2 do it.</p>");
    return {
        Words::tr("y = max of each %1 × %1 window").arg(step.window.kernel),
        isHalving
            ? Words::tr(
                  "Takes the largest value of each window, at every second cell: each side of the map is halved, strong responses stay.")
            : Words::tr("Takes the largest value of each window, at %1: strong responses stay.")
                  .arg(cellsAtStride(step.window.stride)),
        longer,
        {Paper::DeepResidualLearning}};
}

StepWords poolWords(const Graph& graph, const Step& step) {
    const std::int64_t cells = std::int64_t(step.input.height) * step.input.width;
    QString longer = Words::tr("Where a feature was seen is forgotten here.");
    if (isActivationExact(graph) && cells > 1)
        longer =
            Words::tr(
                "Where a feature was seen is forgotten here: a dense layer over all cells would need %1 weights more. Because it is a plain mean, each cell's share in a class can be traced back exactly, which is what a class activation map shows.")
                .arg(countText((cells - 1) * step.input.channels *
                               graph.outputShape(graph.logitsStep()).channels));
    return {Words::tr("y[c] = mean of map c"),
            Words::tr(
                "Averages each %1 × %2 map to one number: how much of feature c is anywhere in the picture.")
                .arg(step.input.height)
                .arg(step.input.width),
            QStringLiteral("<p>%1</p>").arg(longer),
            {Paper::NetworkInNetwork, Paper::ClassActivationMapping}};
}

QString denseBias(const Graph& graph, const Step& step) {
    const auto hasBias = [](const Step& each) { return each.settings.hasBias; };
    if (!step.settings.hasBias)
        return Words::tr("It has no bias.");
    return std::ranges::count_if(graph.steps(), hasBias) == 1
               ? Words::tr("The only layer with a bias, since no batch norm follows.")
               : Words::tr("It has a bias: one number added to each sum.");
}

// What its scores are to the step behind them.
QString scoresWords(const Graph& graph) {
    const Step& last = graph.step(graph.softmaxStep());
    if (last.kind == StepKind::Softmax)
        return Words::tr(" A logit is a score: only differences between classes matter.");
    return last.settings.function == ActivationFunction::Sigmoid
               ? Words::tr(" A score above 0 gives a probability above one half.")
               : QString();
}

StepWords denseWords(const Graph& graph, const Step& step) {
    QString formula = QStringLiteral("y[k] = Σᵢ W[k,i] x[i]");
    if (step.settings.hasBias)
        formula += QStringLiteral(" + b[k]");
    if (step.id != graph.logitsStep())
        return {formula,
                Words::tr("Each of its %1 outputs weighs all %2 values that come in and adds them up.")
                    .arg(step.output.channels)
                    .arg(step.input.channels),
                QStringLiteral("<p>%1</p>").arg(denseBias(graph, step)),
                {}};
    const bool isExact = isActivationExact(graph);
    const QString features = (isExact ? Words::tr("the %1 averaged features") : Words::tr("the %1 features"))
                                 .arg(step.input.channels);
    QString longer = denseBias(graph, step) + scoresWords(graph);
    if (isExact)
        longer += Words::tr(
            " <i>Why this class?</i> shows which features and which places of the picture a score came from.");
    return {formula,
            step.output.channels == 1
                ? Words::tr("Weighs %1; the sum is the score (logit) of the one class.").arg(features)
                : Words::tr("Each class weighs %1; the sum is the class's score (logit).").arg(features),
            QStringLiteral("<p>%1</p>").arg(longer),
            {Paper::ClassActivationMapping}};
}

StepWords softmaxWords(const Step& step) {
    return {
        Words::tr("p[k] = exp(y[k] − m) / Σⱼ exp(y[j] − m),  m = max y"),
        step.output.channels == 1
            ? Words::tr("With one class there is nothing to choose: its share is 1, whatever its score is.")
            : Words::tr(
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

QString curveWords(ActivationFunction function) {
    switch (function) {
        case ActivationFunction::Identity:
            return Words::tr("<p>This one is a straight line: it changes nothing.</p>");
        case ActivationFunction::ReLU6:
            return Words::tr(
                "<p>Like ReLU it makes the network more than one large linear function. It is flat below 0 and above 6, and no gradient passes there.</p>");
        case ActivationFunction::LeakyReLU:
        case ActivationFunction::ELU:
        case ActivationFunction::Swish:
        case ActivationFunction::GELU:
            return Words::tr(
                "<p>Like ReLU it makes the network more than one large linear function. It lets a little of what is below zero pass, and its gradient with it.</p>");
        case ActivationFunction::Tanh:
        case ActivationFunction::Sigmoid:
            return Words::tr(
                "<p>It makes the network more than one large linear function. Far from zero it is flat, and little gradient passes.</p>");
    }
    return {};
}

StepWords activationWords(const Step& step, bool isOutput) {
    const QString formula = formulaOf(step.settings.function);
    if (isOutput && step.settings.function == ActivationFunction::Sigmoid)
        return {
            formula,
            step.output.channels == 1
                ? Words::tr("Turns the score into a probability between 0 and 1.")
                : Words::tr("Turns each score into a probability of its own, between 0 and 1."),
            step.output.channels == 1
                ? Words::tr("<p>The one output answers yes or no: it is the probability of its class.</p>")
                : Words::tr(
                      "<p>The classes do not share one sum as with softmax: each output answers yes or no for itself, so several can be likely, or none.</p>"),
            {}};
    if (isOutput && step.settings.function == ActivationFunction::Identity)
        return {
            formula,
            Words::tr("The scores are the network's output; the file has no softmax or sigmoid behind them."),
            Words::tr(
                "<p>A score says more or less of a class, but it is no probability: whatever trained the network added its own last step.</p>"),
            {}};
    return {formula,
            Words::tr("A curve that each value passes through by itself."),
            curveWords(step.settings.function),
            {}};
}

StepWords averagePoolWords(const Step& step) {
    return {Words::tr("y = mean of each %1 × %1 window").arg(step.window.kernel),
            step.window.stride > 1
                ? Words::tr("Averages the cells of each window: the map gets smaller and smoother.")
                : Words::tr("Averages the cells of each window: the map gets smoother."),
            !isPadded(step.window)        ? QString()
            : step.settings.countsPadding ? Words::tr("<p>Cells of the padding count as zeros.</p>")
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
            Words::tr("x = (pixel · scale − mean) / standard deviation"),
            graph.spec().inputChannels == 1
                ? Words::tr(
                      "The picture in the network's size, in grey, centred and scaled as the model says.")
                : Words::tr(
                      "The picture in the network's size, each channel centred and scaled as the model says."),
            Words::tr(
                "<p>Another normalisation than in training gives another result without any error message, so a model has to say which one it was trained with.</p>"
                "<p><b>The network.</b> %1</p>")
                .arg(layersText(graph)),
            {}};
    const Step& step = graph.step(id);
    switch (step.kind) {
        case StepKind::Convolution:
            return convolutionWords(graph, step);
        case StepKind::BatchNorm:
            return batchNormWords(graph, step);
        case StepKind::ReLU:
            return reluWords(graph, step);
        case StepKind::MaxPool:
            return maxPoolWords(graph, step);
        case StepKind::Add:
            return addWords(graph, step);
        case StepKind::GlobalAveragePool:
            return poolWords(graph, step);
        case StepKind::Dense:
            return denseWords(graph, step);
        case StepKind::Softmax:
            return softmaxWords(step);
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
    const QString name = nameInPlace(graph, id);
    if (const ResidualUnit* unit = graph.unitOf(id))
        return QStringLiteral("%1: %2").arg(titleOf(*unit), name);
    return (graph.step(id).way == Way::Stem ? Words::tr("Stem: %1") : Words::tr("Head: %1")).arg(name);
}

QString nameInPlace(const Graph& graph, StepId id) {
    if (id == inputStep)
        return Words::tr("Input");
    const QString name = QString::fromStdString(graph.stepName(id));
    const ResidualUnit* unit = graph.unitOf(id);
    return unit ? name.mid(qsizetype(unit->name.size()) + 1) : name;
}

QString titleOf(const ResidualUnit& unit) {
    return Words::tr("Stage %1, unit %2").arg(unit.stage + 1).arg(unit.unit + 1);
}

QString fileNameOf(const Graph& graph, StepId id) {
    if (id == inputStep)
        return {};
    const std::string& layer = graph.step(id).layer;
    return layer.empty() ? Words::tr("in PyTorch: %1").arg(QString::fromStdString(graph.stepName(id)))
                         : Words::tr("in the file: %1").arg(QString::fromStdString(layer));
}

}  // namespace resnet::ui

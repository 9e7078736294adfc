#include "ui/words/UnitWords.h"

#include "core/explain/BatchNormFolding.h"
#include "ui/Words.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

bool haveSameSides(const FeatureShape& a, const FeatureShape& b) {
    return a.height == b.height && a.width == b.width;
}

QString shapeWords(const FeatureShape& shape) {
    return QString::fromStdString(shapeText(shape));
}

QString movesWords(const Step& step) {
    if (step.window.stride == 1)
        return haveSameSides(step.input, step.output)
                   ? Words::tr("moves one cell at a time, so the map keeps its size")
                   : Words::tr("moves one cell at a time");
    return step.window.stride == 2 ? Words::tr("moves two cells at a time, which halves each side of the map")
                                   : Words::tr("moves %1 cells at a time").arg(step.window.stride);
}

QString projectionBrief(const Graph& graph, const Step& step, const ResidualUnit& unit) {
    const QString what = Words::tr("The projection: a %1 × %1 convolution with stride %2")
                             .arg(step.window.kernel)
                             .arg(step.window.stride);
    return graph.outputShape(unit.input) == graph.outputShape(unit.branchOutput())
               ? Words::tr("%1 that makes P(x) of x, which is added to F(x).").arg(what)
               : Words::tr("%1 that brings x to the shape of F(x), so that the two can be added.").arg(what);
}

QString biasWords(const Graph& graph, const Step& step) {
    if (step.settings.hasBias)
        return Words::tr(
            "<p><b>The bias.</b> This convolution has a bias: one number added to each map.</p>");
    const auto readers = graph.consumersOf(step.id);
    if (leavesBiasToNorm(graph, step))
        return Words::tr(
            "<p><b>Why no bias?</b> Batch norm follows. In training it takes the mean away from each map, a bias included; what a bias would do, batch norm's β does.</p>");
    const bool isNormalisedLater = std::ranges::any_of(graph.steps(), [&](const Step& each) {
        return each.id > readers.front() && each.kind == StepKind::BatchNorm;
    });
    return readers.size() == 1 && graph.step(readers.front()).kind == StepKind::Add && isNormalisedLater
               ? Words::tr(
                     "<p><b>Why no bias?</b> The sum follows. What a bias would do, the next batch norm does.</p>")
               : QString();
}

// Of kernels that need none nothing is said.
QString zerosWords(const Graph& graph, const Step& step) {
    if (step.window.kernel == 1 || !isPadded(step.window))
        return {};
    const ResidualUnit* unit = graph.unitOf(step.id);
    const QString without =
        step.window.kernel == 3
            ? Words::tr("Without it a 3 × 3 convolution would cut a row or column of cells off each side")
            : Words::tr("Without it a %1 × %1 convolution would cut %2 rows or columns off each side")
                  .arg(step.window.kernel)
                  .arg(step.window.kernel / 2);
    QString words =
        unit && unit->add
            ? Words::tr("<b>Why zero padding?</b> %1, and F(x) could no longer be added to x.").arg(without)
            : Words::tr("<b>Why zero padding?</b> %1.").arg(without);
    if (step.window.stride == 2)
        words += Words::tr(
            " With stride 2 an even map needs an odd number of them: padding “same” (Keras) puts the odd one to the bottom and right, “symmetric” (PyTorch) puts as many on every side. The same weights then look at other cells, so a file must be run with the padding that it was trained with.");
    return QStringLiteral("<p>%1</p>").arg(words);
}

QString whyProjection(const Graph& graph, const Step& step, const ResidualUnit& unit) {
    const FeatureShape& from = graph.outputShape(unit.input);
    const FeatureShape& to = graph.outputShape(unit.branchOutput());
    if (from == to)
        return Words::tr(
            "<p><b>Why a projection?</b> x and F(x) have one shape here, so that x could be added as it is. This unit projects it all the same, as option C of He et al. (section 3.3) does everywhere.</p>");
    if (step.window.kernel != 1)
        return Words::tr("<p><b>Why a projection?</b> x and F(x) differ in shape here (%1 → %2).</p>")
            .arg(shapeWords(from), shapeWords(to));
    const QString where =
        Words::tr(
            "<b>Why a projection?</b> Where x and F(x) differ in shape (here %1 → %2), option B of He et al. (section 3.3) maps x with a 1 × 1 convolution")
            .arg(shapeWords(from), shapeWords(to));
    const auto isAsOptionB = [&](const ResidualUnit& each) {
        return each.changesX() != (graph.outputShape(each.input) == graph.outputShape(each.branchOutput()));
    };
    const bool isElsewhere =
        std::ranges::all_of(graph.units(), isAsOptionB) &&
        std::ranges::any_of(graph.units(), [](const ResidualUnit& each) { return !each.changesX(); });
    return QStringLiteral("<p>%1.</p>")
        .arg(isElsewhere
                 ? Words::tr("%1; everywhere else the shortcut costs nothing and changes nothing").arg(where)
                 : where);
}

}  // namespace

bool leavesBiasToNorm(const Graph& graph, const Step& convolution) {
    return !convolution.settings.hasBias &&
           std::ranges::all_of(graph.consumersOf(convolution.id), [&](StepId each) {
               return graph.step(each).kind == StepKind::BatchNorm && graph.step(each).settings.hasCentre;
           });
}

bool isPadded(const Window& window) {
    return window.padTop > 0 || window.padLeft > 0 || window.padBottom > 0 || window.padRight > 0;
}

StepWords convolutionWords(const Graph& graph, const Step& step) {
    StepWords words;
    const ResidualUnit* unit = graph.unitOf(step.id);
    const bool isProjection = step.way == Way::Shortcut && unit;
    words.formula = step.window.kernel == 1 ? QStringLiteral("y[o] = Σᵢ W[o,i] · x[i]")
                                            : QStringLiteral("y[o] = Σᵢ W[o,i] ∗ x[i]");
    if (step.settings.hasBias)
        words.formula += QStringLiteral(" + b[o]");
    words.brief =
        isProjection
            ? projectionBrief(graph, step, *unit)
            : Words::tr("Each of the %1 kernels weighs a window of %2 values and %3.")
                  .arg(step.output.channels)
                  .arg(QStringLiteral("%1 × %1 × %2").arg(step.window.kernel).arg(step.input.channels),
                       movesWords(step));
    words.longer =
        Words::tr(
            "<p>A kernel is a small pattern. Where the input looks like it, the sum of products is large; the feature map says where that is. The same kernel goes over the whole map, so what is learned in one corner is known in all.</p>") +
        biasWords(graph, step) + zerosWords(graph, step) +
        Words::tr(
            "<p><b>Where do weights begin?</b> He et al. start them at random, with standard deviation √(2 / inputs), so that signals neither grow nor fade on their way through many ReLUs.</p>");
    words.papers = {Paper::DeepResidualLearning, Paper::DelvingIntoRectifiers};
    if (isProjection)
        words.longer += whyProjection(graph, step, *unit);
    return words;
}

StepWords batchNormWords(const Graph& graph, const Step& step) {
    const bool hasScale = step.settings.hasScale;
    const bool hasCentre = step.settings.hasCentre;
    const QString then = hasScale && hasCentre ? Words::tr(", then applies γ and β")
                         : hasScale            ? Words::tr(", then multiplies by γ")
                         : hasCentre           ? Words::tr(", then adds β")
                                               : QString();
    const QString factor = hasScale ? Words::tr("γ / √(σ² + ε)") : Words::tr("1 / √(σ² + ε)");
    QString formula =
        hasScale ? QStringLiteral("y = γ (x − μ) / √(σ² + ε)") : QStringLiteral("y = (x − μ) / √(σ² + ε)");
    if (hasCentre)
        formula += QStringLiteral(" + β");
    QString longer =
        Words::tr(
            "<p>During training, μ and σ² come from the batch; what is used here are the averages that are kept of them. So at run time batch norm is one multiplication and one addition per value: y = a x + b with a = %1 and b = %2.</p>"
            "<p><b>Why is it here?</b> It keeps the values of every layer in a range where the next one can learn, whatever happens before it. Without it, deep networks are hard to train.</p>")
            .arg(factor, hasCentre ? Words::tr("β − a μ") : Words::tr("−a μ"));
    if (foldableBatchNorm(graph, step.id))
        longer += Words::tr(
            "<p><b>Folding.</b> Because it is a straight line, the convolution before it can take it over. That is what the fast pass of this program does; <i>Fold into the convolution</i> shows the algebra.</p>");
    longer += Words::tr("<p>ε keeps the root away from zero: Keras takes 1e-3, PyTorch 1e-5.</p>");
    return {
        formula,
        Words::tr(
            "Centres and scales each feature map with the mean μ and variance σ² that it keeps (0 and 1 before training)%1.")
            .arg(then),
        longer,
        {Paper::BatchNormalization}};
}

StepWords reluWords(const Graph& graph, const Step& step) {
    const ResidualUnit* unit = graph.unitOf(step.id);
    const bool isAfterSum = unit && unit->add && graph.reluAfterSum(*unit) == step.id;
    QString longer = Words::tr(
        "<p>Without something that is not linear between them, two convolutions could be replaced by one. ReLU is the simplest: positive values pass, and their gradient with them. Where it is zero, no gradient passes; a channel that is always zero is dead and learns nothing any more.</p>");
    const QString formula = QStringLiteral("y = max(x, 0)");
    if (!isAfterSum)
        return {formula,
                Words::tr("Keeps what is positive and cuts the rest to zero."),
                longer,
                {Paper::DelvingIntoRectifiers}};
    longer += Words::tr(
        "<p><b>Why after the sum?</b> It makes all that leaves a unit zero or positive, so F(x) is what has to bring in negative numbers. It also stands in the shortcut's way: x passes from unit to unit unchanged only where the sum is positive. He et al. later moved it into F, which lets x pass through the whole stage as it is and trains better where networks are very deep.</p>");
    const bool isLast = unit->last() == graph.units().back().last();
    return {formula,
            isLast ? Words::tr("Cuts the sum at zero. What is left goes to the head.")
                   : Words::tr("Cuts the sum at zero. What is left is the x of the next unit."),
            longer,
            {Paper::DeepResidualLearning, Paper::IdentityMappings}};
}

namespace {

QString addBrief(const Graph& graph, const ResidualUnit* unit) {
    if (!unit || !unit->changesX())
        return Words::tr("Adds the main path F(x) to the unchanged input x, value by value.");
    if (!unit->isPadded())
        return Words::tr("Adds the main path F(x) to P(x), the projected x, value by value.");
    return Words::tr("Adds the main path F(x) to P(x): %1 of x, with zeros for the new channels.")
        .arg(cellsAtStride(graph.step(unit->shortcut.front()).window.stride));
}

// What the gradient of the sum meets behind it.
QString behindSum(const Graph& graph, const ResidualUnit* unit) {
    if (!unit)
        return {};
    if (graph.reluAfterSum(*unit))
        return Words::tr(" A ReLU behind it lets the gradient pass where the sum is positive.");
    return unit->tail.empty()
               ? Words::tr(
                     " Nothing stands behind the sum, so the gradient passes from unit to unit as it is, where the shortcut is the identity.")
               : QString();
}

// 2 to the number of units, as long as it can be read.
QString pathsText(std::ptrdiff_t units) {
    return units > 40 ? QStringLiteral("2<sup>%1</sup>").arg(units)
                      : QLocale(QLocale::English).toString(std::pow(2.0, double(units)), 'f', 0);
}

}  // namespace

StepWords addWords(const Graph& graph, const Step& step) {
    const ResidualUnit* unit = graph.unitOf(step.id);
    const bool changesX = unit && unit->changesX();
    const auto sums = std::ranges::count_if(graph.units(), &ResidualUnit::hasAddition);
    const QString learns =
        changesX
            ? Words::tr("Here P(x) stands for x. The unit only has to learn what to add to it.")
            : Words::tr(
                  "The unit only has to learn what to change about x. If nothing should change, F(x) = 0 is enough, and that is easy to learn.");
    const QString ways =
        sums == 1
            ? Words::tr("The sum is a choice between going through F and around it: 2 paths.")
            : Words::tr(
                  "Each sum is a choice between going through F and around it, so %1 units make %2 paths of different lengths, and the network behaves much like all of them together.")
                  .arg(sums)
                  .arg(pathsText(sums));
    return {
        changesX ? QStringLiteral("y = F(x) + P(x)") : QStringLiteral("y = F(x) + x"),
        addBrief(graph, unit),
        Words::tr(
            "<p>%1</p>"
            "<p><b>What it does for gradients.</b> The sum hands the gradient to both ways alike: the derivative of %2.%3 Plain networks train worse the deeper they are, from about 30 layers on; with batch norm their gradients do not vanish, but lose their likeness from one picture to the next. Why depth helps is still debated.</p>"
            "<p><b>Many paths.</b> %4</p>")
            .arg(learns,
                 changesX ? Words::tr("F(x) + P(x) is F′(x) + P′(x)") : Words::tr("F(x) + x is F′(x) + 1"),
                 behindSum(graph, unit), ways),
        {Paper::DeepResidualLearning, Paper::IdentityMappings, Paper::EnsemblesOfShallowNetworks,
         Paper::ShatteredGradients}};
}

StepWords paddingWords(const Step& step) {
    if (step.way != Way::Shortcut)
        return {Words::tr("y = x with zeros around it"),
                Words::tr("Puts rows and columns of zeros around each map, or cuts some off."),
                {},
                {}};
    return {
        Words::tr("y = %1 of x, 0 for new channels").arg(cellsAtStride(step.window.stride)),
        step.window.stride > 1
            ? Words::tr(
                  "Makes x as small and as deep as F(x) without any parameter: cells are skipped, new channels are zero.")
            : Words::tr("Makes x as deep as F(x) without any parameter: new channels are zero."),
        Words::tr(
            "<p>It is option A of the 2015 paper. The new channels carry nothing over the shortcut; all that is in them comes from F(x).</p>"),
        {Paper::DeepResidualLearning}};
}

QString changeText(const ResidualUnit& unit, const UnitNorms& norms) {
    return (unit.changesX() ? Words::tr("F(x) changes P(x) by %1") : Words::tr("F(x) changes x by %1"))
        .arg(percentText(norms.ratio()));
}

}  // namespace resnet::ui

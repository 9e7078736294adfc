#include "ui/words/TourStations.h"

#include "core/explain/ClassActivation.h"
#include "ui/Words.h"
#include "ui/words/StepWords.h"
#include "ui/words/UnitWords.h"
#include "ui/words/Wording.h"

#include <algorithm>

namespace resnet::ui {

namespace {

const Step* firstOf(std::span<const Step> steps, StepKind kind) {
    const auto found = std::ranges::find(steps, kind, &Step::kind);
    return found == steps.end() ? nullptr : &*found;
}

QString convolutionsText(const Graph& graph, const ResidualUnit& unit) {
    const auto count = std::ranges::count_if(
        unit.mainPath, [&](StepId id) { return graph.step(id).kind == StepKind::Convolution; });
    return count == 1   ? Words::tr("One convolution")
           : count == 2 ? Words::tr("Two convolutions")
           : count == 3 ? Words::tr("Three convolutions")
                        : Words::tr("%1 convolutions").arg(count);
}

QString padWords(const Step& convolution) {
    const Window& window = convolution.window;
    if (!isPadded(window))
        return {};
    if (window.stride > 1)
        return Words::tr(" Zeros around the picture (padding) let the map keep its size but for the stride.");
    return convolution.input.height == convolution.output.height
               ? Words::tr(" Zeros around the picture (padding) let the map keep its size.")
               : QString();
}

TourStation firstConvolution(const Step& convolution, bool isTrained) {
    const bool isGrey = convolution.input.channels == 1;
    const QString text =
        Words::tr(
            "The first convolution lays %1 patterns of %2 × %2 pixels over the picture. Each map shows where its pattern is%3.")
            .arg(convolution.output.channels)
            .arg(convolution.window.kernel)
            .arg(!isTrained ? Words::tr(". Nothing has been learned yet: its patterns are random")
                 : isGrey   ? Words::tr(": look for edges of one direction")
                            : Words::tr(": look for edges of one direction, or one colour against another"));
    return {convolution.id,
            !isTrained ? Words::tr("Random patterns")
            : isGrey   ? Words::tr("Edges")
                       : Words::tr("Edges and colours"),
            text + padWords(convolution)};
}

TourStation pooling(const Step& pool) {
    if (pool.window.stride == 2)
        return {
            pool.id, Words::tr("Half the size"),
            Words::tr(
                "Max pooling keeps the strongest of nearby values. Each side of the map is halved, so a convolution behind it costs a quarter of what it would cost here.")};
    return {pool.id, Words::tr("The strongest nearby"),
            Words::tr("Max pooling keeps the strongest of nearby values, at %1.")
                .arg(cellsAtStride(pool.window.stride))};
}

void addStem(std::vector<TourStation>& stations, const Graph& graph, bool isTrained) {
    const Step* convolution = firstOf(graph.stem(), StepKind::Convolution);
    if (convolution)
        stations.push_back(firstConvolution(*convolution, isTrained));
    if (const Step* relu = firstOf(graph.stem(), StepKind::ReLU))
        stations.push_back(
            {relu->id, Words::tr("Only what is positive passes"),
             Words::tr(
                 "ReLU sets everything below zero to zero: where a map is blank now its pattern was missing, or there was its opposite.")});
    if (const Step* pool = firstOf(graph.stem(), StepKind::MaxPool))
        stations.push_back(pooling(*pool));
}

// Whether the unit's convolutions leave to batch norms what a bias would do.
bool leavesBiasToNorms(const Graph& graph, const ResidualUnit& unit) {
    return std::ranges::all_of(unit.mainPath, [&](StepId id) {
        return graph.step(id).kind != StepKind::Convolution || leavesBiasToNorm(graph, graph.step(id));
    });
}

TourStation mainPath(const Graph& graph, const ResidualUnit& unit) {
    QString text =
        (!unit.add
             ? Words::tr(
                   "%1 later the first unit has worked out F(x). There is no shortcut: this is all that leaves it.")
         : unit.changesX()
             ? Words::tr(
                   "%1 later the first residual unit has worked out F(x): what it adds to P(x), which stands for x.")
             : Words::tr(
                   "%1 later the first residual unit has worked out F(x): what should be changed about x. By how many percent that changes x stands among the facts of the step."))
            .arg(convolutionsText(graph, unit));
    if (leavesBiasToNorms(graph, unit))
        text += Words::tr(" The convolutions have no bias: the batch norm behind each adds its own, β.");
    return {unit.branchOutput(), Words::tr("The main path F(x)"), text};
}

TourStation sum(const Graph& graph, const ResidualUnit& unit) {
    const QString what = unit.isPadded()
                             ? Words::tr("The unit adds P(x), its x with channels of zeros, to F(x).")
                         : unit.changesX() ? Words::tr("The unit adds P(x), its projected x, to F(x).")
                                           : Words::tr("The unit adds its x to F(x).");
    QString text =
        Words::tr(
            "%1 At the left you see both and their sum on one scale.%2 The sum hands the gradient to both ways alike%3.")
            .arg(what,
                 unit.changesX() ? QString() : Words::tr(" If nothing should change, F(x) = 0 is enough."),
                 graph.reluAfterSum(unit)
                     ? Words::tr("; a ReLU behind it lets it pass where the sum is positive")
                     : QString());
    return {*unit.add,
            unit.changesX() ? Words::tr("The shortcut: F(x) + P(x)") : Words::tr("The shortcut: F(x) + x"),
            text};
}

TourStation changedShape(const Graph& graph, const ResidualUnit& unit) {
    const Step& first = graph.step(unit.shortcut.front());
    const QString how = unit.isPadded() ? Words::tr("%1 of it is taken, and the new channels are zero")
                                              .arg(capitalised(cellsAtStride(first.window.stride)))
                        : first.kind == StepKind::Convolution
                            ? Words::tr("A %1 × %1 convolution with stride %2 projects it")
                                  .arg(first.window.kernel)
                                  .arg(first.window.stride)
                            : Words::tr("A projection makes it smaller");
    return {
        first.id, Words::tr("A shortcut that must change shape"),
        Words::tr(
            "This unit makes %1 of %2, so x would not match F(x). %3: the dashed shortcut in the diagram. %4")
            .arg(QString::fromStdString(shapeText(graph.outputShape(unit.branchOutput()))),
                 QString::fromStdString(shapeText(graph.outputShape(unit.input))), how, layersText(graph))};
}

TourStation deepMaps(const Step& last, bool isTrained) {
    return {
        last.id,
        isTrained ? Words::tr("Deep maps: few cells, much meaning") : Words::tr("Deep maps: few cells"),
        Words::tr(
            "%1 maps of %2 × %3 cells.%4 Through all its convolutions each cell has seen as much as the frame at the left says, often the whole picture.")
            .arg(last.output.channels)
            .arg(last.output.height)
            .arg(last.output.width)
            .arg(isTrained ? Words::tr(" None stands for a mere edge any more.") : QString()),
        {},
        false,
        TourStation::About::Picture};
}

void addUnits(std::vector<TourStation>& stations, const Graph& graph, bool isTrained) {
    const ResidualUnit& first = graph.units().front();
    stations.push_back(mainPath(graph, first));
    if (first.add)
        stations.push_back(sum(graph, first));
    const auto changing = std::ranges::find_if(graph.units(), [&](const ResidualUnit& unit) {
        return unit.changesX() && graph.step(unit.shortcut.front()).window.stride > 1;
    });
    if (changing != graph.units().end())
        stations.push_back(changedShape(graph, *changing));
    stations.push_back(deepMaps(graph.step(graph.units().back().last()), isTrained));
}

// What the last step makes of the sums.
QString outputWords(const Graph& graph) {
    const Step& last = graph.step(graph.softmaxStep());
    const bool isOne = last.output.channels == 1;
    if (last.kind == StepKind::Softmax)
        return isOne
                   ? Words::tr("With one class there is nothing to choose: softmax makes 1 of every score.")
                   : Words::tr(
                         "Softmax turns the sums into probabilities. It must choose among the classes it knows, even for a picture of something else.");
    if (!graph.hasProbabilities())
        return Words::tr("The sums are scores, no probabilities.");
    return isOne
               ? Words::tr("A sigmoid turns the sum into a probability.")
               : Words::tr(
                     "A sigmoid turns each sum into a probability of its own: several classes can be likely, or none.");
}

void addHead(std::vector<TourStation>& stations, const Graph& graph, bool isTrained) {
    if (const Step* pool = firstOf(graph.head(), StepKind::GlobalAveragePool))
        stations.push_back(
            {pool->id, Words::tr("One number per feature"),
             Words::tr("Averaging forgets where a feature was and keeps how much of it there is.")});
    const QString features =
        isActivationExact(graph) ? Words::tr("these numbers") : Words::tr("the features");
    const QString weighs = graph.step(graph.logitsStep()).settings.hasBias
                               ? Words::tr("Each class weighs %1 and adds its bias.").arg(features)
                               : Words::tr("Each class weighs %1.").arg(features);
    QString text = weighs + QLatin1Char(' ') + outputWords(graph);
    if (!isTrained)
        text +=
            Words::tr(" This network is not trained yet: its weights are random, and so is what it says.");
    stations.push_back(
        {graph.softmaxStep(), Words::tr("The prediction"), text, {}, false, TourStation::About::Prediction});
}

TourStation picture(const Graph& graph) {
    const int channels = graph.spec().inputChannels;
    const QString maps = channels == 1   ? Words::tr("One map, grey,")
                         : channels == 4 ? Words::tr("Four maps, red, green, blue and opacity, each")
                                         : Words::tr("Three maps, red, green and blue, each");
    return {
        inputStep,
        Words::tr("The picture becomes numbers"),
        Words::tr(
            "%1 centred and scaled as the model says. Green is above the mean that it takes away, purple below. This is all the network ever sees.")
            .arg(maps),
        {},
        false,
        TourStation::About::Picture};
}

}  // namespace

std::vector<TourStation> tourStations(const Graph& graph, bool isTrained) {
    std::vector<TourStation> stations{picture(graph)};
    addStem(stations, graph, isTrained);
    addUnits(stations, graph, isTrained);
    addHead(stations, graph, isTrained);
    return stations;
}

std::vector<TourStation> shortcutStations(const Graph& residual) {
    const ResidualUnit& middle = residual.units()[residual.units().size() / 2];
    const StepId sum = middle.add.value_or(middle.output);
    return {
        {sum, Words::tr("Two networks, trained alike"),
         Words::tr(
             "The same 34 layers, the same start, pictures and schedule; one has shortcuts, the other has not. Look at the curves: the one without is behind on the very pictures it was trained with. It does not overfit, it trains worse. That is what the paper of 2015 calls degradation."),
         QStringLiteral("training")},
        {sum, Words::tr("What a unit adds"),
         Words::tr(
             "In the twin with shortcuts a unit only has to work out F(x), what should be changed about x. The sum keeps x whatever F(x) is: see x, F(x) and the sum on one scale."),
         QStringLiteral("unit")},
        {middle.output, Words::tr("The same unit without its shortcut"),
         Words::tr(
             "This is the twin without shortcuts, open in its place. What leaves the unit is F(x) alone: whatever of x the convolutions do not carry is lost for all units behind it."),
         QStringLiteral("unit"), true},
        {sum, Words::tr("Gradients take the short ways"),
         Words::tr(
             "Back in the twin with shortcuts. Most ways through its units are long, but what reaches the picture of the score's gradient comes through few F(x). The deep ways are there and carry little."),
         QStringLiteral("paths")},
        {sum, Words::tr("Not smaller, but less alike"),
         Words::tr(
             "It is often said that gradients vanish without shortcuts. With batch norm they do not: see their norms at the start of both twins, and how fast the gradient of the plain one becomes another as the picture changes a little."),
         QStringLiteral("shortcuts")},
        {sum, Words::tr("The ground they stand on"),
         Words::tr(
             "How the answers change as the weights move along two random directions, both twins on one scale. Turn it as a relief, or click: the whole window then shows the network with the weights of that place. Neither is the famous chaos, which the paper shows for 56 layers and more without shortcuts."),
         QStringLiteral("landscape")},
    };
}

StepId stationStep(const TourStation& station, const Graph& residual, const Graph& open) {
    const ResidualUnit* unit = residual.unitOf(station.step);
    const ResidualUnit* same = unit ? open.unit(unit->stage, unit->unit) : nullptr;
    if (!station.isPlain || !same)
        return std::min(station.step, open.softmaxStep());
    return same->output;
}

}  // namespace resnet::ui

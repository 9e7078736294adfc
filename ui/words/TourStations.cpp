#include "ui/words/TourStations.h"

#include "ui/words/StepWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace resnet::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TourStations)
};

}  // namespace

namespace {

const Step* firstOf(std::span<const Step> steps, StepKind kind) {
    const auto found = std::ranges::find(steps, kind, &Step::kind);
    return found == steps.end() ? nullptr : &*found;
}

QString convolutionsText(const Graph& graph, const ResidualUnit& unit) {
    const auto count = std::ranges::count_if(
        unit.mainPath, [&](StepId id) { return graph.step(id).kind == StepKind::Convolution; });
    return count == 2   ? Words::tr("Two convolutions")
           : count == 3 ? Words::tr("Three convolutions")
                        : Words::tr("%1 convolutions").arg(count);
}

void addStem(std::vector<TourStation>& stations, const Graph& graph) {
    if (const Step* convolution = firstOf(graph.stem(), StepKind::Convolution))
        stations.push_back(
            {convolution->id, Words::tr("Edges and colours"),
             Words::tr(
                 "The first convolution lays %1 patterns of %2 × %2 pixels over the picture. Each map shows where its pattern is: look for edges of one direction, or one colour against another.")
                 .arg(convolution->output.channels)
                 .arg(convolution->window.kernel)});
    if (const Step* relu = firstOf(graph.stem(), StepKind::ReLU))
        stations.push_back(
            {relu->id, Words::tr("Only what is positive passes"),
             Words::tr(
                 "ReLU sets everything below zero to zero: where a map is blank now its pattern was missing, or there was its opposite.")});
    if (const Step* pool = firstOf(graph.stem(), StepKind::MaxPool))
        stations.push_back(
            {pool->id, Words::tr("Half the size"),
             Words::tr(
                 "Max pooling keeps the strongest of nearby values. Each side of the map is halved, so a convolution behind it costs a quarter of what it would cost here.")});
}

void addUnits(std::vector<TourStation>& stations, const Graph& graph) {
    const ResidualUnit& first = graph.units().front();
    const ResidualUnit& last = graph.units().back();
    stations.push_back(
        {first.branchOutput(), Words::tr("The main path F(x)"),
         Words::tr(
             "%1 later the first residual unit has worked out F(x): what should be changed about x. How much that is stands among the facts of the step: the norm of F(x) over the norm of x.")
             .arg(convolutionsText(graph, first))});
    if (first.add)
        stations.push_back(
            {*first.add, Words::tr("The shortcut: F(x) + x"),
             Words::tr(
                 "The unit adds its x to F(x). At the left you see both and their sum on one scale. If nothing should change, F(x) = 0 is enough. The sum hands the gradient to both ways alike; a ReLU behind it lets it pass where the sum is positive.")});
    const auto changing = std::ranges::find_if(graph.units(), [&](const ResidualUnit& unit) {
        return unit.changesX() && graph.step(unit.shortcut.front()).window.stride > 1;
    });
    if (changing != graph.units().end())
        stations.push_back(
            {changing->shortcut.front(), Words::tr("A shortcut that must change shape"),
             Words::tr(
                 "This unit halves the sides of the map and doubles the channels, so x would not match F(x). %1: the dashed shortcut in the diagram. %2")
                 .arg(changing->isPadded()
                          ? Words::tr("Every second pixel of it is taken, and the new channels are zero")
                          : Words::tr("A 1 × 1 convolution with stride %1 projects it")
                                .arg(graph.step(changing->shortcut.front()).window.stride),
                      layersText(graph))});
    const FeatureShape& end = graph.step(last.last()).output;
    stations.push_back(
        {last.last(), Words::tr("Deep maps: few cells, much meaning"),
         Words::tr(
             "%1 maps of %2 × %3 cells. No cell stands for a mere edge any more; through all its convolutions each has seen as much as the frame at the left says, often the whole picture.")
             .arg(end.channels)
             .arg(end.height)
             .arg(end.width)});
}

void addHead(std::vector<TourStation>& stations, const Graph& graph) {
    if (const Step* pool = firstOf(graph.head(), StepKind::GlobalAveragePool))
        stations.push_back(
            {pool->id, Words::tr("One number per feature"),
             Words::tr("Averaging forgets where a feature was and keeps how much of it there is.")});
    stations.push_back(
        {graph.softmaxStep(), Words::tr("The prediction"),
         Words::tr(
             "Each class weighs these numbers and adds its bias; softmax turns the sums into probabilities. It must choose among the classes it knows, even for a picture of something else.")});
}

}  // namespace

std::vector<TourStation> tourStations(const Graph& graph) {
    std::vector<TourStation> stations{
        {inputStep, Words::tr("The picture becomes numbers"),
         Words::tr(
             "Three maps, red, green and blue, each centred and scaled as in training. Green is more than average, purple less. This is all the network ever sees.")}};
    addStem(stations, graph);
    addUnits(stations, graph);
    addHead(stations, graph);
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

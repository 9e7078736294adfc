#include "ui/words/TourStations.h"

#include <algorithm>

namespace resnet::ui {

namespace {

QString text(const char* utf8) {
    return QString::fromUtf8(utf8);
}

}  // namespace

std::vector<TourStation> tourStations(const Graph& graph) {
    const ResidualUnit& first = graph.units().front();
    const ResidualUnit& last = graph.units().back();
    const FeatureShape& end = graph.step(last.last()).output;

    std::vector<TourStation> stations{
        {inputStep, text("The picture becomes numbers"),
         text(
             "Three maps, red, green and blue, each centred and scaled as in training. Green is more than average, purple less. All the network ever sees is here.")},
        {0, text("Edges and colours"),
         text(
             "The first convolution lays %1 patterns of 7 × 7 pixels over the picture. Each map shows where its pattern is: look for edges of one direction, or one colour against another.")
             .arg(graph.step(0).output.channels)},
        {*graph.find("relu"), text("Only what is positive passes"),
         text(
             "ReLU sets everything below zero to zero. Much of each map turns dark: the pattern is not there.")},
        {*graph.find("maxpool"), text("Half the size"),
         text(
             "Max pooling keeps the strongest of nearby values. The map is halved, and all that follows costs a quarter.")},
        {first.bn2, text("The main path F(x)"),
         text(
             "Two convolutions later the first residual unit has worked out F(x): what should be changed about x. Most of it is pale, so little is changed.")},
    };
    if (first.add)
        stations.push_back(
            {*first.add, text("The shortcut: F(x) + x"),
             text(
                 "The unit adds its x, untouched, to F(x). At the bottom right you see both and their sum on one scale. If nothing should change, F(x) = 0 is enough; and gradients pass the sum undiminished.")});
    const auto projecting = std::ranges::find_if(graph.units(), &ResidualUnit::hasProjection);
    if (projecting != graph.units().end())
        stations.push_back(
            {*projecting->projection, text("A shortcut that must change shape"),
             text(
                 "Where a stage begins the map is halved and the channels double, so x would not fit to F(x). A 1 × 1 convolution with stride 2 projects it: the dashed shortcut in the diagram.")});
    stations.push_back(
        {last.last(), text("Deep maps: few cells, much meaning"),
         text(
             "%1 maps of %2 × %3 cells. No cell knows an edge any more, but each has seen most of the picture: the dashed frame at the left says how much.")
             .arg(end.channels)
             .arg(end.height)
             .arg(end.width)});
    stations.push_back({*graph.find("avgpool"), text("One number a feature"),
                        text("Averaging forgets where a feature was and keeps how much of it there is.")});
    stations.push_back(
        {graph.softmaxStep(), text("The prediction"),
         text(
             "Each class weighs these numbers; softmax turns the sums into probabilities. It must choose among the classes it knows, also for a picture that is none of them.")});
    return stations;
}

}  // namespace resnet::ui

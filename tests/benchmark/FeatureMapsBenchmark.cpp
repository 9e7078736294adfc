// Prints how long the panel of feature maps takes: statistics, sorting, pictures of maps, a repaint, another
// step. The best of several tries, in milliseconds of processor time, beside what is wanted. On any Qt
// platform.

#include "core/explain/Statistics.h"
#include "core/explain/UnitNorms.h"
#include "core/inference/Executor.h"
#include "ui/activations/ActivationViews.h"
#include "ui/activations/ChannelOrder.h"
#include "ui/activations/MapGrid.h"
#include "ui/painting/MapAtlas.h"
#include "ui/window/Workbench.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

using namespace resnet;
using namespace resnet::ui;

namespace {

FeatureMapsPtr someMaps(FeatureShape shape) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < maps->size(); ++i)
        maps->data()[i] = float(int(i * 2654435761u >> 20 & 1023)) / 256.0f - 1.0f;
    return maps;
}

// Of processor time, so that no other program's work counts.
template <typename Function>
double bestMilliseconds(int repeats, Function function) {
    double best = 1e9;
    for (int i = 0; i < repeats; ++i) {
        const std::clock_t start = std::clock();
        function();
        best = std::min(best, 1e3 * double(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

void report(const std::string& what, double milliseconds, double wanted) {
    std::printf("%-44s %7.2f ms (wanted: %.0f ms)\n", what.c_str(), milliseconds, wanted);
}

void statisticsAndSorting() {
    for (FeatureShape shape :
         {FeatureShape{64, 112, 112}, FeatureShape{128, 28, 28}, FeatureShape{512, 7, 7}}) {
        const FeatureMapsPtr maps = someMaps(shape);
        const std::string size = std::to_string(shape.channels) + " maps of " + std::to_string(shape.height);
        const std::vector<Statistics> statistics = channelStatistics(*maps);
        report(size + ": statistics", bestMilliseconds(9, [&] { (void)channelStatistics(*maps); }), 5);
        report(size + ": histogram",
               bestMilliseconds(9, [&] { (void)histogramOf(*maps, merged(statistics), 48); }), 5);
        report(size + ": sorting by similarity",
               bestMilliseconds(9,
                                [&] {
                                    (void)channelOrder(statistics, SortKey::Similarity,
                                                       similarityTo(*maps, statistics, 3));
                                }),
               5);
        report(size + ": norms of a unit", bestMilliseconds(9, [&] { (void)unitNormsOf(*maps, *maps); }), 5);
    }
}

void atlas() {
    const ValueRange scale{-3.0f, 3.0f};
    const FeatureMapsPtr stem = someMaps({64, 112, 112});
    const FeatureMapsPtr last = someMaps({512, 7, 7});
    report("64 maps of 112 averaged to pictures of 44",
           bestMilliseconds(9,
                            [&] {
                                MapAtlas(*stem, ColorMap::Diverging, {&scale, 1}, {44, 44});
                            }),
           8);
    report("512 maps of 7 to pictures",
           bestMilliseconds(9,
                            [&] {
                                MapAtlas(*last, ColorMap::Viridis, {&scale, 1}, {40, 40});
                            }),
           8);
}

void repaintingFiveHundredMaps() {
    MapGrid grid;
    grid.resize(1100, 800);
    grid.show();
    std::vector<int> order(512);
    for (int i = 0; i < 512; ++i)
        order[std::size_t(i)] = i;
    grid.setContent({{someMaps({512, 7, 7})}, order, ColorMap::Viridis, {{0.0f, 3.0f}}, {}, {}});
    QCoreApplication::processEvents();
    QImage image(grid.size(), QImage::Format_RGB32);
    report("512 maps repainted", bestMilliseconds(9, [&] { grid.render(&image); }), 16);
}

void switchingSteps() {
    Workspace workspace;
    Workbench panel(workspace, {{QStringLiteral("Maps"), {}, activationViews()}});
    panel.resize(1256, 250);
    panel.show();
    auto picture = std::make_shared<Picture>();
    picture->image = {64, 64, std::vector<std::uint8_t>(64 * 64 * 3, 100)};
    workspace.setModel(newModel());
    workspace.setPicture(picture);
    while (!workspace.activations().input() || !workspace.activations().isComplete())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QImage image(panel.size(), QImage::Format_RGB32);
    panel.render(&image);  // fonts and styles are loaded at the first
    const auto slowest = [&] {
        double worst = 0.0;
        for (int step = 0; step < workspace.activations().stepCount(); ++step) {
            double best = 1e9;  // of three: other programs may be at work
            for (int i = 0; i < 3; ++i) {
                workspace.goToStep(step - 1);
                best = std::min(best, bestMilliseconds(1, [&] {
                                    workspace.goToStep(step);
                                    panel.render(&image);
                                }));
            }
            worst = std::max(worst, best);
        }
        return worst;
    };
    report("another step shown, the slowest of 125", slowest(), 33);
    panel.choose(ViewSettings::unitMaps);
    report("the same, units by channel", slowest(), 33);
}
}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    statisticsAndSorting();
    atlas();
    repaintingFiveHundredMaps();
    switchingSteps();
    return 0;
}

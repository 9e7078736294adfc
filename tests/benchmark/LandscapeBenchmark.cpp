// Prints what the loss landscape of both twins costs over 64 squares of the samples: a place in fused passes
// over the same pictures, moving and packing the weights included; how long a place runs on when it is
// stopped; and, in the window, the first sight of both planes, the longest turn of the event loop meanwhile,
// and another epoch of FOLDER opened and painted. Processor time beside the clock, for machines that have
// other work. On any Qt platform.
//   landscape-benchmark [ROUNDS] [THREADS] [FOLDER with residual-eNN.safetensors]

#include "app/resources/ResourcePaths.h"
#include "app/resources/Samples.h"
#include "core/experiments/Landscape.h"
#include "tests/benchmark/Measuring.h"
#include "ui/painting/StyleSheet.h"
#include "ui/training/LandscapeView.h"
#include "ui/window/MainWindow.h"
#include "ui/workspace/SampleSquares.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>

using namespace resnet;
using namespace resnet::benchmarks;

namespace {

double processorMilliseconds(clockid_t of) {
    timespec now{};
    clock_gettime(of, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

struct Took {
    std::vector<double> clock, processor;

    template <class Body>
    double add(const Body& body, clockid_t of = CLOCK_PROCESS_CPUTIME_ID) {
        const double began = processorMilliseconds(of);
        clock.push_back(timed(body));
        processor.push_back(processorMilliseconds(of) - began);
        return processor.back();
    }
    void print(const char* what) const {
        std::printf("%-44s median %8.1f ms, of the processor %8.1f ms (worst %8.1f)\n", what, median(clock),
                    median(processor), std::ranges::max(processor));
    }
};

void places(const ModelPtr& model, const QStringList& samples, int rounds, const EngineOptions& options) {
    const Direction first = randomDirection(*model->network, 0);
    const Direction second = randomDirection(*model->network, 1);
    const std::vector<LabelledInput> pictures = ui::sampleSquares(*model, samples, 4);
    LandscapeMeter meter(model->network, pictures, options);
    std::vector<FeatureMapsPtr> inputs;
    for (const LabelledInput& each : pictures)
        inputs.push_back(each.input);
    FusedExecutor executor(std::make_shared<const PackedNetwork>(model->network, options),
                           int(inputs.size()));
    executor.run(inputs);
    meter.at(first, second, 0.1, 0.1);
    Took passes, points, stops;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const double pass = passes.add([&] { executor.run(inputs); });
        ratios.push_back(points.add([&] { meter.at(first, second, 0.5, -0.5); }) / pass);
        std::stop_source stop;
        std::jthread measuring([&] { meter.at(first, second, 0.3, 0.2, stop.get_token()); });
        std::this_thread::sleep_for(std::chrono::milliseconds(5 + 7 * round));
        stop.request_stop();
        stops.add([&] { measuring.join(); });
    }
    std::printf("%s, %zu pictures\n", model->title.c_str(), inputs.size());
    passes.print("  their fused passes");
    points.print("  a place");
    std::printf("  a place in passes, processor time: %.2f\n", median(ratios));
    stops.print("  stopped to idle");
}

void untilIdle(const ui::Workspace& workspace) {
    do
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    while (workspace.isBusy());
}

void planes(ui::Workspace& workspace, const QStringList& samples) {
    ui::LandscapeView view(workspace, {samples, app::residualTwin(), app::plainTwin(), {}});
    view.resize(1200, 700);
    Took turns, sight;
    sight.add([&] {
        view.show();
        while (view.canvas()->picture().panels.size() < 2)
            turns.add([] { QApplication::processEvents(QEventLoop::WaitForMoreEvents); },
                      CLOCK_THREAD_CPUTIME_ID);
    });
    sight.print("first sight of both planes, 5 x 5");
    turns.print("turn of the event loop meanwhile");
}

void epochs(ui::Workspace& workspace, const QString& folder, int rounds) {
    const QDir dir(folder);
    const QStringList files = dir.entryList({QStringLiteral("residual-e*.safetensors")});
    ui::MainWindow window(workspace, {});
    window.resize(1280, 800);
    window.show();
    untilIdle(workspace);
    Took opened;
    for (int round = 0; round < rounds; ++round)
        for (const QString& file : files)
            opened.add([&] {
                workspace.openWeightsFile(dir.filePath(file));
                untilIdle(workspace);
                window.repaint();
                QApplication::processEvents();
            });
    opened.print("another epoch opened, computed and painted");
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 9;
    QTimer tick;  // wakes whoever waits for events
    tick.start(5);
    EngineOptions options;
    options.threads = argc > 2 ? std::atoi(argv[2]) : 2;
    QStringList samples;
    for (const app::Sample& each : app::samples())
        samples << each.path;
    for (const QString& twin : {app::residualTwin(), app::plainTwin()})
        places(openModel(QFile::encodeName(twin).toStdString()), samples, rounds, options);
    ui::loadFonts();
    ui::Workspace workspace(options.threads);
    ui::applyTheme(application, workspace.theme());
    workspace.openWeightsFile(app::residualTwin());
    workspace.openPictureFile(samples.front());
    untilIdle(workspace);
    planes(workspace, samples);
    if (argc > 3)
        epochs(workspace, QString::fromLocal8Bit(argv[3]), rounds);
    return 0;
}

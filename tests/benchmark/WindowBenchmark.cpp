// Prints how long the window takes: from the start of the process to computed maps on the screen, and from a
// change of step to repainted views, over all steps. Opens the bundled network and the first sample, on any
// Qt platform.

#include "app/resources/ResourcePaths.h"
#include "app/resources/Samples.h"
#include "ui/painting/StyleSheet.h"
#include "ui/window/FindBox.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>
#include <vector>

using namespace resnet;

namespace {

// Milliseconds since the kernel started this process (proc(5), /proc/self/stat, field 22).
double millisecondsSinceStart() {
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return 0.0;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const double start = fields.at(19).toDouble() / double(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) * 1e-9 - start) * 1e3;
}

double residentMegabytes() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0.0;
    return statm.readAll().split(' ').at(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

void print(const char* what, std::vector<double> milliseconds) {
    std::ranges::sort(milliseconds);
    std::printf("%-34s median %7.2f ms   worst %7.2f ms\n", what, milliseconds[milliseconds.size() / 2],
                milliseconds.back());
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    ui::loadFonts();
    ui::Workspace workspace(2);
    ui::applyTheme(application, workspace.theme());
    workspace.openWeightsFile(app::bundledWeights());
    workspace.openPictureFile(app::samples().front().path);
    ui::MainWindow window(workspace, {});
    window.resize(1920, 1080);
    window.show();

    double longestBlock = 0.0;
    QElapsedTimer turn;
    while (!(workspace.activations().stepCount() > 0 && workspace.activations().isComplete())) {
        turn.start();
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        longestBlock = std::max(longestBlock, double(turn.nsecsElapsed()) * 1e-6);
    }
    window.repaint();
    QApplication::processEvents();
    std::printf("%-34s %7.0f ms\n", "process start to computed maps", millisecondsSinceStart());
    std::printf("%-34s %7.1f ms\n", "longest turn of the event loop", longestBlock);

    const StepId last = workspace.model()->graph().softmaxStep();
    std::vector<double> changes;
    for (int round = 0; round < 3; ++round)
        for (StepId step = inputStep; step <= last; ++step) {
            turn.start();
            workspace.goToStep(step);
            QApplication::processEvents();  // layout and painting that the change asked for
            changes.push_back(double(turn.nsecsElapsed()) * 1e-6);
        }
    print("step change to repainted views", changes);
    std::printf("%-34s %7.0f MB\n", "memory of the window", residentMegabytes());

    // Find or do, with a network of 1000 classes: each letter until what was found is seen.
    ModelRequest large;
    large.classes = 1000;
    workspace.createModel(large);
    while (workspace.model()->classNames.size() != 1000 || workspace.isBusy())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    auto* box = window.findChild<ui::FindBox*>();
    box->setFocus();
    QApplication::processEvents();
    std::vector<double> letters;
    for (const char* words : {"class 12", "relu", "layer3.1 conv", "text", "softmax"}) {
        for (const char* letter = words; *letter; ++letter) {
            turn.start();
            box->insert(QString(QLatin1Char(*letter)));
            QApplication::processEvents();
            letters.push_back(double(turn.nsecsElapsed()) * 1e-6);
        }
        box->clear();
    }
    print("letter to what was found", letters);
    return 0;
}

// Prints how long the window takes: from the start of the process to computed maps on the screen, and from a
// change of step to repainted views, over all steps. Opens the bundled network and the first sample, on any
// Qt platform. With --events also which events take over 8 ms until the maps are computed.

#include "app/resources/ResourcePaths.h"
#include "app/resources/Samples.h"
#include "ui/painting/StyleSheet.h"
#include "ui/window/FindBox.h"
#include "ui/window/MainWindow.h"

#include <QAbstractEventDispatcher>
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

// Processor time of this thread in milliseconds: a turn that takes longer than this says waited for a
// processor.
double processorMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

// Tells which events take long while `tells`, the inner ones first.
class TellingApplication : public QApplication {
public:
    using QApplication::QApplication;
    bool tells = false;

    bool notify(QObject* receiver, QEvent* event) override {
        if (!tells)
            return QApplication::notify(receiver, event);
        const QEvent::Type type = event->type();
        const char* name = receiver->metaObject()->className();
        QElapsedTimer time;
        time.start();
        const double before = processorMilliseconds();
        const bool result = QApplication::notify(receiver, event);
        if (const double taken = double(time.nsecsElapsed()) * 1e-6; taken > 8.0)
            std::printf("    %-30s event %4d %7.1f ms, processor %7.1f ms\n", name, int(type), taken,
                        processorMilliseconds() - before);
        return result;
    }
};

}  // namespace

int main(int argc, char** argv) {
    TellingApplication application(argc, argv);
    const bool tells = application.arguments().contains(QStringLiteral("--events"));
    ui::loadFonts();
    ui::Workspace workspace(2);
    ui::applyTheme(application, workspace.theme());
    workspace.openWeightsFile(app::bundledWeights());
    workspace.openPictureFile(app::samples().front().path);
    ui::MainWindow window(workspace, {});
    window.resize(1920, 1080);
    window.show();

    double longestBlock = 0.0;
    double longestWork = 0.0;
    QElapsedTimer turn;
    application.tells = tells;
    while (!(workspace.activations().stepCount() > 0 && workspace.activations().isComplete())) {
        turn.start();
        const double before = processorMilliseconds();
        QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents);
        longestBlock = std::max(longestBlock, double(turn.nsecsElapsed()) * 1e-6);
        longestWork = std::max(longestWork, processorMilliseconds() - before);
    }
    application.tells = false;
    window.repaint();
    QApplication::processEvents();
    std::printf("%-34s %7.0f ms\n", "process start to computed maps", millisecondsSinceStart());
    std::printf("%-34s %7.1f ms, processor %.1f ms\n", "longest turn of the event loop", longestBlock,
                longestWork);

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

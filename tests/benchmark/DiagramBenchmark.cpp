// Prints how long a frame of the diagram takes at 1920 x 1080 with all steps open and thumbnails on, while it
// is panned and zoomed; how long the layout takes; and how large the SVG of the layer level is. A frame is
// what a repaint costs the program, from the event to the painted window. Beside the time by the clock stands
// the processor time of the thread, which tells more on a machine that has other work. On any Qt platform.

#include "app/resources/ResourcePaths.h"
#include "app/resources/Samples.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/exports/DiagramExport.h"
#include "ui/painting/StyleSheet.h"
#include "ui/workspace/Workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

using namespace resnet;
using namespace resnet::ui;

namespace {

struct Times {
    std::vector<double> clock;      // milliseconds
    std::vector<double> processor;  // of this thread
};

double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

Times times(int count, const std::function<void(int)>& work) {
    Times measured;
    QElapsedTimer timer;
    for (int i = 0; i < count; ++i) {
        const double before = threadMilliseconds();
        timer.start();
        work(i);
        measured.clock.push_back(double(timer.nsecsElapsed()) * 1e-6);
        measured.processor.push_back(threadMilliseconds() - before);
    }
    return measured;
}

void print(const char* what, Times times) {
    std::ranges::sort(times.clock);
    std::ranges::sort(times.processor);
    const std::size_t middle = times.clock.size() / 2;
    std::printf("%-24s median %6.2f ms   worst %6.2f ms   processor: median %6.2f ms   worst %6.2f ms\n",
                what, times.clock[middle], times.clock.back(), times.processor[middle],
                times.processor.back());
}

void wheel(QWidget& widget, const QPointF& at, int delta) {
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
    widget.repaint();
}

void mouse(QWidget& widget, QEvent::Type type, const QPointF& at) {
    const bool isMove = type == QEvent::MouseMove;
    QMouseEvent event(type, at, widget.mapToGlobal(at), isMove ? Qt::NoButton : Qt::LeftButton,
                      Qt::LeftButton, {});
    QApplication::sendEvent(&widget, &event);
    widget.repaint();
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    loadFonts();
    Workspace workspace(2);
    applyTheme(application, workspace.theme());
    DiagramPanel panel(workspace, nullptr);
    panel.resize(1920, 1080);
    panel.show();
    workspace.openWeightsFile(app::bundledWeights());
    workspace.openPictureFile(app::samples().front().path);
    while (!(workspace.activations().stepCount() > 0 && workspace.activations().isComplete()))
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    DiagramCanvas& canvas = *panel.canvas();
    canvas.setDetail(Detail::Layer);
    while (canvas.isMoving())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    canvas.repaint();
    std::printf("canvas of %d x %d pixels, %zu nodes\n", canvas.width(), canvas.height(),
                canvas.drawing().nodes.size());

    const QPointF middle = QRectF(canvas.rect()).center();
    constexpr int frames = 120;
    print("pan, all in sight", times(frames, [&](int i) {
              if (i == 0)
                  mouse(canvas, QEvent::MouseButtonPress, middle);
              mouse(canvas, QEvent::MouseMove, middle + QPointF(3.0 * (i % 60), 2.0 * (i % 40)));
          }));
    mouse(canvas, QEvent::MouseButtonRelease, middle);
    canvas.fit();
    print("zoom, in and out",
          times(frames, [&](int i) { wheel(canvas, middle, i < frames / 2 ? 40 : -40); }));
    canvas.fit();
    canvas.zoomBy(2.5);
    print("pan, zoomed in", times(frames, [&](int i) {
              if (i == 0)
                  mouse(canvas, QEvent::MouseButtonPress, middle);
              mouse(canvas, QEvent::MouseMove, middle + QPointF(7.0 * (i % 60), 5.0 * (i % 40)));
          }));
    mouse(canvas, QEvent::MouseButtonRelease, middle);

    const Graph& graph = workspace.model()->graph();
    const OpenNodes open = OpenNodes::at(Detail::Layer, graph);
    print("layout of all steps",
          times(frames, [&](int) { layoutDiagram(graph, open, foldedFor(graph, open, 1.7)); }));
    DiagramExportOptions options;
    options.open = open;
    std::printf(
        "%-24s %lld KB\n", "SVG, no maps",
        static_cast<long long>(exportedDiagram(graph, {}, ExportFormat::Svg, options).bytes.size() / 1024));
    return 0;
}

#include "core/network/SeenPixels.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace resnet;

namespace {

// A map of one channel.
struct Plane {
    int height = 0;
    int width = 0;
    std::vector<double> values;

    Plane(int h, int w, double value = 0.0) : height(h), width(w), values(std::size_t(h) * w, value) {}
    double& at(int y, int x) { return values[std::size_t(y) * width + x]; }
    double at(int y, int x) const { return values[std::size_t(y) * width + x]; }
};

Plane windowSums(const Step& step, const Plane& in) {
    Plane out(step.output.height, step.output.width);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            for (int ky = 0; ky < step.window.kernel; ++ky)
                for (int kx = 0; kx < step.window.kernel; ++kx) {
                    const int iy = y * step.window.stride + ky - step.window.padTop;
                    const int ix = x * step.window.stride + kx - step.window.padLeft;
                    if (iy >= 0 && iy < in.height && ix >= 0 && ix < in.width)
                        out.at(y, x) += in.at(iy, ix);
                }
    return out;
}

// The network with one channel everywhere and all weights 1: nothing that a cell sees can hide from it.
// Without main paths, units hand on what their shortcut brings.
std::vector<Plane> outputsOf(const Graph& graph, const Plane& image, bool mainPaths) {
    std::vector<Plane> outputs;
    const auto output = [&](StepId id) -> const Plane& {
        return id == inputStep ? image : outputs[std::size_t(id)];
    };
    for (const Step& step : graph.steps()) {
        const Plane& in = output(step.inputs.front());
        if (step.kind == StepKind::Convolution || step.kind == StepKind::MaxPool) {
            outputs.push_back(windowSums(step, in));
        } else if (step.kind == StepKind::Add) {
            Plane sum = output(step.inputs.back());
            for (std::size_t i = 0; mainPaths && i < sum.values.size(); ++i)
                sum.values[i] += in.values[i];
            outputs.push_back(sum);
        } else if (step.kind == StepKind::GlobalAveragePool) {
            outputs.push_back(Plane(1, 1, std::accumulate(in.values.begin(), in.values.end(), 0.0)));
        } else {
            outputs.push_back(Plane(in));
        }
    }
    return outputs;
}

// The pixels that change a cell, by trying each.
struct Tried {
    PixelRange rows{std::numeric_limits<int>::max(), -1};
    PixelRange columns{std::numeric_limits<int>::max(), -1};
    int count = 0;

    void add(int y, int x) {
        rows = {std::min(rows.first, y), std::max(rows.last, y)};
        columns = {std::min(columns.first, x), std::max(columns.last, x)};
        ++count;
    }
};

// For each step, one per cell.
std::vector<std::vector<Tried>> tryEveryPixel(const Graph& graph, bool mainPaths) {
    const FeatureShape& shape = graph.outputShape(inputStep);
    std::vector<std::vector<Tried>> tried;
    for (const Step& step : graph.steps())
        tried.emplace_back(step.output.pixels());
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x) {
            Plane image(shape.height, shape.width, 1.0);
            image.at(y, x) = std::numeric_limits<double>::infinity();
            const std::vector<Plane> outputs = outputsOf(graph, image, mainPaths);
            for (std::size_t step = 0; step < outputs.size(); ++step)
                for (std::size_t cell = 0; cell < outputs[step].values.size(); ++cell)
                    if (std::isinf(outputs[step].values[cell]))
                        tried[step][cell].add(y, x);
        }
    return tried;
}

NetworkSpec specOf(std::vector<int> units, int height, int width, Padding padding) {
    NetworkSpec spec;
    spec.unitsPerStage = std::move(units);
    spec.channelsPerStage = std::vector<int>(spec.unitsPerStage.size(), 1);
    spec.inputHeight = height;
    spec.inputWidth = width;
    spec.padding = padding;
    return spec;
}

void compare(const Graph& graph, bool shortest) {
    const auto tried = tryEveryPixel(graph, !shortest);
    for (const Step& step : graph.steps())
        for (int y = 0; y < step.output.height; ++y)
            for (int x = 0; x < step.output.width; ++x) {
                const SeenRange range = seenBy(graph, step.id, y, x);
                const SeenPixels& seen = shortest ? range.shortest : range.longest;
                const Tried& expected = tried[std::size_t(step.id)][std::size_t(y * step.output.width + x)];
                const std::string at = step.name + " " + std::to_string(y) + "," + std::to_string(x);
                QVERIFY2(seen.imageRows == expected.rows, at.c_str());
                QVERIFY2(seen.imageColumns == expected.columns, at.c_str());
                QVERIFY2(seen.rows.contains(seen.imageRows.first) && seen.rows.contains(seen.imageRows.last),
                         at.c_str());
                if (!shortest)
                    QVERIFY2(expected.count == seen.imageRows.size() * seen.imageColumns.size(), at.c_str());
            }
}

}  // namespace

class SeenPixelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isWhatBruteForceFinds_data() {
        QTest::addColumn<Padding>("padding");
        QTest::addColumn<bool>("shortest");
        QTest::addColumn<int>("height");
        for (const int height : {33, 44})
            for (const Padding padding : {Padding::Same, Padding::Symmetric})
                for (const bool shortest : {false, true})
                    QTest::addRow("%s, %s way, %d rows", name(padding).data(),
                                  shortest ? "shortest" : "longest", height)
                        << padding << shortest << height;
    }
    void isWhatBruteForceFinds() {
        QFETCH(Padding, padding);
        QFETCH(bool, shortest);
        QFETCH(int, height);
        compare(Graph(specOf({2, 1, 1}, height, 37, padding)), shortest);
        compare(Graph(specOf({3, 4, 6, 3}, 32, height, padding)), shortest);
    }

    void stageEndsOfResNet34() {
        for (const Padding padding : {Padding::Same, Padding::Symmetric}) {
            NetworkSpec spec = resNet34();
            spec.padding = padding;
            const Graph graph(spec);
            const int longest[] = {59, 179, 547, 899};
            for (const auto& [stage, unit] : {std::pair(0, 2), {1, 3}, {2, 5}, {3, 2}}) {
                const StepId end = graph.unit(stage, unit)->last();
                const SeenRange range = seenBy(graph, end, 3, 3);
                QCOMPARE(range.longest.rows.size(), longest[stage]);
                QCOMPARE(range.longest.columns.size(), longest[stage]);
                QCOMPARE(range.shortest.rows.size(), 11);
                QCOMPARE(range.shortest.columns.size(), 11);
            }
        }
    }

    // The graph says the same of the longest way.
    void agreesWithTheGraph() {
        const Graph graph(specOf({3, 4, 6, 3}, 97, 131, Padding::Same));
        for (const Step& step : graph.steps()) {
            const int y = step.output.height / 2;
            const SeenPixels seen = seenBy(graph, step.id, y, 0).longest;
            if (step.way == Way::Head)
                continue;
            QCOMPARE(seen.rows.first, step.fieldY.start + y * step.fieldY.stride);
            QCOMPARE(seen.rows.size(), step.fieldY.size);
            QCOMPARE(seen.columns.first, step.fieldX.start);
            QCOMPARE(seen.columns.size(), step.fieldX.size);
        }
    }

    void aPixelSeesItself() {
        const SeenPixels seen = seenBy(Graph(resNet34()), inputStep, 7, 9).longest;
        QCOMPARE(seen.rows, (PixelRange{7, 7}));
        QCOMPARE(seen.imageColumns, (PixelRange{9, 9}));
        QVERIFY(!seen.reachesPadding());
    }

    void paddingIsTold() {
        NetworkSpec spec = resNet34();
        spec.padding = Padding::Symmetric;
        const SeenPixels corner = seenBy(Graph(spec), 0, 0, 111).longest;
        QCOMPARE(corner.rows, (PixelRange{-3, 3}));
        QCOMPARE(corner.imageRows, (PixelRange{0, 3}));
        QCOMPARE(corner.columns, (PixelRange{219, 225}));
        QCOMPARE(corner.imageColumns, (PixelRange{219, 223}));
        QVERIFY(corner.reachesPadding());
    }
};

RESNET_TEST(SeenPixelsTest)
#include "SeenPixelsTest.moc"

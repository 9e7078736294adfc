#include "core/Error.h"
#include "core/explain/Trace.h"
#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/explain/ShownSum.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/inference/SomeInput.h"
#include "ui/images/PictureReader.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace resnet;
using namespace resnet::test;

namespace {

Run runOf(const std::shared_ptr<const Network>& network, FeatureMapsPtr input) {
    Executor executor(network, 2);
    Run activations = executor.start(std::move(input));
    executor.run(activations);
    return activations;
}

// Channel, row, column: the corners and the middle in the first and last channel, and some by chance.
std::set<std::array<int, 3>> someCells(const FeatureShape& shape, std::mt19937& random) {
    const auto pick = [&](int count) { return int(random() % unsigned(count)); };
    std::set<std::array<int, 3>> cells;
    for (const int c : {0, shape.channels - 1})
        for (const int y : {0, shape.height / 2, shape.height - 1})
            for (const int x : {0, shape.width / 2, shape.width - 1})
                cells.insert({c, y, x});
    for (int i = 0; i < 6; ++i)
        cells.insert({pick(shape.channels), pick(shape.height), pick(shape.width)});
    return cells;
}

bool isClose(double a, double b, double scale) {
    return std::abs(a - b) <= 1e-9 * std::max(1.0, scale);
}

}  // namespace

class TraceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // With edits, sums are of the terms as they are added, and convolutions of the weights that a unit uses.
    void editedRunsAddUp() {
        const reference::Reference each = reference::readAll().front();
        const Graph& graph = each.network->graph();
        const Edits edits = editsFrom(
            "layer1.0:F=0,layer1.1:F=-1.5,layer2.0:x=0.5,layer2.1:x=0,layer3.1:weights=layer3.2,layer4.0:seed=3",
            graph);
        Executor executor(each.network, 2);
        Run run = executor.start(each.input, edits);
        executor.run(run);
        std::mt19937 random(5);
        for (const Step& step : graph.steps())
            for (const auto& [c, y, x] : someCells(step.output, random)) {
                const Trace trace = traceOf(run, step.id, c, y, x);
                QVERIFY2(trace.agrees(), step.name.c_str());
                QVERIFY2(isClose(shownSum(trace), trace.sum, trace.largest), step.name.c_str());
            }
        const auto sumOf = [&](const char* step) {
            return std::get<SumTrace>(traceOf(run, *graph.find(step), 3, 1, 2).how);
        };
        QCOMPARE(sumOf("layer1.0.add").mainPathTerm(), 0.0);
        QVERIFY(sumOf("layer1.0.add").mainPath != 0.0f);
        QCOMPARE(sumOf("layer1.1.add").mainPathGain, -1.5f);
        QCOMPARE(sumOf("layer2.0.add").shortcutTerm(), 0.5 * sumOf("layer2.0.add").shortcut);
        // What is off cannot have done most.
        const Trace off = traceOf(run, *graph.find("layer1.0.add"), 3, 1, 2);
        QCOMPARE(strongestSource(graph, off).step, sumOf("layer1.0.add").shortcutStep);
    }

    // Activations other than ReLU, and shortcuts without parameters.
    void everyOtherKindAddsUp() {
        LayerGraph layers;
        const auto add = [&](StepKind kind, std::vector<int> inputs, int channels, WindowRule window) {
            layers.layers.push_back(
                {"l" + std::to_string(layers.layers.size()), kind, std::move(inputs), channels, window, {}});
            return int(layers.layers.size()) - 1;
        };
        const int stem = add(StepKind::Convolution, {inputStep}, 4, {.kernel = 3, .stride = 2});
        const int first = add(StepKind::Convolution, {stem}, 8, {.kernel = 3, .stride = 2});
        const int swish = add(StepKind::Activation, {first}, 0, {});
        layers.layers.back().settings.function = ActivationFunction::Swish;
        const int second = add(StepKind::Convolution, {swish}, 8, {.kernel = 3});
        const int shortcut = add(StepKind::Padding, {stem}, 8, {.kernel = 1, .stride = 2});
        const int mean =
            add(StepKind::GlobalAveragePool, {add(StepKind::Add, {second, shortcut}, 0, {})}, 0, {});
        add(StepKind::Softmax, {add(StepKind::Dense, {mean}, 3, {})}, 0, {});
        NetworkSpec settings;
        settings.inputHeight = settings.inputWidth = 32;
        const Graph graph(std::make_shared<LayerGraph>(layers), settings);
        const auto network = std::make_shared<const Network>(graph, initialParameters(graph, 3));
        const Run run = runOf(network, someInput(settings.inputShape()));
        std::set<std::size_t> kinds;
        std::mt19937 random(2);
        for (const Step& step : network->graph().steps())
            for (const auto& [c, y, x] : someCells(step.output, random)) {
                const Trace trace = traceOf(run, step.id, c, y, x);
                QVERIFY2(trace.agrees(), step.name.c_str());
                QVERIFY2(isClose(shownSum(trace), trace.sum, trace.largest), step.name.c_str());
                kinds.insert(trace.how.index());
            }
        QVERIFY(kinds.contains(TraceKind(FunctionTrace{}).index()));
        QVERIFY(kinds.contains(TraceKind(CopyTrace{}).index()));
    }

    void everyStepAddsUp() {
        std::mt19937 random(1);
        for (const reference::Reference& each : reference::readAll()) {
            const Run run = runOf(each.network, each.input);
            double worst = 0.0;
            std::set<std::size_t> kinds;
            for (const Step& step : each.network->graph().steps())
                for (const auto& [c, y, x] : someCells(step.output, random)) {
                    const Trace trace = traceOf(run, step.id, c, y, x);
                    QCOMPARE(trace.value, run.output(step.id)->at(c, y, x));
                    const std::string at = each.name + " " + step.name + " channel " + std::to_string(c) +
                                           " at " + std::to_string(y) + "," + std::to_string(x) + " sum " +
                                           std::to_string(trace.sum) + " value " +
                                           std::to_string(trace.value);
                    QVERIFY2(trace.agrees(), at.c_str());
                    QVERIFY2(isClose(shownSum(trace), trace.sum, trace.largest), at.c_str());
                    kinds.insert(trace.how.index());
                    if (trace.largest > 0.0)
                        worst = std::max(worst, std::abs(trace.difference()) / trace.largest);
                }
            QCOMPARE(kinds.size(), std::variant_size_v<TraceKind> - 2);  // those of everyOtherKindAddsUp
            qInfo("%s: %d steps, largest difference %.1e of the map's largest magnitude", each.name.c_str(),
                  each.network->graph().stepCount(), worst);
        }
    }

    // The network that is shipped, whose maps Winograd's algorithm computes, on a photograph.
    void theBundledNetworkAddsUp() {
        const ModelPtr model =
            openModel(RESNET_SOURCE_DIR "/resources/models/resnet34-imagenette.safetensors");
        const ui::PicturePtr picture =
            ui::readPicture(QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/china.jpg"));
        const Image crop = cropForNetwork(picture->image, model->preprocessing, 224, 224);
        const Run run =
            runOf(model->network, std::make_shared<FeatureMaps>(normalise(crop, model->preprocessing, 3)));
        std::mt19937 random(2);
        double worst = 0.0;
        QCOMPARE(model->graph().stepCount(), 125);
        for (const Step& step : model->graph().steps())
            for (const auto& [c, y, x] : someCells(step.output, random)) {
                const Trace trace = traceOf(run, step.id, c, y, x);
                QVERIFY2(trace.agrees(), step.name.c_str());
                if (trace.largest > 0.0)
                    worst = std::max(worst, std::abs(trace.difference()) / trace.largest);
            }
        qInfo("largest difference %.1e of the map's largest magnitude", worst);
    }

    void convolutionShowsItsPatch() {
        const Run run = smallRun(Padding::Symmetric);
        const Step& step = run.network()->graph().step(0);
        const Trace trace = traceOf(run, step.id, 5, 0, 3);
        const auto& how = std::get<ConvolutionTrace>(trace.how);
        QCOMPARE(how.channels.size(), std::size_t(3));
        for (std::size_t i = 0; i < how.channels.size(); ++i) {
            const ChannelTerm& term = how.channels[i];
            QCOMPARE(term.cells.size(), std::size_t(49));
            if (i > 0)
                QVERIFY(std::abs(term.sum) <= std::abs(how.channels[i - 1].sum));
            for (int tap = 0; tap < 49; ++tap) {
                const WeightedCell& cell = term.cells[std::size_t(tap)];
                QCOMPARE(cell.y, tap / 7 - 3);
                QCOMPARE(cell.x, 6 + tap % 7 - 3);
                QCOMPARE(cell.isPadding, cell.y < 0);
                QCOMPARE(cell.value, cell.isPadding ? 0.0f : run.input()->at(term.channel, cell.y, cell.x));
                const auto& weights = run.network()->parameter(0, "weight").values;
                QCOMPARE(cell.weight, weights[std::size_t((5 * 3 + term.channel) * 49 + tap)]);
            }
        }
        QVERIFY(isClose(how.channels[0].sum + how.rest(1), trace.sum, trace.largest));
        QCOMPARE(how.rest(3), 0.0);
    }

    void maxPoolNamesTheWinner() {
        for (const Padding padding : {Padding::Same, Padding::Symmetric}) {
            const Run run = smallRun(padding);
            const Step& step = run.network()->graph().step(*run.network()->graph().find("maxpool"));
            for (const int y : {0, 3, step.output.height - 1}) {
                const Trace trace = traceOf(run, step.id, 7, y, 0);
                const auto& how = std::get<MaxPoolTrace>(trace.how);
                QCOMPARE(how.cells.size(), std::size_t(9));
                const WindowCell& winner = how.cells[std::size_t(how.winner)];
                QVERIFY(!winner.isPadding);
                QCOMPARE(winner.value, trace.value);
                QCOMPARE(run.output(step.inputs.front())->at(7, winner.y, winner.x), trace.value);
            }
        }
    }

    // A unit's sum names both of its terms.
    void sumNamesItsTerms() {
        const Run run = smallRun(Padding::Same);
        const Graph& graph = run.network()->graph();
        const Trace trace = traceOf(run, *graph.find("layer2.0.add"), 3, 1, 2);
        const auto& how = std::get<SumTrace>(trace.how);
        QCOMPARE(graph.stepName(how.mainPathStep), std::string("layer2.0.bn2"));
        QCOMPARE(graph.stepName(how.shortcutStep), std::string("layer2.0.downsample.1"));
        QCOMPARE(float(double(how.mainPath) + how.shortcut), trace.value);
    }

    // From a prediction to a pixel, always to a number that is there.
    void theStrongestLeadsToTheImage() {
        const Run run = smallRun(Padding::Symmetric);
        const Graph& graph = run.network()->graph();
        TraceSource at{graph.softmaxStep(), 1, 0, 0};
        int moves = 0;
        while (at.step != inputStep) {
            const Trace trace = traceOf(run, at.step, at.channel, at.y, at.x);
            const TraceSource source = strongestSource(graph, trace);
            QVERIFY(source.step < at.step);
            const FeatureShape& shape = graph.outputShape(source.step);
            QVERIFY(source.channel >= 0 && source.channel < shape.channels);
            QVERIFY(source.y >= 0 && source.y < shape.height && source.x >= 0 && source.x < shape.width);
            if (const auto* how = std::get_if<SumTrace>(&trace.how)) {
                const bool isMainPath = std::abs(how->mainPath) >= std::abs(how->shortcut);
                QCOMPARE(source.step, isMainPath ? how->mainPathStep : how->shortcutStep);
            }
            if (std::holds_alternative<MaxPoolTrace>(trace.how))
                QCOMPARE(run.output(source.step)->at(source.channel, source.y, source.x), trace.value);
            at = source;
            ++moves;
        }
        QVERIFY(moves >= 8);
    }

    // NaN and infinity are traced like any number.
    void whatIsNotFiniteAgrees() {
        const auto network = std::make_shared<Network>(Network::initialised(smallSpec(Padding::Same), 3));
        auto input = std::make_shared<FeatureMaps>(network->spec().inputShape());
        std::fill_n(input->data(), input->size(), 1.0f);
        input->at(1, 20, 20) = std::numeric_limits<float>::quiet_NaN();
        const Run run = runOf(network, input);
        for (const StepId step : {0, 1, 2}) {
            const Trace trace = traceOf(run, step, 0, 10, 10);
            QVERIFY(std::isnan(trace.value));
            QCOMPARE(trace.difference(), 0.0);
            QVERIFY(trace.agrees());
            QVERIFY(std::isfinite(trace.largest));
        }
        const Trace trace = traceOf(run, 0, 0, 10, 10);
        QCOMPARE(std::get<ConvolutionTrace>(trace.how).channels.front().channel, 1);
    }

    // In an order that holds: NaN before all, then from the largest down.
    void theClassesOfASoftmaxAreInOrderWithNaN() {
        NetworkSpec spec = smallSpec(Padding::Same);
        spec.classes = 6;
        const auto network = std::make_shared<const Network>(Network::initialised(spec, 3));
        const Graph& graph = network->graph();
        const auto vector = [](std::initializer_list<float> values) {
            auto maps = std::make_shared<FeatureMaps>(FeatureShape{int(values.size())});
            std::ranges::copy(values, maps->data());
            return maps;
        };
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        const Run run = Run(network)
                            .withOutput(graph.logitsStep(), vector({1.0f, nan, 3.0f, 0.5f, nan, 2.0f}), 0.0)
                            .withOutput(graph.softmaxStep(), vector({nan, nan, nan, nan, nan, nan}), 0.0);
        const Trace trace = traceOf(run, graph.softmaxStep(), 0, 0, 0);
        std::vector<int> order;
        for (const ClassTerm& term : std::get<SoftmaxTrace>(trace.how).classes)
            order.push_back(term.index);
        QCOMPARE(order, (std::vector<int>{1, 4, 2, 5, 0, 3}));
        QVERIFY(trace.agrees());
    }

    void refusesWhatIsNotThere() {
        const Run run = smallRun(Padding::Same);
        const Network& network = *run.network();
        QVERIFY_EXCEPTION_THROWN(traceOf(run, 0, 24, 0, 0), Error);
        QVERIFY_EXCEPTION_THROWN(traceOf(run, 0, -1, 0, 0), Error);
        QVERIFY_EXCEPTION_THROWN(traceOf(run, 0, 0, 38, 0), Error);
        QVERIFY_EXCEPTION_THROWN(traceOf(run, 0, 0, 0, -1), Error);
        QVERIFY_EXCEPTION_THROWN(traceOf(run, inputStep, 0, 0, 0), Error);
        QVERIFY_EXCEPTION_THROWN(traceOf(run, network.graph().stepCount(), 0, 0, 0), Error);
        const Run empty = run.before(0);
        QVERIFY_EXCEPTION_THROWN(traceOf(empty, 0, 0, 0, 0), Error);
        QVERIFY_EXCEPTION_THROWN(traceOf(empty, 3, 0, 0, 0), Error);
    }

    // Of processor time, with room for a slow machine: a millisecond is usual.
    void isQuick() {
        NetworkSpec spec = resNet34();
        spec.unitsPerStage = {1, 1, 1, 1};
        spec.classes = 1000;
        const auto network = std::make_shared<Network>(Network::initialised(spec, 1));
        const Run run = runOf(network, someInput(spec.inputShape()));
        double slowest = 0.0;
        std::string name;
        for (const Step& step : network->graph().steps()) {
            double best = std::numeric_limits<double>::infinity();
            for (int repeat = 0; repeat < 5; ++repeat) {
                const double began = tests::processorMilliseconds();
                const Trace trace = traceOf(run, step.id, 9, step.output.height / 2, step.output.width / 2);
                best = std::min(best, tests::processorMilliseconds() - began);
                QVERIFY(trace.agrees());
            }
            if (best > slowest) {
                slowest = best;
                name = step.name;
            }
        }
        qInfo("slowest trace: %.2f ms, %s", slowest, name.c_str());
        QVERIFY(slowest < tests::patience(200));
    }

private:
    static NetworkSpec smallSpec(Padding padding) {
        NetworkSpec spec;
        spec.unitsPerStage = {1, 1};
        spec.channelsPerStage = {24, 40};
        spec.inputHeight = 75;
        spec.inputWidth = 61;
        spec.padding = padding;
        return spec;
    }
    static Run smallRun(Padding padding) {
        const auto network = std::make_shared<Network>(Network::initialised(smallSpec(padding), 7));
        return runOf(network, someInput(network->spec().inputShape()));
    }
};

RESNET_TEST(TraceTest)
#include "TraceTest.moc"

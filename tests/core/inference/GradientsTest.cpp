#include "core/Error.h"
#include "core/model/Model.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/BackwardSubject.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

#include <cmath>

using namespace resnet;
using namespace resnet::test;

namespace {

double normOf(const FeatureMaps& maps) {
    double sum = 0.0;
    for (std::size_t i = 0; i < maps.size(); ++i)
        sum += double(maps.data()[i]) * maps.data()[i];
    return std::sqrt(sum);
}

Subject bundledChina() {
    const ModelPtr model = openModel(RESNET_SOURCE_DIR "/resources/models/resnet34-imagenette.safetensors");
    return Subject(model->network,
                   reference::readInput(RESNET_SOURCE_DIR "/tests/data/experiments/bundled-china/input.npy",
                                        model->network->spec().inputShape()));
}

nlohmann::json readJson(const char* path) {
    std::ifstream file(path);
    return nlohmann::json::parse(file);
}

// Whether the input and the biases together owe the target.
bool addsUp(const Gradients& gradients) {
    const double whole = valueOf(gradients.target(), gradients.run());
    const double parts = valueTimesGradient(gradients, inputStep) + biasTimesGradient(gradients);
    return std::abs(whole - parts) < 1e-4 * std::max(1.0, std::abs(whole));
}

}  // namespace

class GradientsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Those in the repository, and those in the folder that RESNET_REFERENCE_DIR names.
    void everyStepAgreesWithPyTorch() {
        int count = 0;
        for (const reference::Reference& each : reference::readAll()) {
            const std::string file = each.folder + "/gradients.safetensors";
            if (!QFile::exists(QString::fromStdString(file)))
                continue;
            ++count;
            const SafetensorsContent expected = readSafetensors(file);
            Subject subject(each.network, each.input);
            const Graph& graph = each.network->graph();
            const Gradients found =
                subject.gradients(scoreOf(graph, std::stoi(expected.metadata.at("gradient_class"))));
            double worst = 0.0;
            for (StepId step = inputStep; step <= graph.logitsStep(); ++step) {
                const double error =
                    reference::relativeError(*found.of(step), expected.tensors.at(graph.stepName(step)));
                worst = std::max(worst, error);
                QVERIFY2(error < 1e-5,
                         (each.name + " " + graph.stepName(step) + " " + std::to_string(error)).c_str());
            }
            QVERIFY(!found.of(graph.softmaxStep()));
            qInfo("%s: largest error %.1e", each.name.c_str(), worst);
        }
        QVERIFY(count >= 1);
    }

    void bundledNetworkAgreesWithPyTorch() {
        Subject subject = bundledChina();
        const Graph& graph = subject.run.graph();
        const nlohmann::json expected =
            readJson(RESNET_SOURCE_DIR "/tests/data/experiments/bundled-china/expected.json");
        const Gradients found = subject.gradients(scoreOf(graph, expected.at("class")));
        for (const auto& [name, norm] : expected.at("gradient_norms").items()) {
            const StepId step = name == "input" ? inputStep : graph.find(name).value();
            QVERIFY2(std::abs(normOf(*found.of(step)) - norm.get<double>()) < 1e-5 * norm.get<double>(),
                     name.c_str());
        }
        const StateDict input =
            readSafetensors(RESNET_SOURCE_DIR
                            "/tests/data/experiments/bundled-china/input-gradient.safetensors")
                .tensors;
        const double error = reference::relativeError(*found.of(inputStep), input.begin()->second);
        QVERIFY(error < 1e-5);
        QVERIFY(addsUp(found));
        qInfo("largest error at the input %.1e", error);

        const auto parts = subject.backward.runByUnits(subject.run, found.target());
        QCOMPARE(parts->size(), std::size_t(17));
        for (const auto& [number, norm] : expected.at("path_lengths").at("norms").items())
            QVERIFY(std::abs(normOf(*parts->at(std::size_t(std::stoi(number)))) - norm.get<double>()) <
                    1e-4 * norm.get<double>());
    }

    void partsByUnitsAgreeWithPyTorchAndAddUp() {
        const std::string folder = RESNET_SOURCE_DIR "/tests/data/reference/narrow18-same-64";
        const nlohmann::json expected = readJson((folder + "/path-lengths.json").c_str());
        const reference::Reference reference = reference::read(folder);
        Subject subject(reference.network, reference.input);
        const GradientTarget target = scoreOf(subject.run.graph(), expected.at("class"));
        for (const StepId of : {inputStep, subject.run.graph().units()[5].output}) {
            const auto parts = subject.backward.runByUnits(subject.run, target, of);
            QCOMPARE(parts->size(), std::size_t(of == inputStep ? 9 : 3));
            const FeatureMapsPtr whole = subject.gradients(target).of(of);
            double worst = 0.0;
            double largest = 0.0;
            for (std::size_t i = 0; i < whole->size(); ++i) {
                double sum = 0.0;
                for (const FeatureMapsPtr& part : *parts)
                    sum += part->data()[i];
                worst = std::max(worst, std::abs(sum - whole->data()[i]));
                largest = std::max(largest, std::abs(double(whole->data()[i])));
            }
            QVERIFY(worst < 1e-5 * largest);
            for (std::size_t n = 0; of == inputStep && n < parts->size(); ++n) {
                const double norm = expected.at("norms").at(std::to_string(n));
                QVERIFY(std::abs(normOf(*parts->at(n)) - norm) < 1e-5 * norm);
            }
        }
    }

    // Of edited networks and plain ones, of differences and of cells in the middle, too.
    void inputAndBiasesOweTheTarget() {
        for (const bool shortcuts : {true, false})
            for (const Padding padding : {Padding::Same, Padding::Symmetric, Padding::SameTorch}) {
                const auto network = subjectNetwork(shortcuts, padding);
                const Graph& graph = network->graph();
                Subject subject(network, someInput(graph.outputShape(inputStep)), 2,
                                shortcuts ? someEdits(graph) : Edits());
                const StepId middle = *graph.find("layer3.4.bn1");
                for (const GradientTarget& target :
                     {scoreOf(graph, 3), scoreDifference(graph, 3, 7), cellOf(graph, middle, 11, {2, 1})})
                    QVERIFY(addsUp(subject.gradients(target)));
            }
    }

    // Away from the kinks: the step is so small that hardly a mask changes.
    void isTheSlopeOfTheEditedNetwork() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        const FeatureMapsPtr input = someInput(graph.outputShape(inputStep));
        Subject subject(network, input, 2, someEdits(graph));
        const GradientTarget target = scoreDifference(graph, 2, 5);
        const FeatureMapsPtr gradient = subject.gradients(target).of(inputStep);
        const double length = normOf(*gradient);
        QVERIFY(length > 0.0);
        const auto valueAt = [&](double along) {
            auto moved = std::make_shared<FeatureMaps>(input->shape());
            for (std::size_t i = 0; i < moved->size(); ++i)
                moved->data()[i] = float(input->data()[i] + along * gradient->data()[i] / length);
            Executor executor(subject.packed);
            Run run = executor.start(moved, subject.run.edits());
            executor.run(run);
            return valueOf(target, run);
        };
        const double slope = (valueAt(1e-3) - valueAt(-1e-3)) / 2e-3;
        QVERIFY2(std::abs(slope - length) < 0.02 * length,
                 (std::to_string(slope) + " " + std::to_string(length)).c_str());
    }

    // What enters a unit whose F(x) is off gets the gradient of the sum as it is, and F's way gets nothing.
    void whatIsOffGetsNothing() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)), 2,
                        editsFrom("layer1.1:F=0", graph));
        const Gradients found = subject.gradients(scoreOf(graph, 0));
        const ResidualUnit& unit = *graph.unit(0, 1);
        QCOMPARE(normOf(*found.of(unit.branchOutput())), 0.0);
        QCOMPARE(normOf(*found.of(unit.first())), 0.0);
        QVERIFY(normOf(*found.of(*unit.add)) > 0.0);
        QVERIFY(sameBits(*found.of(*unit.add), *found.of(unit.input)));
        const auto parts = subject.backward.runByUnits(subject.run, found.target());
        QCOMPARE(parts->size(), std::size_t(17));
        QVERIFY(!parts->back());
    }

    // Bottleneck and pre-activation units, whose shortcut begins elsewhere.
    void otherUnitsAddUpToo() {
        for (const Graph& graph : {test::bottleneckGraph(), test::preActivationGraph()}) {
            auto network = std::make_shared<const Network>(graph, initialParameters(graph, 3));
            Subject subject(network, someInput(graph.outputShape(inputStep)));
            const Gradients found = subject.gradients(scoreOf(graph, 1));
            QVERIFY(addsUp(found));
            const auto parts = subject.backward.runByUnits(subject.run, found.target());
            for (std::size_t i = 0; i < found.of(inputStep)->size(); i += 97) {
                double sum = 0.0;
                for (const FeatureMapsPtr& part : *parts)
                    sum += part ? part->data()[i] : 0.0f;
                QVERIFY(std::abs(sum - found.of(inputStep)->data()[i]) < 1e-4 * normOf(*found.of(inputStep)));
            }
        }
    }

    // Those of the family, by their specs: each is piecewise linear, so input and biases owe the score.
    void theFamilyAddsUp() {
        for (const char* name : {"cifar20", "resnet50", "preact18", "resnet18"}) {
            NetworkSpec spec = specNamed(name);
            spec.channelsPerStage.resize(std::size_t(spec.stageCount()));
            for (std::size_t stage = 0; stage < spec.channelsPerStage.size(); ++stage)
                spec.channelsPerStage[stage] = 4 << stage;
            spec.unitsPerStage.assign(spec.unitsPerStage.size(), 2);
            spec.inputHeight = spec.inputWidth = 33;
            spec.inputChannels = 1;
            for (const ShortcutKind shortcut :
                 {ShortcutKind::Projection, ShortcutKind::ProjectionAlways, ShortcutKind::Padding}) {
                if (spec.unit != UnitKind::Basic && shortcut == ShortcutKind::Padding)
                    continue;
                spec.shortcut = shortcut;
                const auto network = std::make_shared<const Network>(Network::initialised(spec, 11));
                Subject subject(network, someInput(spec.inputShape()));
                QVERIFY2(addsUp(subject.gradients(scoreOf(network->graph(), 2))), name);
            }
        }
    }

    // A step of a unit's main path is seen only by ways through that unit.
    void partsOfAStepInsideAUnit() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)));
        const StepId of = graph.units()[13].first();
        const auto parts = subject.backward.runByUnits(subject.run, scoreOf(graph, 4), of);
        QCOMPARE(parts->size(), std::size_t(4));
        QVERIFY(!parts->front());
        QVERIFY(parts->back());
    }

    void aShorterWayIsThePartOfTheWhole() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)));
        const GradientTarget target = scoreOf(graph, 4);
        const Gradients whole = subject.gradients(target);
        const StepId until = graph.units()[9].output;
        const auto part = subject.backward.run(subject.run, target, {ReluRule::Derivative, until, false});
        QVERIFY(sameBits(*part->of(until), *whole.of(until)));
        QVERIFY(!part->of(inputStep));
        QVERIFY(!part->of(graph.logitsStep()));
        for (const StepId step : {inputStep, graph.units()[4].mainPath[2], *graph.units()[6].add, StepId(1)})
            QVERIFY(sameBits(
                *subject.backward.run(subject.run, target, {ReluRule::Derivative, step, false})->of(step),
                *whole.of(step)));
    }

    // Nothing that a cell does not see owes it anything.
    void isZeroOutsideTheReceptiveField() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)));
        const Step& step = graph.step(graph.units()[1].output);
        const Cell cell{9, 3};
        const FeatureMapsPtr gradient = subject.gradients(cellOf(graph, step.id, 5, cell)).of(inputStep);
        const auto sees = [](const ReceptiveField& field, int of, int pixel) {
            const int first = field.start + of * field.stride;
            return pixel >= first && pixel < first + field.size;
        };
        bool isAnything = false;
        for (int y = 0; y < gradient->height(); ++y)
            for (int x = 0; x < gradient->width(); ++x) {
                const bool seen = sees(step.fieldY, cell.y, y) && sees(step.fieldX, cell.x, x);
                isAnything |= seen && gradient->at(0, y, x) != 0.0f;
                QVERIFY(seen || gradient->at(0, y, x) == 0.0f);
            }
        QVERIFY(isAnything);
    }

    // Its softmax's gradient has no part along adding the same to all scores.
    void aProbabilityHasAGradientToo() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)));
        const FeatureMapsPtr gradient =
            subject.gradients(cellOf(graph, graph.softmaxStep(), 2, {})).of(graph.logitsStep());
        const FeatureMapsPtr p = subject.run.output(graph.softmaxStep());
        for (int n = 0; n < gradient->channels(); ++n) {
            const float expected = p->at(2, 0, 0) * ((n == 2 ? 1.0f : 0.0f) - p->at(n, 0, 0));
            QVERIFY(std::abs(gradient->at(n, 0, 0) - expected) < 1e-6f);
        }
    }
};

RESNET_TEST(GradientsTest)
#include "GradientsTest.moc"

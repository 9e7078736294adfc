#include "core/Error.h"
#include "core/inference/FusedExecutor.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Experiments.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/inference/SomeInput.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

using namespace resnet;

namespace {

std::shared_ptr<const PackedNetwork> editedNetwork(bool shortcuts = true,
                                                   const EngineOptions& options = {2, {}, {}}) {
    NetworkSpec spec;
    spec.unitsPerStage = {2, 3};
    spec.channelsPerStage = {24, 40};
    spec.inputHeight = 75;
    spec.inputWidth = 61;
    spec.shortcut = shortcuts ? ShortcutKind::Projection : ShortcutKind::None;
    return std::make_shared<PackedNetwork>(std::make_shared<Network>(Network::initialised(spec, 7)), options);
}

Run observedWith(const std::shared_ptr<const PackedNetwork>& packed, const FeatureMapsPtr& input,
                 const Edits& edits = {}) {
    Executor executor(packed);
    Run run = executor.start(input, edits);
    executor.run(run);
    return run;
}

bool canBeMade(const Edits& edits, const Graph& graph) {
    try {
        validate(edits, graph);
        return true;
    } catch (const Error&) {
        return false;
    }
}

// Every unit with every kind of edit, and many at once.
std::vector<Edits> everyEdit(const Graph& graph) {
    std::vector<Edits> all;
    Edits several;
    const auto add = [&](UnitId unit, const UnitEdit& edit) {
        Edits edits;
        edits.set(unit, edit);
        if (!canBeMade(edits, graph))  // weights of other shapes, gains of a plain network
            return;
        all.push_back(edits);
        if (all.size() % 4 == 0)
            several.set(unit, edit);
    };
    for (const ResidualUnit& unit : graph.units()) {
        for (const auto& [mainPath, shortcut] : {std::pair(0.0f, 1.0f),
                                                 {1.0f, 0.0f},
                                                 {0.0f, 0.0f},
                                                 {0.5f, 1.0f},
                                                 {-1.0f, 1.0f},
                                                 {1.0f, 2.0f},
                                                 {0.0f, -0.75f},
                                                 {1.5f, 0.0f},
                                                 {0.3f, -1.7f}})
            add(idOf(unit), {mainPath, shortcut, {}});
        add(idOf(unit), {1.0f, 1.0f, NewWeights{42}});
        for (const ResidualUnit& other : graph.units())
            if (&other != &unit)
                add(idOf(unit), {1.0f, 1.0f, WeightsOf{idOf(other)}});
    }
    all.push_back(several);
    return all;
}

std::shared_ptr<const PackedNetwork> packedOf(const Graph& graph, const EngineOptions& options) {
    return std::make_shared<const PackedNetwork>(
        std::make_shared<const Network>(graph, initialParameters(graph, 7)), options);
}

}  // namespace

// Passes with edits against PyTorch, against each other, and against what follows from the arithmetic.
class EditedPassTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyExperimentAgreesWithPyTorch() {
        const experiments::Experiments all = experiments::read("narrow-same-96");
        QCOMPARE(all.rows.size(), std::size_t(85));
        for (const Isa isa : supportedIsas()) {
            const auto packed = std::make_shared<const PackedNetwork>(all.network, EngineOptions{2, isa, {}});
            Executor executor(packed);
            FusedExecutor fused(packed);
            Run known = executor.start(all.input);
            executor.run(known);
            double worst = 0.0;
            for (const experiments::Row& row : all.rows) {
                Run run = known.with(row.edits);
                executor.run(run);
                fused.run({{all.input}}, row.edits);
                const double error = std::max(
                    experiments::relativeError({logitsOf(run).data(), row.logits.size()}, row.logits),
                    experiments::relativeError(fused.logits(), row.logits));
                worst = std::max(worst, error);
                QVERIFY2(error < 1e-4, (row.change + " " + std::to_string(error)).c_str());
            }
            qInfo("%s: %d changes, largest error %.1e of the largest logit", std::string(name(isa)).c_str(),
                  int(all.rows.size()), worst);
        }
    }

    // The whole pass with edits, the same from where the edits begin, and the fused pass both ways; whatever
    // units are made of.
    void aPartIsTheWholeBitForBit() {
        const auto graphs = {editedNetwork()->graph(), editedNetwork(false)->graph(), test::bottleneckGraph(),
                             test::preActivationGraph()};
        for (const Graph& graph : graphs)
            for (const Isa isa : supportedIsas()) {
                const auto packed = packedOf(graph, {2, isa, {}});
                const FeatureMapsPtr input = someInput(*packed);
                const Run known = observedWith(packed, input);
                Executor partial(packed);
                FusedExecutor fused(packed);
                for (const Edits& edits : everyEdit(packed->graph())) {
                    const std::string text = textOf(edits, packed->graph());
                    const Run whole = observedWith(packed, input, edits);
                    Run part = known.with(edits);
                    QVERIFY2(part.firstMissing() == firstDifferentStep(packed->graph(), {}, edits),
                             text.c_str());
                    QCOMPARE(fused.finish(part), RunOutcome::Finished);
                    QVERIFY2(sameBits(fused.logits(), logitsOf(whole)), text.c_str());
                    partial.run(part);
                    QVERIFY2(sameBits(part, whole), text.c_str());
                    for (StepId step = 0; step < firstDifferentStep(packed->graph(), {}, edits); ++step)
                        QCOMPARE(part.output(step), known.output(step));

                    fused.run({{someInput(*packed, 9)}}, edits);  // leaves other numbers in the buffers
                    fused.run({{input}}, edits);
                    QVERIFY2(sameBits(fused.logits(), logitsOf(whole)), text.c_str());
                    QVERIFY2(sameBits(fused.probabilities(), *whole.output(packed->graph().softmaxStep())),
                             text.c_str());
                    // And back.
                    Run back = part.with({});
                    partial.run(back);
                    QVERIFY2(sameBits(back, known), text.c_str());
                }
            }
    }

    void stepByStepAndThreadsChangeNothing() {
        const auto packed = editedNetwork();
        const FeatureMapsPtr input = someInput(*packed);
        for (const Edits& edits : everyEdit(packed->graph())) {
            const Run whole = observedWith(packed, input, edits);
            Executor executor(
                std::make_shared<const PackedNetwork>(packed->network(), EngineOptions{3, {}, {}}));
            Run run = executor.start(input, edits);
            for (StepId step = 0; step < run.stepCount(); ++step)
                executor.run(run, step);
            QVERIFY2(sameBits(run, whole), textOf(edits, packed->graph()).c_str());
        }
    }

    void finishesARunFromAnyStep() {
        const auto packed = editedNetwork();
        const Edits edits = editsFrom("layer1.1:F=0.5,layer2.0:x=0,layer2.1:F=0", packed->graph());
        const Run whole = observedWith(packed, someInput(*packed), edits);
        FusedExecutor fused(packed);
        for (StepId first = 0; first <= whole.stepCount(); ++first) {
            fused.run({{someInput(*packed, 9)}}, edits);
            fused.finish(whole.before(first));
            QVERIFY(sameBits(fused.logits(), logitsOf(whole)));
            QVERIFY(sameBits(fused.probabilities(), *whole.output(packed->graph().softmaxStep())));
        }
    }

    // Of a batch each image is what it is alone.
    void batchesHaveEdits() {
        const auto packed = editedNetwork();
        const std::vector<FeatureMapsPtr> images{someInput(*packed, 0), someInput(*packed, 1),
                                                 someInput(*packed, 2)};
        FusedExecutor batch(packed);
        for (const char* text : {"layer2.0:F=0", "layer1.0:x=2,layer2.2:F=0", "layer2.1:seed=1"}) {
            const Edits edits = editsFrom(text, packed->graph());
            batch.run(images, edits);
            for (int i = 0; i < 3; ++i)
                QVERIFY2(
                    sameBits(batch.logits(i), logitsOf(observedWith(packed, images[std::size_t(i)], edits))),
                    text);
        }
        // Without edits again, as if there had been none.
        batch.run(images);
        QVERIFY(sameBits(batch.logits(1), logitsOf(observedWith(packed, images[1]))));
    }

    void anIdentityUnitThatIsOffGivesItsInput() {
        for (const Isa isa : supportedIsas()) {
            const auto packed = editedNetwork(true, {2, isa, {}});
            const Graph& graph = packed->graph();
            for (const ResidualUnit& unit : graph.units()) {
                if (!unit.shortcut.empty())
                    continue;
                Edits edits;
                edits.set(idOf(unit), {0.0f, 1.0f, {}});
                const Run run = observedWith(packed, someInput(*packed), edits);
                QVERIFY(sameBits(*run.output(*unit.add), *run.output(unit.input)));
                QVERIFY(sameBits(*run.output(unit.output), *run.output(unit.input)));  // ReLU(x) = x
                // The steps of F(x) show what it would add.
                const StepId mainPath = unit.branchOutput();
                QVERIFY(sameBits(*run.output(mainPath),
                                 *observedWith(packed, someInput(*packed)).output(mainPath)));
            }
        }
    }

    // What is off does not spoil the sum by infinity or NaN either.
    void whatIsOffIsNotRead() {
        NetworkSpec spec;
        spec.unitsPerStage = {2, 2};
        spec.channelsPerStage = {8, 8};
        spec.inputHeight = spec.inputWidth = 40;
        StateDict parameters = Network::initialised(spec, 1).parameters();
        for (const char* name : {"layer1.1.bn2.bias", "layer2.0.bn2.bias"})
            parameters.at(name).values.front() = std::numeric_limits<float>::infinity();
        parameters.at("layer2.0.downsample.1.bias").values.front() = std::numeric_limits<float>::quiet_NaN();
        const auto packed = std::make_shared<const PackedNetwork>(
            std::make_shared<const Network>(spec, std::move(parameters)), EngineOptions{2, {}, {}});
        const auto isFinite = [](std::span<const float> logits) {
            return std::ranges::all_of(logits, [](float logit) { return std::isfinite(logit); });
        };
        FusedExecutor fused(packed);
        for (const auto& [text, finite] : {std::pair("", false),
                                           {"layer1.1:F=0", false},
                                           {"layer1.1:F=0,layer2.0:F=0,layer2.0:x=0", true},
                                           {"layer1.1:F=0,layer2.0:F=0", false}}) {
            const Edits edits = editsFrom(text, packed->graph());
            const Run run = observedWith(packed, someInput(*packed), edits);
            QCOMPARE(isFinite({logitsOf(run).data(), logitsOf(run).size()}), finite);
            fused.run({{run.input()}}, edits);
            QCOMPARE(isFinite(fused.logits()), finite);
        }
    }

    void gainsOfOneAndOwnWeightsAreTheIdentity() {
        const auto packed = editedNetwork();
        const Run plain = observedWith(packed, someInput(*packed));
        const Edits edits = editsFrom("layer1.1:F=1,layer2.1:weights=layer2.1,layer2.0:x=1", packed->graph());
        QVERIFY(edits.isEmpty());
        QVERIFY(sameBits(observedWith(packed, someInput(*packed), edits), plain));
    }

    // A swap taken apart: each unit's steps are those of the other over what enters it.
    void swappedUnitsComputeWhatTheOtherWould() {
        const auto packed = editedNetwork();
        const Run plain = observedWith(packed, someInput(*packed));
        const Run swapped =
            observedWith(packed, someInput(*packed),
                         editsFrom("layer2.1:weights=layer2.2,layer2.2:weights=layer2.1", packed->graph()));
        NetworkSpec spec = packed->network()->spec();
        StateDict parameters = packed->network()->parameters();
        for (auto& [name, tensor] : parameters)
            if (name.starts_with("layer2.1."))
                std::swap(tensor, parameters.at("layer2.2." + name.substr(9)));
        const auto exchanged = std::make_shared<const PackedNetwork>(
            std::make_shared<const Network>(spec, std::move(parameters)), packed->options());
        QVERIFY(sameBits(swapped, observedWith(exchanged, someInput(*packed))));
        QVERIFY(!sameBits(logitsOf(swapped), logitsOf(plain)));
    }
};

RESNET_TEST(EditedPassTest)
#include "EditedPassTest.moc"

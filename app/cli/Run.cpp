#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/InputFile.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/TensorFiles.h"
#include "core/inference/Executor.h"
#include "ui/exports/WholeFile.h"

#include <QFile>

namespace resnet::app {

namespace {

std::vector<StepId> allSteps(const Graph& graph) {
    std::vector<StepId> steps;
    for (const Step& step : graph.steps())
        steps.push_back(step.id);
    return steps;
}

std::vector<StepId> stepsNamed(const QString& names, const Graph& graph) {
    std::vector<StepId> steps;
    for (const QString& name : names.split(QLatin1Char(','))) {
        const StepId step = stepNamed(name.trimmed(), graph);
        if (step == inputStep)
            throw UsageError(QStringLiteral("--steps: 'input' is no step of the network"));
        if (std::find(steps.begin(), steps.end(), step) == steps.end())
            steps.push_back(step);
    }
    return steps;
}

int runNetwork(const Invocation& invocation) {
    const QString output = invocation.required(QStringLiteral("output"));
    checkSafetensorsName(output);
    const std::string file = QFile::encodeName(invocation.arguments().first()).toStdString();
    const Tensor tensor = readInputFile(file);
    const ModelPtr model = openNetwork(optionsFor(tensor, invocation.network()), invocation.stop());
    const Graph& graph = model->graph();
    const std::vector<StepId> steps = invocation.has(QStringLiteral("steps"))
                                          ? stepsNamed(invocation.value(QStringLiteral("steps")), graph)
                                          : allSteps(graph);
    const FeatureMapsPtr input = inputFrom(tensor, graph.outputShape(inputStep), file);
    const Edits edits = editsOf(invocation, graph);
    Executor executor(model->network, invocation.network().threads);
    Run activations = executor.start(input, edits);
    if (executor.run(activations, *std::max_element(steps.begin(), steps.end()), invocation.stop()) ==
        RunOutcome::Cancelled)
        throw Interrupted();
    std::vector<NamedMaps> maps;
    for (const StepId step : steps)
        maps.push_back({step, activations.output(step)});
    const std::string bytes = safetensorsOf(maps, graph);
    invocation.throwIfInterrupted();
    ui::writeWholeFile(output, QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())));
    return ExitDone;
}

}  // namespace

Command runCommand() {
    Command command;
    command.name = QStringLiteral("run");
    command.arguments = QStringLiteral("INPUT.npy --output OUT.safetensors");
    command.summary = QStringLiteral("write the output of every step for an input tensor");
    command.options = {
        {QStringLiteral("output"), QStringLiteral("the file to write (safetensors)"), QStringLiteral("FILE")},
        {QStringLiteral("steps"), QStringLiteral("only these, such as conv1,layer2.0.add"),
         QStringLiteral("A,B,...")},
        editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = runNetwork;
    command.notes = QStringLiteral(
        "INPUT.npy is float32, 1 x 3 x H x W, and goes to the network as it is. Outputs are F32,\n"
        "1 x C x H x W (1 x N after pooling), under the names of the steps.");
    return command;
}

}  // namespace resnet::app

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "core/files/FileBytes.h"
#include "core/files/Npy.h"
#include "core/inference/Executor.h"
#include "core/tensor/ChannelsFirst.h"
#include "core/weights/SafetensorsWriter.h"
#include "ui/exports/WholeFile.h"

#include <QFile>

namespace resnet::app {

namespace {

// The largest input, 4 x 1024 x 1024 numbers of 4 bytes, and room for a header.
constexpr std::uint64_t largestInput = 4ull * 1024 * 1024 * 4 + 64 * 1024;

Tensor readInput(const std::string& file) {
    Tensor tensor = readNpy(readFileBytes(file, largestInput), file);
    const std::vector<std::int64_t>& shape = tensor.shape;
    const auto isSide = [](std::int64_t side) { return side >= 8 && side <= 1024; };
    const auto isChannels = [](std::int64_t channels) {
        return channels == 1 || channels == 3 || channels == 4;
    };
    if (shape.size() != 4 || shape[0] != 1 || !isChannels(shape[1]) || !isSide(shape[2]) || !isSide(shape[3]))
        throw Error(
            file +
            ": expected an array of 1 x C x H x W with C of 1, 3 or 4 and H and W from 8 to 1024, found " +
            shapeText(shape));
    return tensor;
}

// The array says how large the network's input is, unless --input says otherwise.
NetworkOptions optionsFor(const Tensor& input, NetworkOptions options) {
    if (!options.request.inputHeight) {
        options.request.inputHeight = int(input.shape[2]);
        options.request.inputWidth = int(input.shape[3]);
    }
    return options;
}

FeatureMapsPtr checkedInput(const Tensor& tensor, const FeatureShape& expected, const std::string& file) {
    const std::vector<std::int64_t> shape{1, expected.channels, expected.height, expected.width};
    if (tensor.shape != shape)
        throw Error(file + ": expected an array of " + shapeText(shape) + ", found " +
                    shapeText(tensor.shape));
    return std::make_shared<FeatureMaps>(fromChannelsFirst(expected, tensor.values));
}

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

// 1 x C x H x W, or 1 x N after pooling.
std::vector<std::int64_t> fileShape(const FeatureShape& shape, bool isVector) {
    if (isVector)
        return {1, shape.channels};
    return {1, shape.channels, shape.height, shape.width};
}

std::string safetensorsOf(const Run& activations, const Graph& graph, const std::vector<StepId>& steps) {
    std::vector<std::vector<float>> values;
    std::vector<TensorToWrite> tensors;
    for (const StepId id : steps) {
        const Step& step = graph.step(id);
        values.push_back(toChannelsFirst(*activations.output(id)));
        tensors.push_back({step.name, fileShape(step.output, step.way == Way::Head && step.output.isVector()),
                           values.back()});
    }
    return serialiseSafetensors(tensors);
}

int run(const Invocation& invocation) {
    const QString output = invocation.required(QStringLiteral("output"));
    if (!output.endsWith(QStringLiteral(".safetensors"), Qt::CaseInsensitive))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .safetensors, found '%1'").arg(output));
    const std::string file = QFile::encodeName(invocation.arguments().first()).toStdString();
    const Tensor tensor = readInput(file);
    const ModelPtr model = openNetwork(optionsFor(tensor, invocation.network()), invocation.stop());
    const Graph& graph = model->graph();
    const std::vector<StepId> steps = invocation.has(QStringLiteral("steps"))
                                          ? stepsNamed(invocation.value(QStringLiteral("steps")), graph)
                                          : allSteps(graph);
    const FeatureMapsPtr input = checkedInput(tensor, graph.outputShape(inputStep), file);
    const Edits edits = editsOf(invocation, graph);
    Executor executor(model->network, invocation.network().threads);
    Run activations = executor.start(input, edits);
    if (executor.run(activations, *std::max_element(steps.begin(), steps.end()), invocation.stop()) ==
        RunOutcome::Cancelled)
        throw Interrupted();
    const std::string bytes = safetensorsOf(activations, graph, steps);
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
    command.run = run;
    command.notes = QStringLiteral(
        "INPUT.npy is float32, 1 x 3 x H x W, and goes to the network as it is. Outputs are F32,\n"
        "1 x C x H x W (1 x N after pooling), under the names of the steps.");
    return command;
}

}  // namespace resnet::app

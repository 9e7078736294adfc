#include "core/inference/Gradients.h"

#include "app/cli/AttributionOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/Subject.h"
#include "app/cli/TensorFiles.h"
#include "core/Error.h"
#include "core/tensor/NumberText.h"
#include "ui/exports/WholeFile.h"

namespace resnet::app {

namespace {

// A cell of any step, if --step names one; else none.
std::optional<GradientTarget> cellAsked(const Invocation& invocation, const Graph& graph) {
    if (!invocation.has(QStringLiteral("step"))) {
        for (const char* option : {"channel", "at"})
            if (invocation.has(QLatin1String(option)))
                throw UsageError(QStringLiteral("--%1 needs --step").arg(QLatin1String(option)));
        return {};
    }
    for (const char* option : {"class", "against"})
        if (invocation.has(QLatin1String(option)))
            throw UsageError(
                QStringLiteral("the gradient is of --%1 or of --step").arg(QLatin1String(option)));
    const StepId step = stepNamed(invocation.value(QStringLiteral("step")), graph);
    if (step == inputStep)
        throw UsageError(QStringLiteral("--step: the input comes from the image, no step computes it"));
    invocation.required(QStringLiteral("channel"));
    const int channel = invocation.integer(QStringLiteral("channel"), 0, unlimited);
    try {
        return cellOf(graph, step, channel, cellNamed(invocation.required(QStringLiteral("at"))));
    } catch (const Error& error) {
        throw UsageError(QString::fromUtf8(error.what()));
    }
}

// What the file says that it is of: "step", "terms" (factor, channel, row, column of each) and "value".
std::map<std::string, std::string, std::less<>> metadataOf(const GradientTarget& target, const Run& run) {
    std::string terms;
    for (const GradientTarget::Term& term : target.terms)
        terms += (terms.empty() ? "" : "; ") + numberText(float(term.factor)) + " x channel " +
                 std::to_string(term.channel) + ", cell " + std::to_string(term.cell.y) + "," +
                 std::to_string(term.cell.x);
    return {{"gradient_of", run.graph().stepName(target.step)},
            {"terms", terms},
            {"value", numberText(float(valueOf(target, run)))}};
}

int runGradients(const Invocation& invocation) {
    const QString output = invocation.required(QStringLiteral("output"));
    checkSafetensorsName(output);
    ui::checkTarget(output);
    const Subject subject = subjectOf(invocation);
    const Graph& graph = subject.model->graph();
    const std::optional<GradientTarget> cell = cellAsked(invocation, graph);
    Executor executor(subject.model->network, invocation.network().threads);
    const Run run = runSubject(executor, subject, cell ? cell->step : graph.logitsStep(), invocation);
    if (!cell)
        checkExplainable(*subject.model, run);
    const GradientTarget target = cell ? *cell : targetOf(invocation, run);
    const auto gradients = BackwardExecutor(executor.packed()).run(run, target, {}, invocation.stop());
    if (!gradients)
        throw Interrupted();
    std::vector<NamedMaps> maps;
    for (StepId step = inputStep; step <= target.step; ++step)
        maps.push_back({step, gradients->of(step)});
    const std::string bytes = safetensorsOf(maps, graph, metadataOf(target, run));
    invocation.throwIfInterrupted();
    ui::writeWholeFile(output, QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())));
    return ExitDone;
}

}  // namespace

Command gradientsCommand() {
    Command command;
    command.name = QStringLiteral("gradients");
    command.arguments = QStringLiteral("IMAGE|INPUT.npy --output FILE.safetensors");
    command.summary = QStringLiteral("write the gradient of a score, or of any cell, at every step");
    command.options = {
        classOption(),
        againstOption(),
        {QStringLiteral("step"), QStringLiteral("of one cell of this step, and not of a score"),
         QStringLiteral("NAME")},
        {QStringLiteral("channel"), QStringLiteral("of that cell, from 0"), QStringLiteral("C")},
        {QStringLiteral("at"), QStringLiteral("row and column of that cell, from 0"), QStringLiteral("Y,X")},
        editOption(),
        {QStringLiteral("output"), QStringLiteral("the file to write (safetensors)"),
         QStringLiteral("FILE")}};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = runGradients;
    command.notes = QStringLiteral(
        "F32, 1 x C x H x W (1 x N after pooling), under 'input' and the names of all steps up\n"
        "to the one that the gradient is of: by how much the score grows for each unit that a\n"
        "value is larger. Scores are those before the softmax.");
    return command;
}

}  // namespace resnet::app

#include "core/explain/Trace.h"

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/TraceReport.h"
#include "core/Error.h"
#include "ui/exports/FigureFile.h"

namespace resnet::app {

namespace {

StepId tracedStep(const Invocation& invocation, const Graph& graph) {
    const StepId step = stepNamed(invocation.required(QStringLiteral("step")), graph);
    if (step == inputStep)
        throw UsageError(QStringLiteral("--step: the input comes from the image, no step computes it"));
    return step;
}

void checkPlace(const Graph& graph, StepId step, int channel, const Cell& at) {
    try {
        checkCell(graph, step, channel, at.y, at.x);
    } catch (const Error& error) {
        throw UsageError(QString::fromUtf8(error.what()));
    }
}

int runTrace(const Invocation& invocation) {
    const QString format = invocation.choice(
        QStringLiteral("format"), {QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("csv")});
    invocation.required(QStringLiteral("step"));
    invocation.required(QStringLiteral("channel"));
    const int channel = invocation.integer(QStringLiteral("channel"), 0, unlimited);
    const Cell at = cellNamed(invocation.required(QStringLiteral("at")));
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const StepId step = tracedStep(invocation, model->graph());
    checkPlace(model->graph(), step, channel, at);
    const Edits edits = editsOf(invocation, model->graph());
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const Run run = runImage(executor, *model, picture->image, step, invocation.stop(), edits);
    const Trace trace = traceOf(run, step, channel, at.y, at.x);
    if (format == QLatin1String("csv"))
        print(ui::csvFile(termsTable(trace, model->graph(), model->classNames)));
    else
        print(format == QLatin1String("json") ? traceJson(trace, *model) : traceText(trace, *model));
    return ExitDone;
}

}  // namespace

Command traceCommand() {
    Command command;
    command.name = QStringLiteral("trace");
    command.arguments = QStringLiteral("IMAGE --step NAME --channel C --at Y,X");
    command.summary = QStringLiteral("tell where one number of a feature map comes from");
    command.options = {
        {QStringLiteral("step"), QStringLiteral("such as layer2.0.conv1"), QStringLiteral("NAME")},
        {QStringLiteral("channel"), QStringLiteral("from 0; of fc and softmax: the class"),
         QStringLiteral("C")},
        {QStringLiteral("at"), QStringLiteral("row and column of the cell, from 0"), QStringLiteral("Y,X")},
        {QStringLiteral("format"), QStringLiteral("text, json, or csv (the terms alone)"),
         QStringLiteral("KIND"), QStringLiteral("text")},
        editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = runTrace;
    command.notes = QStringLiteral(
        "After pooling a map has one cell: --at 0,0. The sum is kept in double precision; a\n"
        "faster algorithm may have computed the map, so that the two differ a little.");
    return command;
}

}  // namespace resnet::app

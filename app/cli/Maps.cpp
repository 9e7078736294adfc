#include "app/cli/Commands.h"
#include "app/cli/OpenNetwork.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/WholeFile.h"
#include "ui/painting/ContactSheet.h"

namespace resnet::app {

namespace {

QByteArray contactSheet(const Run& run, StepId step, const QString& picture) {
    const QString title = picture + QStringLiteral(": ") + QString::fromStdString(run.graph().stepName(step));
    const ui::ContactSheet sheet(run.output(step), editedTitle(title, run), ui::defaultColorMap);
    return ui::pngBytes(sheet.image(ui::Theme::light()));
}

int runMaps(const Invocation& invocation) {
    const QString name = invocation.required(QStringLiteral("step"));
    const QString output = invocation.required(QStringLiteral("output"));
    const bool isNpy = output.endsWith(QLatin1String(".npy"), Qt::CaseInsensitive);
    if (!isNpy && !output.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .png or .npy, found '%1'").arg(output));
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const Graph& graph = model->graph();
    const StepId step = stepNamed(name, graph);
    const Edits edits = editsOf(invocation, graph);
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const Run run = runImage(executor, *model, picture->image, step, invocation.stop(), edits);
    const QByteArray bytes = isNpy ? ui::npyFile(*run.output(step)) : contactSheet(run, step, picture->name);
    invocation.throwIfInterrupted();
    ui::writeWholeFile(output, bytes);
    return ExitDone;
}

}  // namespace

Command mapsCommand() {
    Command command;
    command.name = QStringLiteral("maps");
    command.arguments = QStringLiteral("IMAGE --step NAME --output FILE");
    command.summary = QStringLiteral("write all feature maps of a step");
    command.options = {
        {QStringLiteral("step"), QStringLiteral("such as layer2.0.add, or input"), QStringLiteral("NAME")},
        {QStringLiteral("output"),
         QStringLiteral("FILE.png (contact sheet) or FILE.npy (float32, C x H x W)"), QStringLiteral("FILE")},
        editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = runMaps;
    return command;
}

}  // namespace resnet::app

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "ui/exports/PassFrames.h"
#include "ui/images/QtImage.h"

namespace resnet::app {

namespace {

ui::PassOptions passOptions(const Invocation& invocation) {
    ui::PassOptions options;
    const QString by = invocation.choice(option("by"), {option("step"), option("unit"), option("stage")});
    options.pace = by == option("step") ? Pace::Step : by == option("unit") ? Pace::Unit : Pace::Stage;
    options.theme = invocation.theme();
    options.size = {invocation.integer(option("width"), 480, 3840),
                    invocation.integer(option("height"), 320, 2160)};
    options.milliseconds = invocation.integer(option("delay"), 20, 10'000);
    return options;
}

void checkKind(const QString& output) {
    try {
        ui::seriesKindOf(output);
    } catch (const Error& error) {
        throw UsageError(QStringLiteral("--output: ") + QString::fromUtf8(error.what()));
    }
}

// Tells how far it is, at most ten times.
void tellPictures(int done, int total) {
    if (const int step = std::max(1, (total + 9) / 10); done % step == 0 && done < total)
        tell(QStringLiteral("%1 of %2 pictures").arg(done).arg(total));
}

int runAnimate(const Invocation& invocation) {
    const QString output = invocation.required(option("output"));
    checkKind(output);
    const ui::PassOptions options = passOptions(invocation);
    const ModelPtr model = openNetwork(invocation);
    const Graph& graph = model->graph();
    const ui::PicturePtr picture = openPicture(invocation.arguments().first());
    Executor executor(model->network, invocation.network().threads);
    const Run activations =
        runImage(executor, *model, picture->image, graph.softmaxStep(), invocation.stop());
    const auto frames = std::make_shared<const ui::PassFrames>(
        model, activations, cropOf(*model, picture->image), picture->name, options);
    if (!ui::writeSeries(output, ui::PassFrames::series(frames), invocation.stop(), tellPictures))
        throw Interrupted();
    tellIfUntrained(*model);
    return ExitDone;
}

}  // namespace

Command animateCommand() {
    const auto text = [](const char* words) { return QString::fromUtf8(words); };
    Command command;
    command.name = option("animate");
    command.arguments = text("IMAGE --output FILE.gif|FOLDER/");
    command.summary = text("show the forward pass as an animated GIF or a series of pictures");
    command.options = {
        {option("output"), text("FILE.gif, or a new folder ending in / for numbered PNGs"), text("OUTPUT")},
        {option("by"), text("step, unit or stage: how far each picture goes"), text("STRIDE"),
         option("unit")},
        {option("width"), text("pixels, 480 to 3840"), text("PIXELS"), option("1280")},
        {option("height"), text("pixels, 320 to 2160"), text("PIXELS"), option("720")},
        {option("delay"), text("milliseconds each picture of a GIF is shown"), text("MS"), option("600")},
        themeOption(),
    };
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = runAnimate;
    command.notes = text("The same image, network and options give the same bytes.");
    return command;
}

}  // namespace resnet::app

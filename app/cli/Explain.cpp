#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "core/explain/Occlusion.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/WholeFile.h"
#include "ui/painting/OverlayPainter.h"
#include "ui/words/NumberText.h"

#include <algorithm>

namespace resnet::app {

namespace {

int classOf(const Invocation& invocation, const Model& model, const Run& activations) {
    if (invocation.has(QStringLiteral("class")))
        return invocation.integer(QStringLiteral("class"), 0, model.graph().spec().classes - 1);
    return topClass(*activations.output(model.graph().logitsStep()));
}

QByteArray csvFile(const QStringList& columns, const std::vector<const FeatureMaps*>& maps) {
    QByteArray text = "y,x," + columns.join(QLatin1Char(',')).toUtf8() + '\n';
    for (int y = 0; y < maps.front()->height(); ++y)
        for (int x = 0; x < maps.front()->width(); ++x) {
            text += QByteArray::number(y) + ',' + QByteArray::number(x);
            for (const FeatureMaps* map : maps)
                text += ',' + QByteArray::number(double(map->at(0, y, x)), 'g', 9);
            text += '\n';
        }
    return text;
}

QByteArray pngFile(const ui::OverlayPage& page) {
    return ui::pngBytes(page.image(ui::Theme::light()));
}

QString endingOf(const QString& output) {
    const QString ending = output.section(QLatin1Char('.'), -1).toLower();
    if (ending != QLatin1String("png") && ending != QLatin1String("npy") && ending != QLatin1String("csv"))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .png, .npy or .csv, found '%1'").arg(output));
    return ending;
}

struct Explained {
    const Model& model;
    const ui::Picture& picture;
    const Run& run;
    int classIndex = 0;

    QString className() const { return QString::fromStdString(model.classNames[std::size_t(classIndex)]); }
    QImage crop() const { return cropOf(model, picture.image); }
};

QByteArray camFile(const QString& ending, const Explained& of) {
    const ClassActivation cam = classActivation(of.run, of.classIndex);
    if (ending == QLatin1String("npy"))
        return ui::npyFile(cam.evidence);
    if (ending == QLatin1String("csv"))
        return csvFile({QStringLiteral("evidence"), QStringLiteral("positive"), QStringLiteral("negative")},
                       {&cam.evidence, &cam.positive, &cam.negative});
    return pngFile(
        {of.crop(), cam.evidence,
         editedTitle(QStringLiteral("%1: what speaks for %2").arg(of.picture.name, of.className()), of.run),
         QStringLiteral("Class activation map: its cells and the bias %1 add up to the logit %2")
             .arg(ui::signedValueText(cam.bias), ui::signedValueText(cam.logit))});
}

// Tells how far it is, at most ten times.
void tellProgress(const OcclusionProgress& progress) {
    const int step = std::max(1, (progress.total + 9) / 10);
    if (progress.done % step == 0 && progress.done < progress.total)
        tell(QStringLiteral("%1 of %2 patches").arg(progress.done).arg(progress.total));
}

QByteArray occlusionFile(const QString& ending, const Explained& of,
                         const std::shared_ptr<const PackedNetwork>& packed, const Invocation& invocation) {
    OcclusionRequest request;
    request.classIndex = of.classIndex;
    request.patch = invocation.integer(QStringLiteral("patch"), 1, 1024);
    request.stride = invocation.integer(QStringLiteral("stride"), 1, 1024);
    const auto map = occlude(packed, of.run, request, invocation.stop(), tellProgress);
    if (!map)
        throw Interrupted();
    if (ending == QLatin1String("npy"))
        return ui::npyFile(map->probabilityDrop);
    if (ending == QLatin1String("csv"))
        return csvFile({QStringLiteral("probability_drop"), QStringLiteral("logit_drop")},
                       {&map->probabilityDrop, &map->logitDrop});
    return pngFile(
        {of.crop(), map->probabilityDrop,
         editedTitle(QStringLiteral("%1: what %2 depends on").arg(of.picture.name, of.className()), of.run),
         QStringLiteral(
             "Occlusion: how far the probability %1 falls where a patch of %2 x %2 pixels hides the picture")
             .arg(ui::percentText(map->probability))
             .arg(request.patch)});
}

int run(const Invocation& invocation) {
    const QString output = invocation.required(QStringLiteral("output"));
    const QString ending = endingOf(output);
    const bool isCam =
        invocation.choice(QStringLiteral("method"), {QStringLiteral("cam"), QStringLiteral("occlusion")}) ==
        QLatin1String("cam");
    for (const char* option : {"patch", "stride"})
        if (isCam && invocation.has(QLatin1String(option)))
            throw UsageError(QStringLiteral("--%1 is of --method occlusion").arg(QLatin1String(option)));
    ui::checkTarget(output);  // before the work of an occlusion
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const Edits edits = editsOf(invocation, model->graph());
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const Run run =
        runImage(executor, *model, picture->image, model->graph().softmaxStep(), invocation.stop(), edits);
    const Explained of{*model, *picture, run, classOf(invocation, *model, run)};
    const QByteArray bytes =
        isCam ? camFile(ending, of) : occlusionFile(ending, of, executor.packed(), invocation);
    invocation.throwIfInterrupted();
    ui::writeWholeFile(output, bytes);
    tellIfUntrained(*model);
    return ExitDone;
}

}  // namespace

Command explainCommand() {
    Command command;
    command.name = QStringLiteral("explain");
    command.arguments = QStringLiteral("IMAGE --output FILE");
    command.summary = QStringLiteral("write a map of what speaks for a class");
    command.options = {
        {QStringLiteral("method"), QStringLiteral("cam (class activation map) or occlusion"),
         QStringLiteral("KIND"), QStringLiteral("cam")},
        {QStringLiteral("class"), QStringLiteral("index of the class, from 0; without it the most probable"),
         QStringLiteral("N")},
        {QStringLiteral("patch"), QStringLiteral("occlusion: pixels a side of the patch"),
         QStringLiteral("N"), QStringLiteral("32")},
        {QStringLiteral("stride"), QStringLiteral("occlusion: pixels from one patch to the next"),
         QStringLiteral("N"), QStringLiteral("16")},
        editOption(),
        {QStringLiteral("output"),
         QStringLiteral("FILE.png (over the picture), FILE.npy (float32, 1 x h x w) or FILE.csv"),
         QStringLiteral("FILE")}};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = run;
    command.notes = QStringLiteral(
        "cam: the evidence of each cell of the last unit; with the bias it adds up to the logit.\n"
        "The table has positive and negative evidence, too. occlusion: how far the probability\n"
        "falls where a patch of the mean colour hides the image; the table has the logit, too.");
    return command;
}

}  // namespace resnet::app

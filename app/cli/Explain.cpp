#include "app/cli/AttributionOptions.h"
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
#include <functional>

namespace resnet::app {

namespace {

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
    std::optional<int> against;

    QString className() const { return classesText(model, classIndex, against); }
    QImage crop() const { return cropOf(model, picture.image); }
};

QByteArray camFile(const QString& ending, const Explained& of) {
    const ClassActivation cam = classActivation(of.run, of.classIndex, of.against);
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

// What a map of a method says, in a line.
QString meaningOf(const AttributionRequest& request, const Attribution& found, const Graph& graph) {
    const QString step = QString::fromStdString(graph.stepName(request.step.value_or(lastMapStep(graph))));
    switch (request.method) {
        case AttributionMethod::GradCam:
            return QStringLiteral("Grad-CAM of %1: its maps, each times the mean of its gradient").arg(step);
        case AttributionMethod::HiResCam:
            return QStringLiteral("HiResCAM of %1: its values times their gradients").arg(step);
        case AttributionMethod::LayerCam:
            return QStringLiteral("LayerCAM of %1: its values times their gradients above 0").arg(step);
        case AttributionMethod::Gradient:
            return QStringLiteral("Gradient: how fast the score grows with each pixel");
        case AttributionMethod::InputTimesGradient:
            return QStringLiteral("Input x gradient: they add up to %1; the biases owe the rest of the score")
                .arg(ui::signedValueText(found.sum));
        case AttributionMethod::Integrated:
            return QStringLiteral(
                       "Integrated gradients, %1 nodes: they add up to %2; the scores differ by %3 (gap %4)")
                .arg(request.nodes)
                .arg(ui::signedValueText(found.sum), ui::signedValueText(*found.scoreDifference),
                     ui::signedValueText(found.gap()));
        case AttributionMethod::SmoothGrad:
            return QStringLiteral("SmoothGrad: the mean gradient of %1 noisy pictures").arg(request.samples);
        case AttributionMethod::Guided:
            return QStringLiteral(
                "Guided backpropagation: ReLUs let only what is above 0 back. It shows edges, "
                "whatever the class");
    }
    return {};
}

QByteArray attributionCsv(const FeatureMaps& map) {
    if (map.channels() == 1)
        return csvFile({QStringLiteral("value")}, {&map});
    QStringList columns{QStringLiteral("sum")};
    std::vector<FeatureMaps> channels;
    channels.push_back(channelSum(map));
    for (int c = 0; c < map.channels(); ++c) {
        columns.append(QStringLiteral("channel%1").arg(c));
        FeatureMaps channel({1, map.height(), map.width()});
        for (std::size_t i = 0; i < channel.size(); ++i)
            channel.data()[i] = map.data()[i * std::size_t(map.channels()) + std::size_t(c)];
        channels.push_back(std::move(channel));
    }
    std::vector<const FeatureMaps*> all;
    for (const FeatureMaps& channel : channels)
        all.push_back(&channel);
    return csvFile(columns, all);
}

bool isFlat(const FeatureMaps& map) {
    return std::adjacent_find(map.data(), map.data() + map.size(), std::not_equal_to()) ==
           map.data() + map.size();
}

QByteArray attributionFile(const QString& ending, const Explained& of, Executor& executor,
                           AttributionMethod method, const Invocation& invocation) {
    const AttributionRequest request = attributionRequest(invocation, of.model, of.run, method);
    BackwardExecutor backward(executor.packed());
    const auto found =
        attribute(executor, backward, of.run, request, invocation.stop(), [](int done, int total) {
            if (done % std::max(1, (total + 4) / 5) == 0 && done < total)
                tell(QStringLiteral("%1 of %2 gradients").arg(done).arg(total));
        });
    if (!found)
        throw Interrupted();
    const QString meaning = meaningOf(request, *found, of.model.graph());
    if (found->scoreDifference)
        tell(meaning);
    if (isFlat(found->map))
        tell(QStringLiteral("note: this map is flat: every value is the same"));
    if (ending == QLatin1String("npy"))
        return ui::npyFile(found->map);
    if (ending == QLatin1String("csv"))
        return attributionCsv(found->map);
    return pngFile(
        {of.crop(), channelSum(found->map),
         editedTitle(QStringLiteral("%1: what speaks for %2").arg(of.picture.name, of.className()), of.run),
         meaning});
}

QString methodAsked(const Invocation& invocation) {
    QStringList names{QStringLiteral("cam"), QStringLiteral("occlusion")};
    for (const AttributionMethod method : attributionMethods())
        names.append(QString::fromUtf8(name(method).data(), qsizetype(name(method).size())));
    const QString asked = invocation.choice(QStringLiteral("method"), names);
    const bool isOcclusion = asked == QLatin1String("occlusion");
    for (const char* option : {"patch", "stride"})
        if (!isOcclusion && invocation.has(QLatin1String(option)))
            throw UsageError(QStringLiteral("--%1 is of --method occlusion").arg(QLatin1String(option)));
    if (isOcclusion && invocation.has(QStringLiteral("against")))
        throw UsageError(QStringLiteral("--against is not of --method occlusion"));
    checkAttributionOptions(invocation, asked);
    return asked;
}

int run(const Invocation& invocation) {
    const QString output = invocation.required(QStringLiteral("output"));
    const QString ending = endingOf(output);
    const QString method = methodAsked(invocation);
    ui::checkTarget(output);  // before the work of an occlusion
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const Edits edits = editsOf(invocation, model->graph());
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const Run run =
        runImage(executor, *model, picture->image, model->graph().softmaxStep(), invocation.stop(), edits);
    const Explained of{*model, *picture, run, classOf(invocation, run),
                       againstOf(invocation, model->graph())};
    const std::optional<AttributionMethod> byGradients = attributionNamed(method);
    if (byGradients)
        checkExplainable(*model, run);
    const QByteArray bytes = byGradients ? attributionFile(ending, of, executor, *byGradients, invocation)
                             : method == QLatin1String("cam")
                                 ? camFile(ending, of)
                                 : occlusionFile(ending, of, executor.packed(), invocation);
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
    command.options = QList<QCommandLineOption>{
        {QStringLiteral("method"),
         QStringLiteral("cam (class activation map), gradcam, hirescam, layercam, gradient, "
                        "input-x-gradient, integrated, smoothgrad, guided or occlusion"),
         QStringLiteral("KIND"), QStringLiteral("cam")},
        classOption(),
        againstOption()};
    command.options += attributionOptions();
    command.options +=
        {{QStringLiteral("patch"), QStringLiteral("occlusion: pixels a side of the patch"),
          QStringLiteral("N"), QStringLiteral("32")},
         {QStringLiteral("stride"), QStringLiteral("occlusion: pixels from one patch to the next"),
          QStringLiteral("N"), QStringLiteral("16")},
         editOption(),
         {QStringLiteral("output"),
          QStringLiteral("FILE.png (over the picture), FILE.npy (float32, channels x h x w) or FILE.csv"),
          QStringLiteral("FILE")}};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = run;
    command.notes = QStringLiteral(
        "cam: the evidence of each cell of the last unit; with the bias it adds up to the logit.\n"
        "The table has positive and negative evidence, too. occlusion: how far the probability\n"
        "falls where a patch of the mean colour hides the image; the table has the logit, too.\n"
        "All others are made of gradients: those ending in cam of a step's maps, the rest of\n"
        "pixels, a map for each colour (a picture shows their sum). 'trust' tests them.");
    return command;
}

}  // namespace resnet::app

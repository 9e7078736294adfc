#include "app/cli/AttributionOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Explanation.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/Subject.h"
#include "core/explain/ClassActivation.h"
#include "core/explain/Occlusion.h"
#include "ui/exports/WholeFile.h"
#include "ui/words/NumberText.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

// What is explained, and what JSON tells of it.
struct Explained {
    const Subject& subject;
    const Run& run;
    int classIndex = 0;
    std::optional<int> against;
    Json facts = Json::object();

    QString title(const QString& text) const {
        return editedTitle(text.arg(subject.name, classesText(*subject.model, classIndex, against)), run);
    }
};

Explanation camOf(const Explained& of) {
    ClassActivation cam = classActivation(of.run, of.classIndex, of.against);
    Explanation made;
    made.title = of.title(QStringLiteral("%1: what speaks for %2"));
    made.meaning = QStringLiteral("Class activation map: its cells and the bias %1 add up to the logit %2")
                       .arg(ui::signedValueText(cam.bias), ui::signedValueText(cam.logit));
    made.map = channelSum(cam.evidence);
    made.columns.push_back({"evidence", std::move(cam.evidence)});
    made.columns.push_back({"positive", std::move(cam.positive)});
    made.columns.push_back({"negative", std::move(cam.negative)});
    return made;
}

// Tells how far it is, at most ten times.
void tellPatches(const OcclusionProgress& progress) {
    const int step = std::max(1, (progress.total + 9) / 10);
    if (progress.done % step == 0 && progress.done < progress.total)
        tell(QStringLiteral("%1 of %2 patches").arg(progress.done).arg(progress.total));
}

Explanation occlusionOf(const Explained& of, const std::shared_ptr<const PackedNetwork>& packed,
                        const Invocation& invocation) {
    OcclusionRequest request;
    request.classIndex = of.classIndex;
    request.patch = invocation.integer(option("patch"), 1, 1024);
    request.stride = invocation.integer(option("stride"), 1, 1024);
    auto found = occlude(packed, of.run, request, invocation.stop(), tellPatches);
    if (!found)
        throw Interrupted();
    Explanation made;
    made.title = of.title(QStringLiteral("%1: what %2 depends on"));
    made.meaning =
        QStringLiteral(
            "Occlusion: how far the probability %1 falls where a patch of %2 x %2 pixels hides the picture")
            .arg(ui::percentText(found->probability))
            .arg(request.patch);
    made.map = channelSum(found->probabilityDrop);
    made.columns.push_back({"probability_drop", std::move(found->probabilityDrop)});
    made.columns.push_back({"logit_drop", std::move(found->logitDrop)});
    return made;
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

bool isFlat(const FeatureMaps& map) {
    return std::adjacent_find(map.data(), map.data() + map.size(), std::not_equal_to()) ==
           map.data() + map.size();
}

Explanation attributionOf(Explained& of, Executor& executor, AttributionMethod method,
                          const Invocation& invocation) {
    const Graph& graph = of.run.graph();
    const AttributionRequest request = attributionRequest(invocation, *of.subject.model, of.run, method);
    BackwardExecutor backward(executor.packed());
    auto found = attribute(executor, backward, of.run, request, invocation.stop(), [](int done, int total) {
        if (done % std::max(1, (total + 4) / 5) == 0 && done < total)
            tell(QStringLiteral("%1 of %2 gradients").arg(done).arg(total));
    });
    if (!found)
        throw Interrupted();
    Explanation made;
    made.title = of.title(QStringLiteral("%1: what speaks for %2"));
    made.meaning = meaningOf(request, *found, graph);
    if (isOfStep(method))
        of.facts["step"] = graph.stepName(request.step.value_or(lastMapStep(graph)));
    if (found->scoreDifference) {
        tell(made.meaning);
        of.facts["sum"] = found->sum;
        of.facts["scoreDifference"] = *found->scoreDifference;
        of.facts["gap"] = found->gap();
    }
    if (isFlat(found->map))
        tell(QStringLiteral("note: this map is flat: every value is the same"));
    made.columns = columnsOf(found->map);
    made.map = std::move(found->map);
    return made;
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

int runExplain(const Invocation& invocation) {
    const QString output = invocation.required(option("output"));
    const QString ending = explanationEnding(output);  // before the work
    const QString method = methodAsked(invocation);
    const ui::Theme::Kind theme = invocation.theme();
    const Subject subject = subjectOf(invocation);
    const Graph& graph = subject.model->graph();
    Executor executor(subject.model->network, invocation.network().threads);
    const Run run = runSubject(executor, subject, graph.softmaxStep(), invocation);
    Explained of{subject, run, classOf(invocation, run), againstOf(invocation, graph)};
    of.facts = {{"image", subject.name.toStdString()},
                {"method", method.toStdString()},
                {"class", of.classIndex},
                {"against", of.against ? Json(*of.against) : Json()}};
    const std::optional<AttributionMethod> byGradients = attributionNamed(method);
    if (byGradients)
        checkExplainable(*subject.model, run);
    Explanation made = byGradients               ? attributionOf(of, executor, *byGradients, invocation)
                       : method == option("cam") ? camOf(of)
                                                 : occlusionOf(of, executor.packed(), invocation);
    made.seen = subject.seen;
    const QByteArray bytes = fileOf(made, ending, theme, of.facts);
    invocation.throwIfInterrupted();
    ui::writeWholeFile(output, bytes);
    if (!byGradients)
        tellIfUntrained(*subject.model);
    return ExitDone;
}

}  // namespace

Command explainCommand() {
    Command command;
    command.name = QStringLiteral("explain");
    command.arguments = QStringLiteral("IMAGE|INPUT.npy --output FILE");
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
        {{QStringLiteral("patch"), QStringLiteral("occlusion: side of the patch in pixels"),
          QStringLiteral("N"), QStringLiteral("32")},
         {QStringLiteral("stride"), QStringLiteral("occlusion: pixels from one patch to the next"),
          QStringLiteral("N"), QStringLiteral("16")},
         editOption(),
         {QStringLiteral("output"),
          QStringLiteral("FILE.png or .svg (over the picture), .npy (float32, channels x h x w), .csv or "
                         ".json"),
          QStringLiteral("FILE")},
         themeOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = runExplain;
    command.notes = QStringLiteral(
        "cam: the evidence of each cell of the last unit; with the bias it adds up to the logit.\n"
        "The table has positive and negative evidence, too. occlusion: how far the probability\n"
        "falls where a patch of the mean colour hides the image; the table has the logit, too.\n"
        "All others are made of gradients: those ending in cam of a step's maps, the rest of\n"
        "pixels, a map for each colour (a picture shows their sum). 'trust' tests them.");
    return command;
}

}  // namespace resnet::app

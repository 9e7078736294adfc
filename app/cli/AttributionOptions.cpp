#include "app/cli/AttributionOptions.h"

#include "app/cli/Console.h"
#include "app/cli/InputFile.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "core/attribution/Similarity.h"
#include "core/explain/ClassActivation.h"
#include "core/model/ModelInput.h"

#include <QFile>

#include <algorithm>
#include <cmath>

namespace resnet::app {

namespace {

constexpr double blurOfBaseline = 10.0;  // pixels

FeatureMapsPtr blackPicture(const Model& model) {
    const FeatureShape& shape = model.graph().outputShape(inputStep);
    const Image black{shape.width, shape.height,
                      std::vector<std::uint8_t>(3 * std::size_t(shape.width) * shape.height)};
    return inputOfSeen(model, black);
}

FeatureMapsPtr baselineOf(const Invocation& invocation, const Model& model, const Run& run) {
    const QString name = invocation.value(QStringLiteral("baseline"));
    if (name == QLatin1String("mean"))
        return nullptr;
    if (name == QLatin1String("black"))
        return blackPicture(model);
    if (name == QLatin1String("blur"))
        return std::make_shared<FeatureMaps>(blurred(*run.input(), blurOfBaseline));
    if (!isInputFile(name))
        return inputOf(model, openPicture(name)->image);
    const std::string file = QFile::encodeName(name).toStdString();
    return inputFrom(readInputFile(file), model.graph().outputShape(inputStep), file);
}

}  // namespace

QCommandLineOption classOption() {
    return {QStringLiteral("class"),
            QStringLiteral("index of the class, from 0; without it the most probable"), QStringLiteral("N")};
}

QCommandLineOption againstOption() {
    return {QStringLiteral("against"),
            QStringLiteral("index of another class: explains by how much the score is above its"),
            QStringLiteral("N")};
}

int classOf(const Invocation& invocation, const Run& run) {
    if (invocation.has(QStringLiteral("class")))
        return invocation.integer(QStringLiteral("class"), 0, run.graph().spec().classes - 1);
    return topClass(*run.output(run.graph().logitsStep()));
}

std::optional<int> againstOf(const Invocation& invocation, const Graph& graph) {
    if (!invocation.has(QStringLiteral("against")))
        return {};
    return invocation.integer(QStringLiteral("against"), 0, graph.spec().classes - 1);
}

GradientTarget targetOf(const Invocation& invocation, const Run& run) {
    const int classIndex = classOf(invocation, run);
    const std::optional<int> against = againstOf(invocation, run.graph());
    return against ? scoreDifference(run.graph(), classIndex, *against) : scoreOf(run.graph(), classIndex);
}

QString classesText(const Model& model, int classIndex, std::optional<int> against) {
    const auto named = [&](int index) {
        return QString::fromStdString(model.classNames[std::size_t(index)]);
    };
    return against ? QStringLiteral("%1 over %2").arg(named(classIndex), named(*against)) : named(classIndex);
}

QList<QCommandLineOption> attributionOptions() {
    return {{QStringLiteral("step"),
             QStringLiteral("gradcam, hirescam, layercam: the step; without it the last unit's output"),
             QStringLiteral("NAME")},
            {QStringLiteral("nodes"), QStringLiteral("integrated: gradients on the way, 1 to 200"),
             QStringLiteral("N"), QStringLiteral("50")},
            {QStringLiteral("baseline"),
             QStringLiteral(
                 "integrated: where the way begins: mean (colour), black, blur, a picture or an INPUT.npy"),
             QStringLiteral("NAME"), QStringLiteral("mean")},
            {QStringLiteral("samples"), QStringLiteral("smoothgrad: noisy pictures, 1 to 1000"),
             QStringLiteral("N"), QStringLiteral("25")},
            {QStringLiteral("noise"),
             QStringLiteral("smoothgrad: standard deviation over the input's range, 0 to 10"),
             QStringLiteral("X"), QStringLiteral("0.15")}};
}

std::optional<AttributionMethod> attributionNamed(const QString& name) {
    const auto all = attributionMethods();
    const auto found = std::ranges::find(
        all, name.toStdString(), [](AttributionMethod method) { return std::string(resnet::name(method)); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void checkAttributionOptions(const Invocation& invocation, const QString& methodName) {
    const std::optional<AttributionMethod> method = attributionNamed(methodName);
    const auto refuse = [&](const char* option, bool isOfIt, const char* methods) {
        if (invocation.has(QLatin1String(option)) && !isOfIt)
            throw UsageError(
                QStringLiteral("--%1 is of --method %2").arg(QLatin1String(option), QLatin1String(methods)));
    };
    refuse("step", method && isOfStep(*method), "gradcam, hirescam and layercam");
    refuse("nodes", method == AttributionMethod::Integrated, "integrated");
    refuse("baseline", method == AttributionMethod::Integrated, "integrated");
    refuse("samples", method == AttributionMethod::SmoothGrad, "smoothgrad");
    refuse("noise", method == AttributionMethod::SmoothGrad, "smoothgrad");
}

AttributionRequest attributionRequest(const Invocation& invocation, const Model& model, const Run& run,
                                      AttributionMethod method) {
    AttributionRequest request;
    request.method = method;
    request.classIndex = classOf(invocation, run);
    request.against = againstOf(invocation, run.graph());
    if (invocation.has(QStringLiteral("step"))) {
        request.step = stepNamed(invocation.value(QStringLiteral("step")), run.graph());
        if (*request.step == inputStep || *request.step > run.graph().logitsStep())
            throw UsageError(QStringLiteral("--step: expected a step between the input and the softmax"));
    }
    request.nodes = invocation.integer(QStringLiteral("nodes"), 1, 200);
    request.samples = invocation.integer(QStringLiteral("samples"), 1, 1000);
    request.noise = invocation.number(QStringLiteral("noise"), 0.0, 10.0);
    if (method == AttributionMethod::Integrated)
        request.baseline = baselineOf(invocation, model, run);
    return request;
}

void checkExplainable(const Model& model, const Run& run) {
    const FeatureMaps& scores = *run.output(run.graph().logitsStep());
    if (!std::all_of(scores.data(), scores.data() + scores.size(),
                     [](float score) { return std::isfinite(score); }))
        throw Error(
            "the scores of this network are not all finite numbers, so nothing can be said of what makes "
            "them");
    if (!model.isTrained())
        tell(QStringLiteral("note: this network is not trained; what is explained is chance"));
}

}  // namespace resnet::app

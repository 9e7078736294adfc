#include "core/attribution/Trust.h"

#include "app/cli/AttributionOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/explain/ClassActivation.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

// The class activation map is Grad-CAM at the last unit.
AttributionMethod methodOf(const Invocation& invocation) {
    QStringList names{QStringLiteral("cam")};
    for (const AttributionMethod method : attributionMethods())
        names.append(QString::fromUtf8(name(method).data(), qsizetype(name(method).size())));
    return attributionNamed(invocation.choice(QStringLiteral("method"), names))
        .value_or(AttributionMethod::GradCam);
}

struct Findings {
    std::vector<RandomisedMap> maps;
    Curves curves;
};

Json numberOr(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

QString jsonOf(const Findings& of, const Invocation& invocation, const AttributionRequest& request) {
    Json randomised = Json::array();
    for (const RandomisedMap& map : of.maps)
        randomised.push_back({{"randomisedFrom", map.unit.empty() ? Json() : Json(map.unit)},
                              {"rankCorrelation", numberOr(map.rankCorrelation)},
                              {"rankCorrelationOfMagnitudes", numberOr(map.rankCorrelationOfMagnitudes)},
                              {"ssim", numberOr(map.similarity)}});
    const Curves& curves = of.curves;
    const auto curve = [&](const std::vector<double>& values) {
        return Json{{"probability", values}, {"area", areaUnder(curves, values)}};
    };
    Json report{{"image", invocation.arguments().first().toStdString()},
                {"method", invocation.value(QStringLiteral("method")).toStdString()},
                {"class", request.classIndex}};
    if (request.against)
        report["against"] = *request.against;
    report["randomisation"] = randomised;
    report["share"] = curves.share;
    report["deletion"] = curve(curves.deletion);
    report["insertion"] = curve(curves.insertion);
    report["randomDeletion"] = curve(curves.randomDeletion);
    report["randomInsertion"] = curve(curves.randomInsertion);
    return QString::fromStdString(report.dump()) + QLatin1Char('\n');
}

QString numberText(double value) {
    return QString::number(value, 'g', 6);
}

QString randomisationCsv(const Findings& of) {
    QString text = QStringLiteral("randomised_from,rank_correlation,rank_correlation_of_magnitudes,ssim\n");
    for (const RandomisedMap& map : of.maps)
        text += QStringList{QString::fromStdString(map.unit), numberText(map.rankCorrelation),
                            numberText(map.rankCorrelationOfMagnitudes), numberText(map.similarity)}
                    .join(QLatin1Char(',')) +
                QLatin1Char('\n');
    return text;
}

QString curvesCsv(const Curves& of) {
    QString text = QStringLiteral("share,deletion,insertion,random_deletion,random_insertion\n");
    for (std::size_t i = 0; i < of.share.size(); ++i)
        text += QStringList{numberText(of.share[i]), numberText(of.deletion[i]), numberText(of.insertion[i]),
                            numberText(of.randomDeletion[i]), numberText(of.randomInsertion[i])}
                    .join(QLatin1Char(',')) +
                QLatin1Char('\n');
    return text;
}

Findings find(Executor& executor, const Run& run, const AttributionRequest& request,
              const Invocation& invocation) {
    const std::uint64_t seed = std::uint64_t(invocation.integer(QStringLiteral("start"), 0, unlimited));
    auto maps = randomisationTest(executor.packed(), run, request, seed, invocation.stop(),
                                  [](const RandomisedMap&, int done, int total) {
                                      if (done % 4 == 0 && done < total)
                                          tell(QStringLiteral("%1 of %2 maps").arg(done).arg(total));
                                  });
    if (!maps)
        throw Interrupted();
    CurveRequest curve;
    curve.classIndex = request.classIndex;
    curve.seed = seed;
    const auto curves = curvesOf(executor.packed(), run, maps->front().map, curve, invocation.stop());
    if (!curves)
        throw Interrupted();
    return {std::move(*maps), *curves};
}

int run(const Invocation& invocation) {
    const QString format =
        invocation.choice(QStringLiteral("format"),
                          {QStringLiteral("csv"), QStringLiteral("curves-csv"), QStringLiteral("json")});
    const AttributionMethod method = methodOf(invocation);
    checkAttributionOptions(invocation, invocation.value(QStringLiteral("method")));
    const ModelPtr model = openNetwork(invocation);
    const Edits edits = editsOf(invocation, model->graph());
    const ui::PicturePtr picture = openPicture(invocation.arguments().first());
    Executor executor(model->network, invocation.network().threads);
    const Run run =
        runImage(executor, *model, picture->image, model->graph().softmaxStep(), invocation.stop(), edits);
    checkExplainable(*model, run);
    const AttributionRequest request = attributionRequest(invocation, *model, run, method);
    const Findings found = find(executor, run, request, invocation);
    invocation.throwIfInterrupted();
    print(format == QLatin1String("json")  ? jsonOf(found, invocation, request)
          : format == QLatin1String("csv") ? randomisationCsv(found)
                                           : curvesCsv(found.curves));
    return ExitDone;
}

}  // namespace

Command trustCommand() {
    Command command;
    command.name = QStringLiteral("trust");
    command.arguments = QStringLiteral("IMAGE --method KIND");
    command.summary = QStringLiteral("test whether an explanation tells of the network at all");
    command.options = QList<QCommandLineOption>{
        {QStringLiteral("method"),
         QStringLiteral("cam, gradcam, hirescam, layercam, gradient, input-x-gradient, integrated, "
                        "smoothgrad or guided"),
         QStringLiteral("KIND"), QStringLiteral("gradcam")},
        classOption(),
        againstOption()};
    command.options += attributionOptions();
    command.options +=
        {{QStringLiteral("start"), QStringLiteral("seed of the new weights and random orders"),
          QStringLiteral("N"), QStringLiteral("1")},
         {QStringLiteral("format"),
          QStringLiteral("csv (randomised weights), curves-csv (deletion, insertion) or json (both)"),
          QStringLiteral("KIND"), QStringLiteral("csv")},
         editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = run;
    command.notes = QStringLiteral(
        "The weights are started anew from the last unit on, one unit more each time. A map that\n"
        "stays the same (1 in the table) tells of the picture and not of what was learned.\n"
        "Deletion: the class's probability while blocks are hidden, those first that the map\n"
        "says it owes most; insertion: while they are shown; both beside a random order.");
    return command;
}

}  // namespace resnet::app

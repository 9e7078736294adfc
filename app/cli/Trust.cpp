#include "core/attribution/Trust.h"

#include "app/cli/AttributionFigures.h"
#include "app/cli/AttributionOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Explanation.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/Subject.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/WholeFile.h"

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

QString jsonOf(const TrustFindings& of, const Invocation& invocation, const AttributionRequest& request) {
    Json randomised = Json::array();
    for (const RandomisedMap& map : of.maps)
        randomised.push_back({{"randomisedFrom", map.unit.empty() ? Json() : Json(map.unit)},
                              {"rankCorrelation", jsonNumber(map.rankCorrelation)},
                              {"rankCorrelationOfMagnitudes", jsonNumber(map.rankCorrelationOfMagnitudes)},
                              {"ssim", jsonNumber(map.similarity)}});
    const Curves& curves = of.curves;
    const auto curve = [&](const std::vector<double>& values) {
        return Json{{"probability", values}, {"area", areaUnder(curves, values)}};
    };
    Json report{{"image", invocation.arguments().first().toStdString()},
                {"method", invocation.value(QStringLiteral("method")).toStdString()},
                {"class", request.classIndex}};
    if (request.against)
        report["against"] = *request.against;
    if (request.method == AttributionMethod::Integrated)
        report["nodes"] = request.nodes;
    if (request.method == AttributionMethod::SmoothGrad)
        report["samples"] = request.samples;
    const CurveRequest used;
    report["seed"] = invocation.integer(option("start"), 0, unlimited);
    report["block"] = used.block;
    report["randomOrders"] = used.randomOrders;
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

QString randomisationCsv(const TrustFindings& of) {
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

// What the maps were made with, in a line.
QString settingsText(const AttributionRequest& request, const Invocation& invocation) {
    QString text = QStringLiteral("Units started anew from the last on, seed %1; each map on its own scale")
                       .arg(invocation.value(option("start")));
    if (request.method == AttributionMethod::Integrated)
        text += QStringLiteral("; %1 nodes").arg(request.nodes);
    if (request.method == AttributionMethod::SmoothGrad)
        text += QStringLiteral("; %1 samples, noise %2").arg(request.samples).arg(request.noise);
    const CurveRequest curve;
    return text + QStringLiteral("; blocks of %1 x %1 pixels, %2 points, mean of %3 random orders")
                      .arg(curve.block)
                      .arg(curve.points)
                      .arg(curve.randomOrders);
}

TrustFindings find(Executor& executor, const Run& run, const AttributionRequest& request,
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

// All maps below each other: maps x h x w.
FeatureMaps stackOf(const std::vector<RandomisedMap>& maps) {
    const FeatureShape& shape = maps.front().map.shape();
    FeatureMaps stack({int(maps.size()), shape.height, shape.width});
    for (int n = 0; n < stack.channels(); ++n)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x)
                stack.at(n, y, x) = maps[std::size_t(n)].map.at(0, y, x);
    return stack;
}

QByteArray fileOf(const TrustFindings& found, const QString& ending, const ui::FigureTitle& title,
                  ui::Theme::Kind theme) {
    if (ending == option("npy"))
        return ui::npyFile(stackOf(found.maps));
    const ui::Figure figure = figureOf(found, title, ui::Theme::of(theme));
    return ending == option("svg") ? ui::svgOf(figure) : ui::pngOf(figure, 2.0);
}

int runTrust(const Invocation& invocation) {
    const QString format =
        invocation.choice(option("format"), {option("csv"), option("curves-csv"), option("json")});
    const AttributionMethod method = methodOf(invocation);
    checkAttributionOptions(invocation, invocation.value(option("method")));
    const QString output = invocation.value(option("output"));
    const QString ending = output.isEmpty() ? QString() : explanationEnding(output);
    const ui::Theme::Kind theme = invocation.theme();
    const Subject subject = subjectOf(invocation);
    Executor executor(subject.model->network, invocation.network().threads);
    const Run run = runSubject(executor, subject, subject.model->graph().softmaxStep(), invocation);
    checkExplainable(*subject.model, run);
    const AttributionRequest request = attributionRequest(invocation, *subject.model, run, method);
    const TrustFindings found = find(executor, run, request, invocation);
    invocation.throwIfInterrupted();
    const auto textAs = [&](const QString& kind) {
        return kind == option("json")  ? jsonOf(found, invocation, request)
               : kind == option("csv") ? randomisationCsv(found)
                                       : curvesCsv(found.curves);
    };
    if (!output.isEmpty()) {
        const ui::FigureTitle title{
            editedTitle(QStringLiteral("%1: can the %2 map of %3 be trusted?")
                            .arg(subject.name, invocation.value(option("method")),
                                 classesText(*subject.model, request.classIndex, request.against)),
                        run),
            settingsText(request, invocation)};
        const bool isText = ending == option("json") || ending == option("csv");
        const QString kind = ending == option("csv") && format != option("json") ? format : ending;
        const QByteArray bytes = isText ? textAs(kind).toUtf8() : fileOf(found, ending, title, theme);
        invocation.throwIfInterrupted();
        ui::writeWholeFile(output, bytes);
    } else {
        print(textAs(format));
    }
    return ExitDone;
}

}  // namespace

Command trustCommand() {
    Command command;
    command.name = QStringLiteral("trust");
    command.arguments = QStringLiteral("IMAGE|INPUT.npy --method KIND");
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
         {QStringLiteral("output"),
          QStringLiteral("FILE.png or .svg (maps and curves), .npy (maps x h x w), .csv or .json"),
          QStringLiteral("FILE")},
         themeOption(),
         editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = runTrust;
    command.notes = QStringLiteral(
        "The weights are started anew from the last unit on, one unit more each time. A map that\n"
        "stays the same (1 in the table) tells of the picture and not of what was learned.\n"
        "Deletion: the class's probability while blocks are hidden, those first that the map\n"
        "says it owes most; insertion: while they are shown; both beside a random order.");
    return command;
}

}  // namespace resnet::app

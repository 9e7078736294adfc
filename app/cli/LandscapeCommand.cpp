#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/LandscapePictures.h"
#include "app/cli/OpenNetwork.h"
#include "app/resources/Samples.h"
#include "core/Error.h"
#include "core/experiments/Landscape.h"
#include "core/explain/Tables.h"
#include "ui/exports/Figure.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/WholeFile.h"
#include "ui/exports/WidgetFigure.h"
#include "ui/painting/LandscapePainter.h"
#include "ui/painting/Theme.h"
#include "ui/training/DirectionFiles.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/SampleSquares.h"

#include <QByteArray>
#include <QFileInfo>
#include <QString>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace resnet::app {

namespace {

struct LandscapeReport {
    struct Plane {
        QString network;  // title of the model
        Landscape values;
    };
    std::vector<Plane> planes;  // the network, and the one it is set against
    std::uint64_t seed = 0;
    int pictures = 0;
};

using Json = nlohmann::ordered_json;

const char* measureOf(const LandscapeReport& report) {
    return report.planes.front().values.isDivergence ? "divergence" : "cross-entropy";
}

void addPlane(Json& to, const Landscape& plane) {
    Json loss = Json::array();
    Json accuracy = Json::array();
    for (const std::vector<LandscapePoint>& row : plane.points) {
        Json losses = Json::array();
        Json accuracies = Json::array();
        for (const LandscapePoint& point : row) {
            losses.push_back(jsonNumber(point.loss));
            accuracies.push_back(point.accuracy);
        }
        loss.push_back(std::move(losses));
        accuracy.push_back(std::move(accuracies));
    }
    to["loss"] = std::move(loss);
    to["accuracy"] = std::move(accuracy);
    to["centre"] = {{"loss", jsonNumber(plane.centre.loss)}, {"accuracy", plane.centre.accuracy}};
}

// {axis, loss, accuracy, centre: {loss, accuracy}, seed}, and `against` with the same of the other network.
QByteArray landscapeJson(const LandscapeReport& report) {
    Json json = Json::object();
    json["axis"] = report.planes.front().values.axis;
    addPlane(json, report.planes.front().values);
    json["seed"] = report.seed;
    json["measure"] = measureOf(report);
    json["images"] = report.pictures;
    json["network"] = report.planes.front().network.toStdString();
    if (report.planes.size() > 1) {
        Json against = {{"network", report.planes[1].network.toStdString()}};
        addPlane(against, report.planes[1].values);
        json["against"] = std::move(against);
    }
    return QByteArray::fromStdString(json.dump(1)) + '\n';
}

QByteArray csvText(const LandscapeReport& report) {
    Table table;
    table.columns = {"network", "first", "second", "loss", "accuracy"};
    for (const LandscapeReport::Plane& plane : report.planes)
        for (std::size_t row = 0; row < plane.values.axis.size(); ++row)
            for (std::size_t column = 0; column < plane.values.axis.size(); ++column) {
                const LandscapePoint& point = plane.values.points[row][column];
                table.rows.push_back({plane.network.toStdString(), plane.values.axis[column],
                                      plane.values.axis[row], point.loss, point.accuracy});
            }
    return QByteArray::fromStdString(csvText(table));
}

ui::Figure landscapeFigure(const LandscapeReport& report, const ui::Theme& theme) {
    const bool isDivergence = report.planes.front().values.isDivergence;
    ui::LandscapePicture picture;
    picture.measure = isDivergence ? QStringLiteral("divergence") : QStringLiteral("loss");
    picture.axis = report.planes.front().values.axis;
    for (const LandscapeReport::Plane& plane : report.planes) {
        ui::LandscapePicture::Panel panel;
        panel.title = plane.network;
        panel.caption = isDivergence ? QStringLiteral("in the middle the network itself: 0")
                                     : QStringLiteral("in the middle the network itself: loss %1, %2 right")
                                           .arg(ui::valueText(plane.values.centre.loss),
                                                ui::percentText(plane.values.centre.accuracy));
        for (const std::vector<LandscapePoint>& row : plane.values.points) {
            panel.loss.emplace_back();
            for (const LandscapePoint& point : row)
                panel.loss.back().push_back(point.loss);
        }
        picture.panels.push_back(std::move(panel));
    }
    ui::FigureTitle title;
    title.title = isDivergence ? QStringLiteral("How fast the answers change as the weights move")
                               : QStringLiteral("Loss around the weights");
    title.subtitle =
        QStringLiteral(
            "%1, mean of %2 pictures; two random directions, seed %3, filters of the weights' norms")
            .arg(isDivergence ? QStringLiteral("Divergence from the network's own answers")
                              : QStringLiteral("Cross-entropy"))
            .arg(report.pictures)
            .arg(report.seed);
    return ui::pageOf(title, ui::sizeOf(picture), theme,
                      [picture, theme](QPainter& painter) { ui::paintLandscape(painter, picture, theme); });
}

QString endingOf(const QString& output) {
    const QString ending = QFileInfo(output).suffix().toLower();
    if (!QStringList{option("svg"), option("png"), option("csv"), option("json")}.contains(ending))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .svg, .png, .csv or .json, found '%1'")
                .arg(output));
    ui::checkTarget(output);
    return ending;
}

std::vector<LabelledInput> picturesFor(const Model& model, const Invocation& invocation) {
    const QString folder = invocation.value(option("pictures"));
    if (!folder.isEmpty()) {
        ui::LabelledPictures read = landscapePictures(folder, model, invocation.stop(), option("pictures"));
        for (const QString& note : read.notes)
            tell(note);
        return std::move(read.pictures);
    }
    QStringList photographs;
    for (const Sample& sample : samples())
        photographs << sample.path;
    std::vector<LabelledInput> squares = ui::sampleSquares(model, photographs, 4, invocation.stop());
    if (squares.empty() && !invocation.stop().stop_requested())
        throw Error("the sample pictures are missing; name a folder with --pictures");
    return squares;
}

void checkComparable(const Model& one, const Model& other) {
    NetworkSpec a = one.graph().spec();
    NetworkSpec b = other.graph().spec();
    a.shortcut = b.shortcut;
    a.padding = b.padding;
    a.batchNormEpsilon = b.batchNormEpsilon;
    if (a != b)
        throw UsageError(
            QStringLiteral("--against: expected a network of the same units, feature maps, classes and "
                           "input, found %1 against %2")
                .arg(QString::fromStdString(other.title), QString::fromStdString(one.title)));
}

// The network's plane, and that of the one it is set against.
LandscapeReport measured(const std::vector<ModelPtr>& models, const Invocation& invocation) {
    LandscapeRequest request;
    request.grid = invocation.integer(option("grid"), 3, 201);
    request.span = invocation.number(option("span"), 1e-3, 100.0);
    LandscapeReport report;
    report.seed = invocation.network().request.seed;
    for (const ModelPtr& model : models) {
        const Direction first = randomDirection(*model->network, report.seed);
        const Direction second = randomDirection(*model->network, report.seed + 1);
        if (invocation.has(option("directions")))
            ui::writeDirections(invocation.value(option("directions")),
                                model == models.front() ? option("network") : option("against"), first,
                                second);
        std::vector<LabelledInput> pictures = picturesFor(*model, invocation);
        if (invocation.stop().stop_requested())
            throw Interrupted();
        report.pictures = int(pictures.size());
        LandscapeMeter meter(model->network, std::move(pictures),
                             EngineOptions{invocation.network().threads, {}, {}});
        if (meter.isDivergence() && model == models.front())
            tell(QStringLiteral(
                "note: the pictures have no classes: the divergence from the network's own answers "
                "stands in place of the loss"));
        auto plane = landscape(meter, first, second, request, invocation.stop(), [](int done, int total) {
            const int step = std::max(1, (total + 9) / 10);
            if (done % step == 0 && done < total)
                tell(QStringLiteral("%1 of %2 points").arg(done).arg(total));
        });
        if (!plane)
            throw Interrupted();
        report.planes.push_back({QString::fromStdString(model->title), std::move(*plane)});
    }
    return report;
}

// --seed is that of the directions here.
NetworkOptions networkOf(const Invocation& invocation) {
    NetworkOptions options = invocation.network();
    const ModelRequest& request = options.request;
    options.hasSeed = false;
    options.isNew = options.isNew && (request.architecture || request.unitsPerStage ||
                                      request.channelsPerStage || request.classes);
    return options;
}

int runLandscape(const Invocation& invocation) {
    const QString output = invocation.required(option("output"));
    const QString ending = endingOf(output);
    if (invocation.integer(option("grid"), 3, 201) % 2 == 0)
        throw UsageError(QStringLiteral("--grid: expected an odd number, found '%1'")
                             .arg(invocation.value(option("grid"))));
    std::vector<ModelPtr> models{openNetwork(networkOf(invocation), invocation.stop())};
    if (invocation.has(option("against"))) {
        NetworkOptions other = networkOf(invocation);
        other.weights = invocation.value(option("against"));
        other.isNew = false;
        models.push_back(openNetwork(other, invocation.stop()));
        checkComparable(*models[0], *models[1]);
    }
    const LandscapeReport report = measured(models, invocation);
    if (ending == option("json"))
        ui::writeWholeFile(output, landscapeJson(report));
    else if (ending == option("csv"))
        ui::writeWholeFile(output, csvText(report));
    else
        ui::writeFigure(output, landscapeFigure(report, ui::Theme::of(invocation.theme())),
                        ending == option("png") ? 2.0 : 1.0);
    return ExitDone;
}

}  // namespace

Command landscapeCommand() {
    Command command;
    command.name = QStringLiteral("landscape");
    command.arguments = QStringLiteral("--output FILE");
    command.summary = QStringLiteral("measure the loss over a plane through the weights");
    command.options = {
        {QStringLiteral("against"), QStringLiteral("a second network of this shape, on the same scale"),
         QStringLiteral("FILE")},
        {QStringLiteral("pictures"),
         QStringLiteral("whose folders are classes; without it 64 squares of the samples"),
         QStringLiteral("FOLDER")},
        {QStringLiteral("grid"), QStringLiteral("points per side, odd"), QStringLiteral("N"),
         QStringLiteral("25")},
        {QStringLiteral("span"), QStringLiteral("from the middle to the border"), QStringLiteral("S"),
         QStringLiteral("1")},
        {QStringLiteral("directions"), QStringLiteral("write the directions there, as safetensors"),
         QStringLiteral("FOLDER")},
        {QStringLiteral("output"), QStringLiteral("FILE.svg, FILE.png, FILE.csv or FILE.json"),
         QStringLiteral("FILE")},
        themeOption()};
    command.paints = true;
    command.run = runLandscape;
    command.notes = QStringLiteral(
        "Two random directions from --seed, each filter scaled to the norm of the network's; batch norm\n"
        "and biases do not move. Without classes the divergence from the network's own answers is told.\n"
        "A random plane hides most directions.");
    return command;
}

}  // namespace resnet::app

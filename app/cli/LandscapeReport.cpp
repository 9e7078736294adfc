#include "app/cli/LandscapeReport.h"

#include "core/explain/Tables.h"
#include "ui/exports/WidgetFigure.h"
#include "ui/painting/LandscapePainter.h"
#include "ui/words/NumberText.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

const char* measureOf(const LandscapeReport& report) {
    return report.planes.front().values.isDivergence ? "divergence" : "cross-entropy";
}

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

void addPlane(Json& to, const Landscape& plane) {
    Json loss = Json::array();
    Json accuracy = Json::array();
    for (const std::vector<LandscapePoint>& row : plane.points) {
        Json losses = Json::array();
        Json accuracies = Json::array();
        for (const LandscapePoint& point : row) {
            losses.push_back(number(point.loss));
            accuracies.push_back(point.accuracy);
        }
        loss.push_back(std::move(losses));
        accuracy.push_back(std::move(accuracies));
    }
    to["loss"] = std::move(loss);
    to["accuracy"] = std::move(accuracy);
    to["centre"] = {{"loss", number(plane.centre.loss)}, {"accuracy", plane.centre.accuracy}};
}

}  // namespace

QByteArray jsonText(const LandscapeReport& report) {
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

ui::Figure figureOf(const LandscapeReport& report, const ui::Theme& theme) {
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

}  // namespace resnet::app

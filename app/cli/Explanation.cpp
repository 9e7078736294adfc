#include "app/cli/Explanation.h"

#include "app/cli/Command.h"
#include "core/attribution/Attribution.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/WholeFile.h"
#include "ui/painting/OverlayPainter.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace resnet::app {

namespace {

constexpr std::array channelNames{"channel0", "channel1", "channel2", "channel3"};

FeatureMaps channelOf(const FeatureMaps& maps, int channel) {
    FeatureMaps alone({1, maps.height(), maps.width()});
    for (int y = 0; y < maps.height(); ++y)
        for (int x = 0; x < maps.width(); ++x)
            alone.at(0, y, x) = maps.at(channel, y, x);
    return alone;
}

QByteArray csvOf(const Explanation& of) {
    QByteArray text = "y,x";
    for (const Explanation::Column& column : of.columns)
        text += ',' + QByteArray(column.name);
    text += '\n';
    const FeatureMaps& first = of.columns.front().map;
    for (int y = 0; y < first.height(); ++y)
        for (int x = 0; x < first.width(); ++x) {
            text += QByteArray::number(y) + ',' + QByteArray::number(x);
            for (const Explanation::Column& column : of.columns)
                text += ',' + QByteArray::number(double(column.map.at(0, y, x)), 'g', 9);
            text += '\n';
        }
    return text;
}

nlohmann::ordered_json rowsOf(const FeatureMaps& map) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (int y = 0; y < map.height(); ++y) {
        nlohmann::ordered_json row = nlohmann::ordered_json::array();
        for (int x = 0; x < map.width(); ++x)
            row.push_back(std::isfinite(map.at(0, y, x)) ? nlohmann::ordered_json(map.at(0, y, x))
                                                         : nlohmann::ordered_json());
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::vector<Explanation::Column> columnsOf(const FeatureMaps& map) {
    std::vector<Explanation::Column> columns;
    columns.push_back({map.channels() == 1 ? "value" : "sum", channelSum(map)});
    for (int c = 0; c < map.channels() && map.channels() > 1; ++c)
        columns.push_back({channelNames.at(std::size_t(c)), channelOf(map, c)});
    return columns;
}

QString explanationEnding(const QString& output) {
    const QString ending = QFileInfo(output).suffix().toLower();
    if (!QStringList{option("png"), option("svg"), option("npy"), option("csv"), option("json")}.contains(
            ending))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .png, .svg, .npy, .csv or .json, found '%1'")
                .arg(output));
    ui::checkTarget(output);
    return ending;
}

QByteArray fileOf(const Explanation& of, const QString& ending, ui::Theme::Kind theme,
                  nlohmann::ordered_json facts) {
    if (ending == option("npy"))
        return ui::npyFile(of.map);
    if (ending == option("csv"))
        return csvOf(of);
    if (ending == option("json")) {
        for (const Explanation::Column& column : of.columns)
            facts["maps"][column.name] = rowsOf(column.map);
        return QByteArray::fromStdString(facts.dump()) + '\n';
    }
    const ui::OverlayPage page(of.seen, of.columns.front().map, of.title, of.meaning);
    const ui::Theme& colors = ui::Theme::of(theme);
    if (ending == option("png"))
        return ui::pngBytes(page.image(colors));
    return ui::svgOf({of.title, QSizeF(page.size()), colors.panel,
                      [&](QPainter& painter, const QRectF&) { page.paint(painter, colors); }});
}

}  // namespace resnet::app

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/JsonNumber.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/RunImage.h"
#include "core/explain/Statistics.h"
#include "core/explain/UnitNorms.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) {
    return shortest(float(value));
}

// The columns of the table, in order.
Json statisticsOf(const Step& step, const Activations& activations) {
    const std::vector<Statistics> channels = channelStatistics(*activations.output(step.id));
    const Statistics all = merged(channels);
    return {{"step", step.name},
            {"kind", std::string(name(step.kind))},
            {"channels", step.output.channels},
            {"height", step.output.height},
            {"width", step.output.width},
            {"mean", rounded(all.mean)},
            {"deviation", rounded(all.deviation)},
            {"minimum", rounded(all.minimum)},
            {"maximum", rounded(all.maximum)},
            {"shareOfZeros", rounded(all.shareOfZeros())},
            {"norm", rounded(all.norm)},
            {"deadChannels", deadChannels(channels)},
            {"notANumber", all.notANumber},
            {"infinite", all.infinite},
            {"milliseconds", std::round(activations.milliseconds(step.id) * 1000.0) / 1000.0}};
}

Json unitsOf(const Graph& graph, const Activations& activations) {
    Json units = Json::array();
    for (const ResidualUnit& unit : graph.units())
        if (const std::optional<UnitNorms> norms = unitNormsOf(unit, activations))
            units.push_back({{"unit", unit.name},
                             {"mainPathNorm", rounded(norms->mainPath)},
                             {"shortcutNorm", rounded(norms->shortcut)},
                             {"ratio", rounded(norms->ratio())},
                             {"cosine", rounded(norms->cosine)},
                             {"shareCutByRelu", rounded(norms->cut)}});
    return units;
}

// One line an entry.
std::string listText(const Json& list) {
    std::string text = "[";
    for (const Json& entry : list)
        text += (text.size() == 1 ? "\n" : ",\n") + entry.dump();
    return text + "\n]";
}

std::string csvText(const Json& steps) {
    std::string text;
    for (const auto& column : steps.front().items())
        text += (text.empty() ? "" : ",") + column.key();
    for (const Json& row : steps) {
        text += '\n';
        for (const auto& column : row.items()) {
            const Json& value = column.value();
            text += (text.back() == '\n' ? "" : ",") +
                    (value.is_string() ? value.get<std::string>() : value.dump());
        }
    }
    return text + "\n";
}

int run(const Invocation& invocation) {
    const bool isJson =
        invocation.choice(QStringLiteral("format"), {QStringLiteral("csv"), QStringLiteral("json")}) ==
        QLatin1String("json");
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const Graph& graph = model->graph();
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const Activations activations =
        runImage(executor, *model, picture->image, graph.softmaxStep(), invocation.stop());
    Json steps = Json::array();
    for (const Step& step : graph.steps())
        steps.push_back(statisticsOf(step, activations));
    invocation.throwIfInterrupted();
    if (isJson)
        print(QStringLiteral("{\"image\":%1,\"steps\":%2,\"units\":%3}\n")
                  .arg(QString::fromStdString(Json(path.toStdString()).dump()),
                       QString::fromStdString(listText(steps)),
                       QString::fromStdString(listText(unitsOf(graph, activations)))));
    else
        print(QString::fromStdString(csvText(steps)));
    return ExitDone;
}

}  // namespace

Command statsCommand() {
    Command command;
    command.name = QStringLiteral("stats");
    command.arguments = QStringLiteral("IMAGE");
    command.summary = QStringLiteral("tell mean, deviation, extremes, zeros, norm and time of every step");
    command.options = {{QStringLiteral("format"), QStringLiteral("csv or json (with the norms of the units)"),
                        QStringLiteral("KIND"), QStringLiteral("csv")}};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = run;
    command.notes = QStringLiteral(
        "NaN and infinity are counted and left out of all other figures. Steps that were\n"
        "computed in one go carry their time on the first of them.");
    return command;
}

}  // namespace resnet::app

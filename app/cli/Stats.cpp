#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/TraceReport.h"
#include "core/explain/Tables.h"
#include "core/inference/PackedNetwork.h"

#include <nlohmann/json.hpp>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json jsonOf(const Value& value) {
    return value;
}

Json jsonOf(double value) {
    return shortest(float(value));
}

// A row as an object, an entry per column.
Json objectsOf(const Table& table) {
    Json objects = Json::array();
    for (const auto& row : table.rows) {
        Json object = Json::object();
        for (std::size_t i = 0; i < row.size(); ++i)
            std::visit([&](const auto& value) { object[table.columns[i]] = jsonOf(value); }, row[i]);
        objects.push_back(std::move(object));
    }
    return objects;
}

// One line an entry.
std::string listText(const Json& list) {
    std::string text = "[";
    for (const Json& entry : list)
        text += (text.size() == 1 ? "\n" : ",\n") + entry.dump();
    return text + "\n]";
}

int runStats(const Invocation& invocation) {
    const bool isJson =
        invocation.choice(QStringLiteral("format"), {QStringLiteral("csv"), QStringLiteral("json")}) ==
        QLatin1String("json");
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const Edits edits = editsOf(invocation, model->graph());
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const EngineOptions& options = executor.packed()->options();
    const Run run =
        runImage(executor, *model, picture->image, model->graph().softmaxStep(), invocation.stop(), edits);
    const Table steps = stepsTable(run, options);
    invocation.throwIfInterrupted();
    if (isJson)
        print(QStringLiteral("{\"image\":%1,\"steps\":%2,\"units\":%3}\n")
                  .arg(QString::fromStdString(Json(path.toStdString()).dump()),
                       QString::fromStdString(listText(objectsOf(steps))),
                       QString::fromStdString(listText(objectsOf(unitsTable(run, options))))));
    else
        print(QString::fromStdString(csvText(steps)));
    return ExitDone;
}

}  // namespace

Command statsCommand() {
    Command command;
    command.name = QStringLiteral("stats");
    command.arguments = QStringLiteral("IMAGE");
    command.summary =
        QStringLiteral("tell mean, std. deviation, extremes, zeros, norm and time of every step");
    command.options = {{QStringLiteral("format"), QStringLiteral("csv or json (with the norms of the units)"),
                        QStringLiteral("KIND"), QStringLiteral("csv")},
                       editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = runStats;
    command.notes = QStringLiteral(
        "NaN and infinity are counted and left out of all other figures; where no other value\n"
        "is left these are nan. Steps that were computed in one go carry their time on the\n"
        "first of them.");
    return command;
}

}  // namespace resnet::app

#include "app/resources/Samples.h"

#include "app/resources/ResourcePaths.h"
#include "core/Error.h"

#include <QFile>

#include <nlohmann/json.hpp>

namespace resnet::app {

namespace {

using Json = nlohmann::json;

QString field(const Json& entry, const char* name) {
    return QString::fromStdString(entry.at(name).get<std::string>());
}

}  // namespace

QList<Sample> parseSamples(const QByteArray& json, const QString& folder) {
    QList<Sample> found;
    try {
        for (const Json& entry : Json::parse(json.begin(), json.end()))
            found.append({folder + QLatin1Char('/') + field(entry, "file"),
                          field(entry, "title"),
                          {field(entry, "caption"), field(entry, "prediction")},
                          field(entry, "licence"),
                          field(entry, "attribution"),
                          field(entry, "source")});
    } catch (const Json::exception& error) {
        throw Error(folder.toStdString() + "/samples.json: " + error.what());
    }
    return found;
}

QList<Sample> samples() {
    const QString folder = samplesFolder();
    QFile list(folder + QStringLiteral("/samples.json"));
    if (folder.isEmpty() || !list.open(QIODevice::ReadOnly))
        return {};
    return parseSamples(list.readAll(), folder);
}

}  // namespace resnet::app

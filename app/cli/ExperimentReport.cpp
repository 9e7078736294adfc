#include "app/cli/ExperimentReport.h"

#include "app/cli/TraceReport.h"
#include "core/explain/Tables.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

std::string className(const Model& model, int index) {
    return model.classNames.at(std::size_t(index));
}

// "church", or what stands for the class of each picture.
std::string watchedName(const ExperimentReport& report, const Model& model) {
    return report.watched      ? className(model, *report.watched)
           : report.hasClasses ? "the picture's class"
                               : "the class it says";
}

Json numbers(const std::vector<float>& values) {
    Json list = Json::array();
    for (const float value : values)
        list.push_back(shortest(value));
    return list;
}

void addOutcome(Json& to, const Outcome& outcome, const ExperimentReport& report) {
    to["logits"] = numbers(outcome.mean.logits);
    to["probabilities"] = numbers(outcome.mean.probabilities);
    to["topClass"] = outcome.mean.top();
    to["classLogit"] = outcome.classLogit;
    to["classProbability"] = outcome.classProbability;
    to["divergence"] = outcome.divergence;
    if (!report.isFolder)
        return;
    if (report.hasClasses)
        to["accuracy"] = outcome.accuracy();
    to["agreement"] = outcome.agreement();
    to["images"] = outcome.images;
}

Json outcomeJson(const Outcome& outcome, const ExperimentReport& report) {
    Json json = Json::object();
    addOutcome(json, outcome, report);
    return json;
}

Json sharesJson(const ScoreShares& shares, const Graph& graph) {
    Json units = Json::array();
    for (std::size_t i = 0; i < shares.units.size(); ++i)
        units.push_back({{"unit", graph.units()[i].name},
                         {"wrote", shares.units[i].mainPath},
                         {"projectionShift", shares.units[i].shift}});
    return {{"class", shares.classIndex},
            {"logit", shares.logit()},
            {"stem", shares.stem},
            {"units", units},
            {"bias", shares.head}};
}

}  // namespace

QByteArray jsonText(const ExperimentReport& report, const Model& model) {
    Json json = Json::object();
    json["subject"] = report.subject;
    json["class"] = report.watched ? Json(*report.watched) : Json(nullptr);
    json["reference"] = outcomeJson(report.reference, report);
    if (report.measuredReference)
        json["reference"]["remeasured"] = outcomeJson(*report.measuredReference, report);
    Json results = Json::array();
    for (const ExperimentRow& row : report.rows) {
        Json result = {{"edit", row.edit}};
        if (row.point) {
            result["sweep"] = nameOf(row.point->kind);
            result["position"] = row.point->position;
        }
        addOutcome(result, row.outcome, report);
        if (row.measured)
            result["remeasured"] = outcomeJson(*row.measured, report);
        results.push_back(std::move(result));
    }
    json["results"] = std::move(results);
    if (report.shares)
        json["score"] = sharesJson(*report.shares, model.graph());
    return QByteArray::fromStdString(json.dump(1)) + '\n';
}

QByteArray csvText(const ExperimentReport& report, const Model& model) {
    Table table;
    table.columns = {"edit", "sweep", "position"};
    const auto addColumns = [&](const std::string& prefix) {
        for (const char* name : {"probability", "logit", "top_class", "divergence"})
            table.columns.push_back(prefix + name);
        if (report.isFolder && report.hasClasses)
            table.columns.push_back(prefix + "accuracy");
        if (report.isFolder)
            table.columns.push_back(prefix + "agreement");
    };
    addColumns("");
    if (report.measuredReference)
        addColumns("remeasured_");
    table.columns.push_back("images");
    const auto addRow = [&](const std::string& edit, const SweepPoint* point, const Outcome& outcome,
                            const Outcome* measured) {
        std::vector<Table::Value> row{edit, point ? std::string(nameOf(point->kind)) : std::string()};
        row.push_back(point ? Table::Value(std::int64_t(point->position)) : Table::Value(std::string()));
        for (const Outcome* each : {&outcome, measured}) {
            if (!each)
                continue;
            row.insert(row.end(), {each->classProbability, each->classLogit,
                                   className(model, each->mean.top()), each->divergence});
            if (report.isFolder && report.hasClasses)
                row.push_back(each->accuracy());
            if (report.isFolder)
                row.push_back(each->agreement());
        }
        row.push_back(std::int64_t(outcome.images));
        table.rows.push_back(std::move(row));
    };
    const auto pointer = [](const auto& value) { return value ? &*value : nullptr; };
    addRow("", nullptr, report.reference, pointer(report.measuredReference));
    for (const ExperimentRow& row : report.rows)
        addRow(row.edit, pointer(row.point), row.outcome, pointer(row.measured));
    return QByteArray::fromStdString(csvText(table));
}

namespace {

QString outcomeColumns(const Outcome& outcome, const ExperimentReport& report, const Model& model) {
    QString text = QStringLiteral("%1 %  logit %2  divergence %3")
                       .arg(outcome.classProbability * 100.0, 5, 'f', 1)
                       .arg(outcome.classLogit, 8, 'f', 4)
                       .arg(outcome.divergence, 7, 'f', 4);
    if (!report.isFolder)
        return text + QStringLiteral("  ") + QString::fromStdString(className(model, outcome.mean.top()));
    if (report.hasClasses)
        text += QStringLiteral("  right %1 %").arg(outcome.accuracy() * 100.0, 5, 'f', 1);
    return text + QStringLiteral("  agrees %1 %").arg(outcome.agreement() * 100.0, 5, 'f', 1);
}

QString sharesText(const ExperimentReport& report, const Model& model) {
    const ScoreShares& shares = *report.shares;
    QString text = QStringLiteral("\nWho wrote the logit of %1, with the masks of all ReLUs held:\n")
                       .arg(QString::fromStdString(className(model, shares.classIndex)));
    const auto line = [&](const QString& what, double value, const QString& after = {}) {
        text += QStringLiteral("  %1  %2%3\n").arg(what.leftJustified(22)).arg(value, 9, 'f', 4).arg(after);
    };
    line(QStringLiteral("stem"), shares.stem);
    double shifts = 0.0;
    for (std::size_t i = 0; i < shares.units.size(); ++i) {
        const QString name = QString::fromStdString(model.graph().units()[i].name);
        const auto off = std::ranges::find_if(report.rows, [&](const ExperimentRow& row) {
            return row.point && row.point->kind == SweepKind::Units && row.point->position == int(i);
        });
        const QString lost = off == report.rows.end()
                                 ? QString()
                                 : QStringLiteral("   without it the logit changes by %1")
                                       .arg(off->outcome.classLogit - report.reference.classLogit, 8, 'f', 4);
        line(name + QStringLiteral(" F(x)"), shares.units[i].mainPath, lost);
        shifts += shares.units[i].shift;
    }
    line(QStringLiteral("projections' shifts"), shifts);
    line(QStringLiteral("bias"), shares.head);
    line(QStringLiteral("sum"), shares.logit());
    return text + QStringLiteral(
                      "The two differ, since without a unit the later ones compute something else and other "
                      "ReLUs open.\n");
}

}  // namespace

QString plainText(const ExperimentReport& report, const Model& model) {
    qsizetype width = qsizetype(std::string("without edits").size());
    for (const ExperimentRow& row : report.rows)
        width = std::max(width, std::min(qsizetype(row.edit.size()), qsizetype(44)));
    QString text = QString::fromStdString(report.subject);
    if (report.isFolder)
        text += QStringLiteral(" (%1 pictures)").arg(report.reference.images);
    text += QStringLiteral(": %1\n").arg(QString::fromStdString(watchedName(report, model)));
    const auto addRow = [&](const QString& name, const Outcome& outcome) {
        text += QStringLiteral("  %1  %2\n")
                    .arg(name.leftJustified(width), outcomeColumns(outcome, report, model));
    };
    const QString measured = QStringLiteral("  batch norm anew");
    addRow(QStringLiteral("without edits"), report.reference);
    if (report.measuredReference)
        addRow(measured, *report.measuredReference);
    for (const ExperimentRow& row : report.rows) {
        QString name = QString::fromStdString(row.edit);
        if (name.size() > width)
            name = name.left(width - 3) + QStringLiteral("...");
        addRow(row.edit.empty() ? QStringLiteral("nothing changed") : name, row.outcome);
        if (row.measured)
            addRow(measured, *row.measured);
    }
    return report.shares ? text + sharesText(report, model) : text;
}

}  // namespace resnet::app

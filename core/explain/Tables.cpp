#include "core/explain/Tables.h"

#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "core/explain/Statistics.h"
#include "core/explain/UnitNorms.h"
#include "core/tensor/NumberText.h"

#include <cmath>

namespace resnet {

namespace {

using Row = std::vector<Table::Value>;

std::string cellText(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string cellText(std::int64_t number) {
    return std::to_string(number);
}

std::string cellText(double number) {
    return numberText(float(number));
}

void append(Row& row, const Statistics& statistics) {
    if (statistics.count == 0)  // nothing is known of them, and that is not zero
        return void(row.insert(row.end(), 6, std::nan("")));
    row.insert(row.end(), {statistics.mean, statistics.deviation, statistics.minimum, statistics.maximum,
                           statistics.shareOfZeros(), statistics.norm});
}

const Table::Value nothing = std::string();

}  // namespace

std::string csvText(const Table& table) {
    std::string text;
    const auto endLine = [&] { text.back() = '\n'; };
    for (const std::string& column : table.columns)
        text += cellText(column) + ',';
    endLine();
    for (const Row& row : table.rows) {
        for (const Table::Value& value : row)
            text += std::visit([](const auto& each) { return cellText(each); }, value) + ',';
        endLine();
    }
    return text;
}

Table stepsTable(const Run& run, const EngineOptions& options) {
    Table table{{"step", "kind", "channels", "height", "width", "mean", "deviation", "minimum", "maximum",
                 "shareOfZeros", "norm", "deadChannels", "notANumber", "infinite", "milliseconds"},
                {}};
    for (const Step& step : run.graph().steps()) {
        if (!run.has(step.id))
            continue;
        const std::vector<Statistics> channels = channelStatistics(*run.output(step.id), options);
        const Statistics all = merged(channels);
        Row row{step.name, std::string(name(step.kind)), std::int64_t(step.output.channels),
                std::int64_t(step.output.height), std::int64_t(step.output.width)};
        append(row, all);
        row.insert(row.end(), {std::int64_t(deadChannels(channels)), all.notANumber, all.infinite,
                               std::round(run.milliseconds(step.id) * 1000.0) / 1000.0});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table channelsTable(const Run& run, StepId step, const EngineOptions& options) {
    const FeatureMapsPtr& maps = run.output(step);
    if (!maps)
        throw Error(run.graph().stepName(step) + " is not computed");
    Table table{{"channel", "mean", "deviation", "minimum", "maximum", "shareOfZeros", "norm", "notANumber",
                 "infinite"},
                {}};
    for (const Statistics& each : channelStatistics(*maps, options)) {
        Row row{std::int64_t(table.rows.size())};
        append(row, each);
        row.insert(row.end(), {each.notANumber, each.infinite});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table unitsTable(const Run& run, const EngineOptions& options) {
    Table table{{"unit", "mainPathNorm", "shortcutNorm", "ratio", "cosine", "shareCutByRelu"}, {}};
    for (const ResidualUnit& unit : run.graph().units())
        if (const std::optional<UnitNorms> norms = unitNormsOf(unit, run, options))
            table.rows.push_back({unit.name, norms->mainPath, norms->shortcut, norms->ratio(), norms->cosine,
                                  run.graph().reluAfterSum(unit) ? Table::Value(norms->belowZero) : nothing});
    return table;
}

Table contributionsTable(const Run& run, int classIndex) {
    Table table{{"feature", "mean", "weight", "contribution"}, {}};
    for (const FeatureContribution& each : featureContributions(run, classIndex))
        table.rows.push_back({std::to_string(each.feature), each.mean, each.weight, each.contribution()});
    const std::vector<float> bias = run.editedNetwork()->channelValues(run.graph().logitsStep(), "bias");
    table.rows.push_back({std::string("bias"), nothing, nothing, double(bias[std::size_t(classIndex)])});
    return table;
}

Table termsTable(const Trace& trace, const Graph& graph, std::span<const std::string> classNames) {
    Table table{{"term", "y", "x", "value", "weight", "contribution"}, {}};
    const auto place = [](std::optional<int> at) { return at ? Table::Value(std::int64_t(*at)) : nothing; };
    const auto number = [](std::optional<double> value) { return value ? Table::Value(*value) : nothing; };
    for (const TraceTerm& term : traceTerms(trace, graph, classNames))
        table.rows.push_back({term.name, place(term.y), place(term.x), number(term.value),
                              number(term.weight), term.contribution});
    return table;
}

}  // namespace resnet

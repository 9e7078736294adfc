#include "core/explain/Tables.h"

#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "core/explain/Statistics.h"
#include "core/explain/UnitNorms.h"

#include <array>
#include <charconv>
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

template <typename Number>
std::string cellText(Number number) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

std::string cellText(double number) {
    return cellText(float(number));
}

void append(Row& row, const Statistics& statistics) {
    if (statistics.count == 0)  // nothing is known of them, and that is not zero
        return void(row.insert(row.end(), 6, std::nan("")));
    row.insert(row.end(), {statistics.mean, statistics.deviation, statistics.minimum, statistics.maximum,
                           statistics.shareOfZeros(), statistics.norm});
}

const Table::Value nothing = std::string();

// The rows of each kind of trace: term, y, x, value, weight, contribution.
struct TermRows {
    const Trace& trace;
    const Graph& graph;
    std::span<const std::string> classNames;
    std::vector<Row> rows{};

    void operator()(const ConvolutionTrace& how) {
        for (const ChannelTerm& term : how.channels)
            for (const WeightedCell& cell : term.cells)
                if (!cell.isPadding)
                    rows.push_back({"channel " + std::to_string(term.channel), std::int64_t(cell.y),
                                    std::int64_t(cell.x), double(cell.value), double(cell.weight),
                                    cell.product()});
    }
    void operator()(const AffineTrace& how) {
        rows.push_back({std::string("scale x before"), nothing, nothing, double(how.before), how.scale,
                        how.scale * how.before});
        rows.push_back({std::string("shift"), nothing, nothing, nothing, nothing, how.shift});
    }
    void operator()(const ReluTrace& how) {
        rows.push_back({std::string(how.isCut() ? "cut" : "kept"), nothing, nothing, double(how.before),
                        nothing, trace.sum});
    }
    void operator()(const MaxPoolTrace& how) {
        for (std::size_t i = 0; i < how.cells.size(); ++i) {
            const WindowCell& cell = how.cells[i];
            const bool wins = int(i) == how.winner;
            const bool isEqual = cell.value == how.cells[std::size_t(how.winner)].value;
            if (!cell.isPadding)
                rows.push_back({std::string(wins      ? "largest"
                                            : isEqual ? "equal"
                                                      : "smaller"),
                                std::int64_t(cell.y), std::int64_t(cell.x), double(cell.value), nothing,
                                wins ? trace.sum : 0.0});
        }
    }
    void operator()(const SumTrace& how) {
        const auto term = [&](StepId step, double value) {
            rows.push_back(
                {graph.stepName(step), std::int64_t(trace.y), std::int64_t(trace.x), value, nothing, value});
        };
        term(how.mainPathStep, how.mainPath);
        term(how.shortcutStep, how.shortcut);
    }
    void operator()(const MeanTrace& how) {
        const double weight = 1.0 / double(how.cells.size());
        for (int i = 0; i < int(how.cells.size()); ++i) {
            const double value = how.cells[std::size_t(i)];
            rows.push_back({std::string("cell"), std::int64_t(i / how.width), std::int64_t(i % how.width),
                            value, weight, value * weight});
        }
    }
    void operator()(const DenseTrace& how) {
        for (const FeatureTerm& term : how.features)
            rows.push_back({"feature " + std::to_string(term.feature), nothing, nothing, double(term.value),
                            double(term.weight), term.product()});
        rows.push_back({std::string("bias"), nothing, nothing, nothing, nothing, double(how.bias)});
    }
    // The value is the exponential; over the denominator it is the probability.
    void operator()(const SoftmaxTrace& how) {
        for (const ClassTerm& term : how.classes)
            rows.push_back({classNames[std::size_t(term.index)], nothing, nothing, term.exponential,
                            1.0 / how.denominator, term.index == trace.channel ? trace.sum : 0.0});
    }
};

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

Table stepsTable(const Graph& graph, const Run& activations) {
    Table table{{"step", "kind", "channels", "height", "width", "mean", "deviation", "minimum", "maximum",
                 "shareOfZeros", "norm", "deadChannels", "notANumber", "infinite", "milliseconds"},
                {}};
    for (const Step& step : graph.steps()) {
        if (!activations.has(step.id))
            continue;
        const std::vector<Statistics> channels = channelStatistics(*activations.output(step.id));
        const Statistics all = merged(channels);
        Row row{step.name, std::string(name(step.kind)), std::int64_t(step.output.channels),
                std::int64_t(step.output.height), std::int64_t(step.output.width)};
        append(row, all);
        row.insert(row.end(), {std::int64_t(deadChannels(channels)), all.notANumber, all.infinite,
                               std::round(activations.milliseconds(step.id) * 1000.0) / 1000.0});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table channelsTable(const Graph& graph, const Run& activations, StepId step) {
    const FeatureMapsPtr& maps = activations.output(step);
    if (!maps)
        throw Error(graph.stepName(step) + " is not computed");
    Table table{{"channel", "mean", "deviation", "minimum", "maximum", "shareOfZeros", "norm", "notANumber",
                 "infinite"},
                {}};
    for (const Statistics& each : channelStatistics(*maps)) {
        Row row{std::int64_t(table.rows.size())};
        append(row, each);
        row.insert(row.end(), {each.notANumber, each.infinite});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table unitsTable(const Graph& graph, const Run& activations) {
    Table table{{"unit", "mainPathNorm", "shortcutNorm", "ratio", "cosine", "shareCutByRelu"}, {}};
    for (const ResidualUnit& unit : graph.units())
        if (const std::optional<UnitNorms> norms = unitNormsOf(unit, activations))
            table.rows.push_back(
                {unit.name, norms->mainPath, norms->shortcut, norms->ratio(), norms->cosine, norms->cut});
    return table;
}

Table contributionsTable(const Network& network, const Run& activations, int classIndex) {
    Table table{{"feature", "mean", "weight", "contribution"}, {}};
    for (const FeatureContribution& each : featureContributions(network, activations, classIndex))
        table.rows.push_back({std::to_string(each.feature), each.mean, each.weight, each.contribution()});
    const Tensor& bias = network.parameter(network.graph().logitsStep(), "bias");
    table.rows.push_back(
        {std::string("bias"), nothing, nothing, double(bias.values[std::size_t(classIndex)])});
    return table;
}

Table termsTable(const Trace& trace, const Graph& graph, std::span<const std::string> classNames) {
    TermRows terms{trace, graph, classNames};
    std::visit(terms, trace.how);
    return {{"term", "y", "x", "value", "weight", "contribution"}, std::move(terms.rows)};
}

}  // namespace resnet

#include "app/cli/TraceJson.h"

#include "app/cli/TraceText.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace resnet::app {

double shortest(float value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    double result = value;
    std::from_chars(text, end, result);
    return result;
}

namespace {

using Json = nlohmann::ordered_json;

// What a kind of step adds to the JSON: fields beside the terms, and the terms.
struct Parts {
    Json fields = Json::object();
    Json terms = Json::array();
};

// kernel x kernel rows of one number a cell.
template <class Cell, class Number>
Json rowsOf(const std::vector<Cell>& cells, int kernel, const Number& number) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i % std::size_t(kernel) == 0)
            rows.push_back(Json::array());
        rows.back().push_back(number(cells[i]));
    }
    return rows;
}

Json valueOrNull(const WindowCell& cell) {
    return cell.isPadding ? Json() : Json(shortest(cell.value));
}

Parts partsOf(const ConvolutionTrace& how, const Trace&, const Model&) {
    Parts parts;
    const WindowCell& first = how.channels.front().cells.front();
    parts.fields["window"] = {{"top", first.y}, {"left", first.x}, {"size", how.kernel}};
    for (const ChannelTerm& term : how.channels)
        parts.terms.push_back({{"channel", term.channel},
                               {"contribution", term.sum},
                               {"values", rowsOf(term.cells, how.kernel, valueOrNull)},
                               {"weights", rowsOf(term.cells, how.kernel, [](const WeightedCell& cell) {
                                    return shortest(cell.weight);
                                })}});
    return parts;
}

Parts partsOf(const AffineTrace& how, const Trace&, const Model&) {
    return {{{"before", shortest(how.before)},
             {"scale", how.scale},
             {"shift", how.shift},
             {"gamma", shortest(how.gamma)},
             {"beta", shortest(how.beta)},
             {"mean", shortest(how.mean)},
             {"variance", shortest(how.variance)},
             {"epsilon", how.epsilon}},
            {{{"name", "scale x before"}, {"contribution", how.scale * how.before}},
             {{"name", "shift"}, {"contribution", how.shift}}}};
}

Parts partsOf(const ReluTrace& how, const Trace& trace, const Model&) {
    return {{{"cut", how.isCut()}},
            {{{"name", "before"}, {"value", shortest(how.before)}, {"contribution", trace.sum}}}};
}

Parts partsOf(const MaxPoolTrace& how, const Trace& trace, const Model&) {
    Parts parts;
    for (int i = 0; i < int(how.cells.size()); ++i) {
        const WindowCell& cell = how.cells[std::size_t(i)];
        const bool wins = i == how.winner;
        parts.terms.push_back({{"at", {cell.y, cell.x}},
                               {"value", valueOrNull(cell)},
                               {"wins", wins},
                               {"contribution", wins ? trace.sum : 0.0}});
    }
    return parts;
}

Parts partsOf(const SumTrace& how, const Trace&, const Model& model) {
    const Graph& graph = model.graph();
    return {Json::object(),
            {{{"name", "main path"},
              {"step", graph.stepName(how.mainPathStep)},
              {"contribution", shortest(how.mainPath)}},
             {{"name", "shortcut"},
              {"step", graph.stepName(how.shortcutStep)},
              {"contribution", shortest(how.shortcut)}}}};
}

Parts partsOf(const MeanTrace& how, const Trace&, const Model&) {
    Parts parts;
    parts.fields["cells"] = how.cells.size();
    for (int i = 0; i < int(how.cells.size()); ++i) {
        const float value = how.cells[std::size_t(i)];
        parts.terms.push_back({{"at", {i / how.width, i % how.width}},
                               {"value", shortest(value)},
                               {"contribution", double(value) / double(how.cells.size())}});
    }
    return parts;
}

Parts partsOf(const DenseTrace& how, const Trace&, const Model&) {
    Parts parts;
    for (const FeatureTerm& term : how.features)
        parts.terms.push_back({{"feature", term.feature},
                               {"value", shortest(term.value)},
                               {"weight", shortest(term.weight)},
                               {"contribution", term.product()}});
    parts.terms.push_back({{"name", "bias"}, {"contribution", shortest(how.bias)}});
    return parts;
}

Parts partsOf(const SoftmaxTrace& how, const Trace& trace, const Model& model) {
    Parts parts;
    parts.fields["largestLogit"] = shortest(float(how.largestLogit));
    parts.fields["exponential"] = how.exponential;
    parts.fields["denominator"] = how.denominator;
    for (const ClassTerm& term : how.classes)
        parts.terms.push_back({{"class", term.index},
                               {"label", model.classNames[std::size_t(term.index)]},
                               {"logit", shortest(term.logit)},
                               {"exponential", term.exponential},
                               {"contribution", term.index == trace.channel ? trace.sum : 0.0}});
    return parts;
}

}  // namespace

QString traceJson(const Trace& trace, const Model& model) {
    const Step& step = model.graph().step(trace.step);
    const Parts parts = std::visit([&](const auto& how) { return partsOf(how, trace, model); }, trace.how);
    Json head{{"step", step.name},
              {"kind", std::string(name(step.kind))},
              {"channel", trace.channel},
              {"at", {trace.y, trace.x}},
              {"value", shortest(trace.value)},
              {"sum", trace.sum},
              {"difference", trace.difference()}};
    head.update(parts.fields);
    std::string text = head.dump();
    text.pop_back();  // "}"
    text += ",\"terms\":[";
    const char* separator = "\n";
    for (const Json& term : parts.terms) {
        text += separator + term.dump();
        separator = ",\n";
    }
    return QString::fromStdString(text + "\n]}\n");
}

}  // namespace resnet::app

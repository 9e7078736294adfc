#include "app/cli/TraceReport.h"

#include "core/tensor/NumberText.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace resnet::app {

namespace {

constexpr std::size_t mostLines = 12;  // of terms, before the rest becomes one
constexpr std::size_t mostPatches = 2;

QString number(double value, int width = 14) {
    return QString::number(value, 'g', 7).rightJustified(width);
}

QString line(const QString& what, double value) {
    return QStringLiteral("  ") + what.leftJustified(44) + number(value) + QLatin1Char('\n');
}

QString cellText(const WindowCell& cell) {
    return cell.isPadding ? QStringLiteral("padding") : QString::number(double(cell.value), 'g', 5);
}

// kernel x kernel cells: values, then weights.
QString patchText(const ChannelTerm& term, int kernel) {
    const WindowCell& first = term.cells.front();
    QString text = QStringLiteral("\n  input channel %1, rows %2 to %3, columns %4 to %5: value x weight\n")
                       .arg(term.channel)
                       .arg(first.y)
                       .arg(first.y + kernel - 1)
                       .arg(first.x)
                       .arg(first.x + kernel - 1);
    for (std::size_t i = 0; i < term.cells.size(); ++i) {
        const WeightedCell& cell = term.cells[i];
        text += (i % std::size_t(kernel) == 0 ? QStringLiteral("   ") : QString()) +
                QStringLiteral("%1 x %2").arg(cellText(cell), 11).arg(double(cell.weight), -11, 'g', 4) +
                (i % std::size_t(kernel) + 1 == std::size_t(kernel) ? QStringLiteral("\n") : QString());
    }
    return text;
}

// The first terms one per line, the rest as one.
template <class Terms, class Line>
QString linesOf(const Terms& terms, double rest, const QString& restName, const Line& lineOf) {
    QString text;
    const std::size_t shown = std::min(terms.size(), mostLines);
    for (std::size_t i = 0; i < shown; ++i)
        text += lineOf(terms[i]);
    if (terms.size() > shown)
        text += line(QStringLiteral("the other %1 %2").arg(terms.size() - shown).arg(restName), rest);
    return text;
}

QString tracedText(const ConvolutionTrace& how, const Trace&, const Model&) {
    return linesOf(how.channels, how.rest(mostLines), QStringLiteral("input channels"),
                   [](const ChannelTerm& term) {
                       return line(QStringLiteral("input channel %1").arg(term.channel), term.sum);
                   }) +
           (how.bias ? line(QStringLiteral("bias"), *how.bias) : QString());
}

QString tracedText(const FunctionTrace& how, const Trace&, const Model&) {
    return line(QStringLiteral("before %1").arg(QString::fromStdString(std::string(name(how.function)))),
                how.before);
}

QString tracedText(const CopyTrace& how, const Trace&, const Model&) {
    return line(QStringLiteral("channel %1, cell %2,%3").arg(how.channel).arg(how.y).arg(how.x), how.before);
}

QString tracedText(const AffineTrace& how, const Trace&, const Model&) {
    if (!how.isBatchNorm)
        return line(QStringLiteral("before"), how.before) + line(QStringLiteral("x factor"), how.scale) +
               line(QStringLiteral("+ offset"), how.shift);
    return line(QStringLiteral("before"), how.before) +
           line(QStringLiteral("scale = gamma / sqrt(variance + epsilon)"), how.scale) +
           line(QStringLiteral("shift = beta - mean x scale"), how.shift) +
           QStringLiteral("  gamma %1, beta %2, mean %3, variance %4, epsilon %5\n")
               .arg(double(how.gamma))
               .arg(double(how.beta))
               .arg(double(how.mean))
               .arg(double(how.variance))
               .arg(how.epsilon) +
           line(QStringLiteral("scale x before"), how.scale * how.before) +
           line(QStringLiteral("+ shift"), how.shift);
}

QString tracedText(const ReluTrace& how, const Trace&, const Model&) {
    return line(how.isCut() ? QStringLiteral("before, below zero: cut to 0")
                            : QStringLiteral("before, kept as it is"),
                how.before);
}

QString tracedText(const MaxPoolTrace& how, const Trace&, const Model&) {
    QString text;
    for (int i = 0; i < int(how.cells.size()); ++i) {
        const WindowCell& cell = how.cells[std::size_t(i)];
        const QString at = QStringLiteral("cell %1,%2").arg(cell.y).arg(cell.x);
        if (cell.isPadding)
            text += QStringLiteral("  %1, padding, does not take part\n").arg(at);
        else
            text += line(i == how.winner ? at + QStringLiteral(", the largest") : at, cell.value);
    }
    return text;
}

QString tracedText(const SumTrace& how, const Trace&, const Model& model) {
    const auto name = [&](StepId step) { return QString::fromStdString(model.graph().stepName(step)); };
    const auto term = [&](const QString& what, float value, float gain, double contribution) {
        if (gain == 1.0f)
            return line(what, value);
        return line(what + QStringLiteral(": %1 x %2").arg(double(gain)).arg(double(value), 0, 'g', 7),
                    contribution);
    };
    return term(QStringLiteral("main path F(x), %1").arg(name(how.mainPathStep)), how.mainPath,
                how.mainPathGain, how.mainPathTerm()) +
           term(QStringLiteral("+ shortcut, %1").arg(name(how.shortcutStep)), how.shortcut, how.shortcutGain,
                how.shortcutTerm());
}

QString tracedText(const MeanTrace& how, const Trace&, const Model&) {
    return line(QStringLiteral("total of %1 x %2 cells").arg(how.height).arg(how.width), how.total) +
           line(QStringLiteral("divided by"), how.count);
}

QString tracedText(const DenseTrace& how, const Trace&, const Model&) {
    return linesOf(how.features, how.rest(mostLines), QStringLiteral("features"),
                   [](const FeatureTerm& term) {
                       return line(QStringLiteral("feature %1: %2 x %3")
                                       .arg(term.feature, 3)
                                       .arg(double(term.value), 0, 'g', 5)
                                       .arg(double(term.weight), 0, 'g', 5),
                                   term.product());
                   }) +
           line(QStringLiteral("bias"), how.bias);
}

QString tracedText(const SoftmaxTrace& how, const Trace& trace, const Model& model) {
    double others = how.denominator;
    for (std::size_t i = 0; i < std::min(how.classes.size(), mostLines); ++i)
        others -= how.classes[i].exponential;
    return QStringLiteral("  exp(logit - largest logit) of each class:\n") +
           linesOf(how.classes, others, QStringLiteral("classes"),
                   [&](const ClassTerm& term) {
                       return line(QStringLiteral("%1, logit %2")
                                       .arg(QString::fromStdString(model.classNames[std::size_t(term.index)]))
                                       .arg(double(term.logit), 0, 'g', 6),
                                   term.exponential);
                   }) +
           line(QStringLiteral("denominator, the sum of all"), how.denominator) +
           line(QStringLiteral("numerator, of %1")
                    .arg(QString::fromStdString(model.classNames[std::size_t(trace.channel)])),
                how.exponential);
}

}  // namespace

QString traceText(const Trace& trace, const Model& model) {
    const Step& step = model.graph().step(trace.step);
    QString text =
        QStringLiteral("%1 (%2), channel %3, cell %4,%5\n")
            .arg(QString::fromStdString(step.name), QString::fromStdString(std::string(name(step.kind))))
            .arg(trace.channel)
            .arg(trace.y)
            .arg(trace.x);
    text += std::visit([&](const auto& how) { return tracedText(how, trace, model); }, trace.how);
    text += line(QStringLiteral("sum"), trace.sum) +
            line(QStringLiteral("value in the map"), double(trace.value));
    if (trace.difference() != 0.0)
        text += QStringLiteral("  (they differ by %1: the map is in single precision%2)\n")
                    .arg(QString::number(std::abs(trace.difference()), 'g', 2),
                         trace.agrees() ? QString() : QStringLiteral(" and by a faster algorithm"));
    if (const auto* how = std::get_if<ConvolutionTrace>(&trace.how))
        for (std::size_t i = 0; i < std::min(how->channels.size(), mostPatches); ++i)
            text += patchText(how->channels[i], how->kernel);
    return text;
}

double shortest(float value) {
    const std::string text = numberText(value);
    double result = value;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

namespace {

using Json = nlohmann::ordered_json;

// What a kind of step adds to the JSON: fields beside the terms, and the terms.
struct Parts {
    Json fields = Json::object();
    Json terms = Json::array();
};

// kernel x kernel rows of one number per cell.
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
    if (how.bias)
        parts.terms.push_back({{"name", "bias"}, {"contribution", shortest(*how.bias)}});
    return parts;
}

Parts partsOf(const FunctionTrace& how, const Trace& trace, const Model&) {
    return {{{"function", std::string(name(how.function))}, {"slope", how.slope}},
            {{{"name", "before"}, {"value", shortest(how.before)}, {"contribution", trace.sum}}}};
}

Parts partsOf(const CopyTrace& how, const Trace&, const Model&) {
    return {{{"padding", how.isZero}},
            {{{"channel", how.channel}, {"at", {how.y, how.x}}, {"contribution", how.before}}}};
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
    const auto term = [&](const char* name, StepId step, float value, float gain, double contribution) {
        // A gain of 1 gives back the map's own number.
        return Json{{"name", name},
                    {"step", graph.stepName(step)},
                    {"value", shortest(value)},
                    {"gain", shortest(gain)},
                    {"contribution", gain == 1.0f ? shortest(value) : contribution}};
    };
    return {Json::object(),
            {term("main path", how.mainPathStep, how.mainPath, how.mainPathGain, how.mainPathTerm()),
             term("shortcut", how.shortcutStep, how.shortcut, how.shortcutGain, how.shortcutTerm())}};
}

Parts partsOf(const MeanTrace& how, const Trace&, const Model&) {
    Parts parts;
    parts.fields["cells"] = how.cells.size();
    for (int i = 0; i < int(how.cells.size()); ++i) {
        const float value = how.cells[std::size_t(i)];
        parts.terms.push_back({{"at", {how.top + i / how.width, how.left + i % how.width}},
                               {"value", shortest(value)},
                               {"contribution", double(value) / how.count}});
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

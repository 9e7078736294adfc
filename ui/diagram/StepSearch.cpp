#include "ui/diagram/StepSearch.h"

#include "ui/drawing/DiagramLayout.h"

#include <QRegularExpression>

#include <algorithm>

namespace resnet::ui {

namespace {

// "14 × 14" and "14x14" alike, in lower case.
QString plain(const QString& text) {
    return text.toLower().replace(QChar(0x00D7), QLatin1Char('x'));
}

QString wordsOf(const Graph& graph, const Step& step) {
    const auto text = [](std::string_view view) {
        return QString::fromUtf8(view.data(), qsizetype(view.size()));
    };
    QStringList words{text(step.name), text(name(step.kind)), shortKind(step)};
    switch (step.way) {
        case Way::Shortcut:
            words << QStringLiteral("projection shortcut downsample");
            break;
        case Way::MainPath:
            words << QStringLiteral("main path");
            break;
        case Way::Stem:
            words << QStringLiteral("stem");
            break;
        case Way::Head:
            words << QStringLiteral("head");
            break;
        case Way::Sum:
            break;
    }
    if (const ResidualUnit* unit = graph.unitOf(step.id); unit && unit->add == step.id)
        words << QStringLiteral("sum shortcut")
              << (unit->isPadded()        ? QStringLiteral("padded")
                  : unit->hasProjection() ? QStringLiteral("projected")
                                          : QStringLiteral("identity"));
    if (step.stage >= 0)
        words << QStringLiteral("stage%1").arg(step.stage + 1);
    return plain(words.join(QLatin1Char('\n')));
}

bool isNumber(const QString& word) {
    return std::ranges::all_of(word, [](QChar c) { return c.isDigit(); });
}

bool isShape(const QString& word) {
    return word.size() > 1 && word[0].isDigit() &&
           std::ranges::all_of(word, [](QChar c) { return c.isDigit() || c == QLatin1Char('x'); });
}

bool fits(const QString& word, const Step& step, const QString& words) {
    if (isNumber(word))
        return QString::number(step.output.channels) == word;
    if (isShape(word)) {
        const QString shape = plain(compactShape(step.output));
        if (shape == word || shape.startsWith(word + QLatin1Char('x')))
            return true;
    }
    return words.contains(word);
}

bool beginsNameOfInput(const QString& word) {
    return word.size() > 1 &&
           (QStringLiteral("input").startsWith(word) || QStringLiteral("picture").startsWith(word));
}

}  // namespace

std::vector<StepId> findSteps(const Graph& graph, const QString& text) {
    std::vector<StepId> found;
    QString query = plain(text.simplified());
    query.replace(QStringLiteral(" x "), QStringLiteral("x"));
    query.replace(QStringLiteral("stage "), QStringLiteral("stage"));
    if (query.isEmpty())
        return found;
    const QStringList words = query.split(QLatin1Char(' '));
    if (std::ranges::all_of(words, beginsNameOfInput))
        found.push_back(inputStep);
    for (const Step& step : graph.steps()) {
        const QString known = wordsOf(graph, step);
        // "batch norm" is one thing, not two words.
        const bool isPhrase = !isNumber(query) && known.contains(query);
        const auto fitsStep = [&](const QString& word) { return fits(word, step, known); };
        if (isPhrase || std::ranges::all_of(words, fitsStep))
            found.push_back(step.id);
    }
    return found;
}

std::optional<StepId> stepCalled(const Graph& graph, const QString& text) {
    QString name = plain(text.simplified());
    if (name == QLatin1String("input"))
        return inputStep;
    if (const auto step = graph.find(name.toStdString()))
        return step;
    static const QRegularExpression stage(QStringLiteral("^stage ?(?=\\d+$)"));
    name.replace(stage, QStringLiteral("layer"));
    if (const auto group = groupNamed(graph, name.toStdString()))
        return stepsOf(graph, *group).front().id;
    return std::nullopt;
}

}  // namespace resnet::ui

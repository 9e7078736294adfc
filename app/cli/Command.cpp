#include "app/cli/Command.h"

#include <QCommandLineParser>

namespace resnet::app {

QCommandLineOption formatOption() {
    return {QStringLiteral("format"), QStringLiteral("text or json"), QStringLiteral("KIND"),
            QStringLiteral("text")};
}

QCommandLineOption themeOption() {
    return {QStringLiteral("theme"), QStringLiteral("light, dark or print (black and white)"),
            QStringLiteral("THEME"), QStringLiteral("light")};
}

Invocation::Invocation(const QCommandLineParser& parser, NetworkOptions network, std::stop_token stop)
    : m_parser(parser), m_network(std::move(network)), m_stop(std::move(stop)) {}

QStringList Invocation::arguments() const {
    return m_parser.positionalArguments();
}

bool Invocation::has(const QString& option) const {
    return m_parser.isSet(option);
}

QString Invocation::value(const QString& option) const {
    return m_parser.value(option);
}

QStringList Invocation::values(const QString& option) const {
    return m_parser.values(option);
}

QString Invocation::required(const QString& option) const {
    const QString given = value(option);
    if (given.isEmpty())
        throw UsageError(QStringLiteral("--%1 is needed").arg(option));
    return given;
}

QString Invocation::choice(const QString& option, const QStringList& choices) const {
    const QString given = value(option);
    if (!choices.contains(given))
        throw UsageError(QStringLiteral("--%1: expected %2, found '%3'")
                             .arg(option, choices.join(QStringLiteral(" or ")), given));
    return given;
}

bool Invocation::wantsJson() const {
    return choice(QStringLiteral("format"), {QStringLiteral("text"), QStringLiteral("json")}) ==
           QLatin1String("json");
}

ui::Theme::Kind Invocation::theme() const {
    const QString name = choice(QStringLiteral("theme"),
                                {QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("print")});
    return name == QLatin1String("dark")    ? ui::Theme::Kind::Dark
           : name == QLatin1String("print") ? ui::Theme::Kind::Print
                                            : ui::Theme::Kind::Light;
}

int Invocation::integer(const QString& option, int low, int high) const {
    return parseInteger(option, value(option), low, high);
}

double Invocation::number(const QString& option, double low, double high) const {
    return parseNumber(option, value(option), low, high);
}

void Invocation::throwIfInterrupted() const {
    if (m_stop.stop_requested())
        throw Interrupted();
}

}  // namespace resnet::app

#pragma once

#include "app/cli/NetworkOptions.h"
#include "ui/painting/Theme.h"

#include <QCommandLineOption>
#include <QList>
#include <QString>
#include <QStringList>

#include <stdexcept>
#include <stop_token>

class QCommandLineParser;

namespace resnet::app {

// What a subcommand can end with. Data goes to stdout, messages to stderr.
enum ExitStatus : int { ExitDone = 0, ExitFailed = 1, ExitWrongUsage = 2, ExitInterrupted = 130 };

// The command line itself is wrong: one line and a hint to --help, status 2.
class UsageError : public std::runtime_error {
public:
    explicit UsageError(const QString& message) : std::runtime_error(message.toStdString()) {}
};

// SIGINT came, or the reader of our output went away: no message, no file, status 130.
class Interrupted : public std::exception {};

class Invocation;

inline constexpr int unlimited = 1'000'000'000;

// A subcommand as a value. commands() in Commands.h lists them all, one line each.
//
// `run` returns an ExitStatus. Whatever it throws is told in one line: resnet::Error gives status 1,
// UsageError 2, Interrupted 130.
struct Command {
    QString name;       // "predict"
    QString arguments;  // as the usage line shows them: "IMAGE..."
    QString summary;    // one line, no full stop
    QList<QCommandLineOption> options{};
    int minimumArguments = 0;
    int maximumArguments = 0;
    bool takesNetwork = true;  // has the options of NetworkOptions.h
    bool paints = false;       // needs fonts: runs with a QGuiApplication on the offscreen platform
    int (*run)(const Invocation&) = nullptr;
    QString notes{};  // more for --help, lines of at most 80 characters
};

// The name of an option, or a word that one takes.
inline QString option(const char* name) {
    return QLatin1String(name);
}

// --format text|json, with text as the default.
QCommandLineOption formatOption();

// --theme light|dark|print, with light as the default.
QCommandLineOption themeOption();

// What a subcommand was called with.
class Invocation {
public:
    Invocation(const QCommandLineParser& parser, NetworkOptions network, std::stop_token stop);

    QStringList arguments() const;
    const NetworkOptions& network() const { return m_network; }

    bool has(const QString& option) const;
    // The value given last, or the option's default.
    QString value(const QString& option) const;
    // All that were given, in their order.
    QStringList values(const QString& option) const;
    // Each throws UsageError that names the option, what it takes and what was given.
    QString required(const QString& option) const;
    QString choice(const QString& option, const QStringList& choices) const;
    bool wantsJson() const;         // of formatOption()
    ui::Theme::Kind theme() const;  // of themeOption()
    int integer(const QString& option, int low, int high) const;
    double number(const QString& option, double low, double high) const;

    // Set by SIGINT. Pass it to what takes long; when that stops early, throw Interrupted.
    const std::stop_token& stop() const { return m_stop; }
    void throwIfInterrupted() const;

private:
    const QCommandLineParser& m_parser;
    NetworkOptions m_network;
    std::stop_token m_stop;
};

}  // namespace resnet::app

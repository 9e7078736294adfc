#pragma once

#include "core/model/Model.h"

#include <QCommandLineOption>
#include <QList>
#include <QString>

class QCommandLineParser;

namespace resnet::app {

// The options that say which network to use: the same for the window and every subcommand.
struct NetworkOptions {
    QString weights;       // empty: the bundled network, or a new one
    ModelRequest request;  // what the other flags say
    bool isNew = false;    // flags describe a network without weights
    bool hasSeed = false;
    int threads = 0;  // 0: all the machine has
};

// --weights --copy --padding --epsilon --architecture --unit --stride-in --shortcut --stem --input-channels
// --units --channels --classes --input --seed --threads
QList<QCommandLineOption> networkOptions();

// Throws UsageError naming the first option that cannot be used.
// Where a command's own --unit names a residual unit, only the values that are kinds of units are taken.
NetworkOptions parseNetworkOptions(const QCommandLineParser& parser, bool unitIsShared = false);
bool isUnitKind(const QString& text);

// A whole value in range, or UsageError naming the option.
int parseInteger(const QString& option, const QString& text, int low, int high);
double parseNumber(const QString& option, const QString& text, double low, double high);

}  // namespace resnet::app

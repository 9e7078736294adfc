#pragma once

#include <QString>
#include <QStringList>

namespace resnet::app {

// A bash script that completes the commands, their options, the words these take, and files.
QString bashCompletion();

// The words an option takes, where its description lists them, as in "light, dark or print (black and
// white)"; else none.
QStringList choicesIn(const QString& description);

}  // namespace resnet::app

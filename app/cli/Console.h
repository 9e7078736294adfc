#pragma once

#include <QByteArray>
#include <QString>

#include <nlohmann/json_fwd.hpp>

#include <stop_token>

namespace resnet::app {

// Data for stdout, all of it. Throws Interrupted if the reader went away, Error if it cannot be written.
void print(const QByteArray& data);
void print(const QString& text);

// A number as JSON has it: null where it is not finite.
nlohmann::ordered_json jsonNumber(double value);

// One line for the person, on stderr.
void tell(const QString& message);

// From now on SIGINT requests a stop instead of ending the process; a second one, or a command that has not
// stopped after two seconds, ends it with status 130. SIGPIPE and SIGXFSZ (a file grown too
// large) become errors of what writes.
// Call it once, before any other thread is started.
std::stop_token stopOnInterrupt();

}  // namespace resnet::app

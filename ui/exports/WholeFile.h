#pragma once

#include <QByteArray>
#include <QString>

namespace resnet::ui {

// What can be known before there are any bytes: throws Error if no file can be there.
void checkTarget(const QString& path);

// Writes a file whole or not at all: on any failure (full disk, read-only folder, a folder of that name) an
// older file stays as it was, nothing else is left behind, and Error names the file and the reason.
// A device or pipe is written to directly.
void writeWholeFile(const QString& path, const QByteArray& bytes);

}  // namespace resnet::ui

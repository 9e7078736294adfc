#pragma once

#include <QByteArray>
#include <QString>

namespace resnet::ui {

// Writes a file whole or not at all: on any failure (full disk, read-only folder, a folder of that name) an
// older file stays as it was, nothing else is left behind, and Error names the file and the reason.
// A device or pipe is written to directly.
void writeWholeFile(const QString& path, const QByteArray& bytes);

}  // namespace resnet::ui

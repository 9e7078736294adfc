#pragma once

#include <QString>

class QMenu;

namespace resnet::ui {

// A title over the entries that follow, with a line above it if others come before. (A style sheet leaves out
// the texts of QMenu's own sections.)
void addHeading(QMenu& menu, const QString& title);

}  // namespace resnet::ui

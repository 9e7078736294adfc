#pragma once

#include "ui/workspace/View.h"

#include <QStringList>

namespace resnet::ui {

// The views of what a score owes to which place. `photographs` are files to take means over.
ViewEntries attributionViews(const QStringList& photographs = {});

}  // namespace resnet::ui

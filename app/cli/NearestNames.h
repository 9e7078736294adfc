#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace resnet::app {

// The names that take the fewest changed, added and left out letters to become what was typed, the nearest
// first; at most three, and none that is much farther than the nearest.
QStringList nearestNames(const QString& typed, const std::vector<std::string>& names);

}  // namespace resnet::app

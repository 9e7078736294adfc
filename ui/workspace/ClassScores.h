#pragma once

#include <QStringList>

#include <vector>

namespace resnet::ui {

class Workspace;

// Of the open network's classes, by their index; none without one.
QStringList classNames(const Workspace& workspace);
// Their probabilities; empty while they are not computed.
std::vector<float> classScores(const Workspace& workspace);

}  // namespace resnet::ui

#pragma once

#include <QList>
#include <QString>

#include <utility>

class QButtonGroup;
class QObject;

namespace resnet::ui {

// A group of chips of which one is chosen, at first the first; each chip's id is its place.
QButtonGroup* chips(const QList<std::pair<QString, QString>>& textsAndTips, QObject* parent);

}  // namespace resnet::ui

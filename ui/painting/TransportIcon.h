#pragma once

#include <QColor>
#include <QIcon>

namespace resnet::ui {

enum class Transport { First, Back, Play, Pause, Forward, Last };

// The sign of a transport button, 16 x 16, sharp at every scale.
QIcon transportIcon(Transport sign, const QColor& color, const QColor& disabled);

}  // namespace resnet::ui

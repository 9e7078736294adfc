#pragma once

#include "ui/exports/Figure.h"

#include <QByteArray>

namespace resnet::ui {

// A figure as an SVG 1.1 document `scale` times its size. The same figure gives the same bytes.
QByteArray svgOf(const Figure& figure, double scale = 1.0);

}  // namespace resnet::ui

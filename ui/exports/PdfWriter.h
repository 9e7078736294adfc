#pragma once

#include "ui/exports/Figure.h"

#include <QByteArray>

namespace resnet::ui {

// A figure as one PDF page `scale` times its size, fonts embedded. The same figure gives the same bytes.
QByteArray pdfOf(const Figure& figure, double scale = 1.0);

}  // namespace resnet::ui

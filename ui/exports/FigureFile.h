#pragma once

#include "ui/exports/Figure.h"

class QMimeData;

namespace resnet::ui {

// Writes a figure as its name says, .svg, .pdf or .png, whole or not at all. Throws Error.
void writeFigure(const QString& path, const Figure& figure, double scale);

// A figure for the clipboard: as an image and as SVG. Throws Error if the image would be too large.
QMimeData* figureMimeData(const Figure& figure, double scale);

}  // namespace resnet::ui

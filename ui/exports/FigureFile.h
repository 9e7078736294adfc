#pragma once

#include "core/explain/Tables.h"
#include "core/tensor/FeatureMaps.h"
#include "ui/exports/Figure.h"

#include <QByteArray>

class QMimeData;

namespace resnet::ui {

// Writes a figure as its name says, .svg, .pdf or .png, whole or not at all. Throws Error.
void writeFigure(const QString& path, const Figure& figure, double scale);

// A figure for the clipboard: as an image and as SVG. Throws Error if the image would be too large.
QMimeData* figureMimeData(const Figure& figure, double scale);

// The bytes of an .npy file: float32, channels x height x width.
QByteArray npyFile(const FeatureMaps& maps);
// One channel alone: 1 x height x width.
QByteArray npyFile(const FeatureMapView& channel);

// The bytes of a .csv file.
QByteArray csvFile(const Table& table);

}  // namespace resnet::ui

#pragma once

#include "core/explain/Tables.h"
#include "core/tensor/FeatureMaps.h"
#include "ui/exports/Figure.h"

#include <QByteArray>
#include <QImage>

#include <stop_token>

class QMimeData;

namespace resnet::ui {

// Writes a figure as its name says, .svg, .pdf or .png, whole or not at all. Throws Error, also when stopped.
void writeFigure(const QString& path, const Figure& figure, double scale, const std::stop_token& stop = {});

// A figure for the clipboard: as an image, the same as PNG, and as SVG. Any thread may make one. Throws Error
// if the image would be too large, and when stopped.
struct FigureCopy {
    QImage image;
    QByteArray png;
    QByteArray svg;
};
FigureCopy copyOf(const Figure& figure, double scale, const std::stop_token& stop = {});
QMimeData* mimeDataOf(const FigureCopy& copy);

// The bytes of an .npy file: float32, channels x height x width.
QByteArray npyFile(const FeatureMaps& maps);
// One channel alone: 1 x height x width.
QByteArray npyFile(const FeatureMapView& channel);

// The bytes of a .csv file.
QByteArray csvFile(const Table& table);

}  // namespace resnet::ui

#pragma once

#include "core/explain/Tables.h"
#include "core/tensor/FeatureMaps.h"

#include <QByteArray>

namespace resnet::ui {

// The bytes of an .npy file: float32, channels x height x width.
QByteArray npyFile(const FeatureMaps& maps);
// One channel alone: 1 x height x width.
QByteArray npyFile(const FeatureMapView& channel);

// The bytes of a .csv file.
QByteArray csvFile(const Table& table);

}  // namespace resnet::ui

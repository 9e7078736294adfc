#pragma once

#include <QString>

namespace resnet::app {

// Where the bundled model and sample pictures lie: beside an installed program (../share/resnet-explorer), or
// in the source tree the program was built from. Each is a folder that exists, or empty.
QString modelsFolder();
QString samplesFolder();

// The bundled network, or empty if it is not there.
QString bundledWeights();

}  // namespace resnet::app

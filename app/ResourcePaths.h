#pragma once

#include <QString>

namespace resnet::app {

// Where the bundled model and sample pictures lie: installed beside the program (../share/resnet-explorer),
// or, for a program that lies where it was built, in the source tree. Each is a folder that exists, or empty.
QString modelsFolder();
QString samplesFolder();

// The bundled network, or empty if it is not there.
QString bundledWeights();

}  // namespace resnet::app

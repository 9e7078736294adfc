#pragma once

#include <QString>

namespace resnet::app {

// Where the bundled model and sample pictures lie: installed beside the program (../share/resnet-explorer),
// or, for a program that lies where it was built, in the source tree. Each is a folder that exists, or empty.
QString modelsFolder();
QString samplesFolder();

// The bundled network, or empty if it is not there.
QString bundledWeights();

// Two small networks trained alike, with shortcuts and without, or empty if they are not there.
QString residualTwin();
QString plainTwin();

}  // namespace resnet::app

#pragma once

#include <QString>

namespace resnet::app {

// Where the bundled model, sample pictures and documents lie: installed beside the program
// (../share/resnet-explorer), or, for a program that lies where it was built, in the source tree. Each is a
// folder that exists, or empty.
QString modelsFolder();
QString samplesFolder();

// The guide, with the other documents beside it, or empty if it is not there.
QString guideFile();

// The bundled network, or empty if it is not there.
QString bundledWeights();

// Two small networks trained alike, with shortcuts and without, or empty if they are not there.
QString residualTwin();
QString plainTwin();

}  // namespace resnet::app

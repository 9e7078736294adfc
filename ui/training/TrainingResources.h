#pragma once

#include "core/experiments/Trial.h"
#include "core/model/Model.h"

#include <QStringList>

#include <functional>
#include <stop_token>
#include <vector>

namespace resnet::ui {

class PlaneWalk;

// Pictures of a folder, ready for a network.
struct LabelledPictures {
    std::vector<LabelledInput> pictures;
    QStringList notes;  // what its folders were taken for, and what could not be read
};

// What the views of training need that lies beside the program, or that the app reads.
struct TrainingResources {
    QStringList samplePictures;
    // Two small networks trained alike, with shortcuts and without; empty if missing.
    QString residualTwin;
    QString plainTwin;
    // Those of a folder, with the classes that its inner folders name. Called in the background; throws
    // Error. Null: folders cannot be read.
    std::function<LabelledPictures(const QString& folder, const Model&, const std::stop_token&)> readFolder;
    // That of the window; null: the landscape has one of its own.
    PlaneWalk* walk = nullptr;
};

}  // namespace resnet::ui

#pragma once

#include "ui/images/Picture.h"
#include "ui/training/TrainingResources.h"

#include <QList>
#include <QString>

#include <functional>

class QSettings;
class QWidget;

namespace resnet::ui {

class Workspace;

// A photograph that comes with the program.
struct SamplePicture {
    QString path;
    QString title;
    Caption caption;
    QString attribution;  // author and licence
};

// What lies beside the program, found by the app.
struct WindowResources {
    QList<SamplePicture> samples;
    QString bundledWeights;  // empty if missing
    // Opens the dialog that fetches ImageNet's weights; null where nothing may be fetched.
    std::function<void(Workspace&, QWidget* parent)> showDownload;
    // What is kept from run to run; null: nothing is.
    QSettings* settings = nullptr;
    TrainingResources training = {};
    QString guide = {};  // a document in Markdown, with others beside it; empty if missing
};

}  // namespace resnet::ui

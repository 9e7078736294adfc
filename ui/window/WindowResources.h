#pragma once

#include <QList>
#include <QString>

namespace resnet::ui {

// A photograph that comes with the program.
struct SamplePicture {
    QString path;
    QString title;
    QString caption;      // what to notice
    QString attribution;  // author and licence
};

// What lies beside the program, found by the app.
struct WindowResources {
    QList<SamplePicture> samples;
    QString bundledWeights;  // empty if missing
};

}  // namespace resnet::ui

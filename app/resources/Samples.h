#pragma once

#include "ui/images/Picture.h"

#include <QList>
#include <QString>

namespace resnet::app {

// A picture that comes with the program.
struct Sample {
    QString path;
    QString title;
    ui::Caption caption;
    QString licence;
    QString attribution;
    QString source;  // web address
};

// What samples.json in samplesFolder() lists, in that order; the first is the one the program opens with.
// Empty if the folder is missing. Throws Error if the list is damaged.
QList<Sample> samples();

// The same from a list of your own; paths are within `folder`.
QList<Sample> parseSamples(const QByteArray& json, const QString& folder);

}  // namespace resnet::app

#pragma once

#include "core/attribution/EffectiveField.h"
#include "ui/exports/Figure.h"
#include "ui/painting/Theme.h"

#include <QImage>
#include <QString>

namespace resnet::app {

// What `receptive` found of a cell.
struct FieldFindings {
    FieldCell of;
    SeenRange seen;
    int seed = 0;  // of the network started anew, and the channel of it: its strongest there
    int untrainedChannel = 0;
    EffectiveField trained, untrained;
    QImage picture;  // null of several
};

// The picture and both fields with their frames, each field on the scale written below it.
ui::Figure figureOf(const FieldFindings& found, const QString& title, const ui::Theme& theme);

}  // namespace resnet::app

#pragma once

#include "core/experiments/Landscape.h"
#include "ui/exports/Figure.h"
#include "ui/painting/Theme.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace resnet::app {

struct LandscapeReport {
    struct Plane {
        QString network;  // title of the model
        Landscape values;
    };
    std::vector<Plane> planes;  // the network, and the one it is set against
    std::uint64_t seed = 0;
    int pictures = 0;
};

// {axis, loss, accuracy, centre: {loss, accuracy}, seed}, and `against` with the same of the other network.
QByteArray jsonText(const LandscapeReport& report);
QByteArray csvText(const LandscapeReport& report);
ui::Figure figureOf(const LandscapeReport& report, const ui::Theme& theme);

}  // namespace resnet::app

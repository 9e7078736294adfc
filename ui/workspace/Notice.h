#pragma once

#include <QString>
#include <QStringList>

namespace resnet::ui {

// Something to tell the person at the window: one line, with more on demand.
struct Notice {
    enum class Kind { Information, Warning, Error };
    Kind kind = Kind::Information;
    QString text;
    QStringList details;
};

}  // namespace resnet::ui

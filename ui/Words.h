#pragma once

#include <QCoreApplication>

namespace resnet::ui {

// Texts on screen of what is no QObject: Words::tr("...").
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

}  // namespace resnet::ui

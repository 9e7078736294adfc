#pragma once

#include "ui/exports/Figure.h"
#include "ui/workspace/Workspace.h"

#include <QList>
#include <QString>

class QWidget;

namespace resnet::ui {

// Something to see in the window that can be taken along as a picture.
struct ViewFigure {
    QString name;      // "Feature maps"
    QString fileName;  // to be proposed, without an ending
    Figure figure;
    bool hasFocus = false;
};

// Everything there is to see at the moment, in the window and in those that stand beside it.
QList<ViewFigure> viewFigures(Workspace& workspace, QWidget* window);

}  // namespace resnet::ui

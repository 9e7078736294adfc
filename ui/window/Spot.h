#pragma once

#include "core/explain/Trace.h"
#include "ui/workspace/Workspace.h"

#include <QImage>
#include <QPoint>
#include <QString>

#include <optional>

class QMimeData;
class QWidget;

namespace resnet::ui {

class View;

// What lies at a place of the window, as far as something can be done with it.
struct Spot {
    std::optional<TraceSource> number;  // step, channel, cell: there one can go
    std::optional<double> value;        // of that number
    std::optional<int> classIndex;      // of a prediction
    QString pictureName;                // of a map or the picture; for a file's name
    QImage picture;                     // null: there is none
    View* view = nullptr;               // that it lies in

    bool isEmpty() const { return !number && !classIndex && picture.isNull() && !view; }
};

// `position` is the widget's.
Spot spotAt(const Workspace& workspace, QWidget& widget, const QPoint& position);

// A picture for others to take: as an image and as PNG.
QMimeData* mimeDataOf(const QImage& picture);

}  // namespace resnet::ui

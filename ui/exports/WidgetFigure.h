#pragma once

#include "ui/exports/Figure.h"
#include "ui/painting/Theme.h"

#include <QList>
#include <QString>

class QWidget;

namespace resnet::ui {

// What stands above a view when it is taken out of the window.
struct FigureTitle {
    QString title;
    QString subtitle;
};

// A page with a title above its content; `paint` paints that from the origin.
Figure pageOf(const FigureTitle& title, const QSizeF& content, const Theme& theme,
              std::function<void(QPainter&)> paint);

// The same of something that cannot be painted later, or not in another thread: it is recorded now, as lines
// and texts.
Figure recordedFigure(const FigureTitle& title, const QSizeF& content, const Theme& theme,
                      const std::function<void(QPainter&)>& paint);

// What a view shows below its title: every widget in it but those of `without` and the controls.
QList<QWidget*> paintedIn(QWidget& view, const QList<QWidget*>& without);

// Widgets of one window as they are painted on the screen at this moment and where they stand to each other,
// each without the widgets in it: lines and texts, not pixels.
Figure widgetFigure(const FigureTitle& title, const QList<QWidget*>& widgets, const Theme& theme);

}  // namespace resnet::ui

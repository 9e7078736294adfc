#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>

class QPainter;

namespace resnet::ui {

// How a text of the diagram is set.
struct DiagramText {
    QColor color;
    TextRole role = TextRole::Secondary;
    double scale = 1.0;  // of the role's size
    bool asPath = false;
    bool isItalic = false;
};

// Height of a role's letters, and width of a text, at scale 1.
double pixelSize(TextRole role);
double textWidth(const QString& text, TextRole role);

// One line, centred vertically on the height of its capitals.
void drawText(QPainter& painter, const QString& text, const QRectF& rect, Qt::Alignment alignment,
              const DiagramText& style);

// The scale, up to `wanted` and down to `smallest`, at which a text fits a rectangle; 0 if it does not.
double fittingScale(const QString& text, TextRole role, const QSizeF& room, double wanted, double smallest);

}  // namespace resnet::ui

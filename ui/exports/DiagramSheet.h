#pragma once

#include "ui/exports/DiagramExport.h"
#include "ui/painting/DiagramLegend.h"

namespace resnet::ui {

// A drawing with its legend below, on its page. Pages are counted in pixels at 96 an inch.
struct DiagramSheet {
    DiagramLayout layout;
    DiagramLegend legend;
    QString title;
    QSizeF size = {};        // of the page
    QPointF origin = {};     // of the drawing on the page
    double fit = 1.0;        // pixels of the page that a length of 1 in the drawing takes
    double textZoom = 1.0;   // the zoom that labels are placed for
    QRectF legendRect = {};  // on the page
    double legendScale = 1.0;

    // At which the drawing's lines are as thick as the legend's.
    double normZoom() const { return fit / legendScale; }
    // Of the smallest text, in points (72 per inch).
    double smallestText() const;
    // What the drawing and its legend take of the page.
    QRectF drawn() const;
};

// Throws Error if there is nothing to draw.
DiagramSheet sheetOf(const Graph& graph, const DiagramContent& content, const DiagramExportOptions& options);

// The sheet as a picture.
Figure figureOf(DiagramSheet sheet, const DiagramContent& content, const DiagramExportOptions& options);

}  // namespace resnet::ui

#include "ui/painting/SeenRangePainter.h"

#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace resnet::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SeenRangePainter)
};

QRectF rectOf(const PixelRange& rows, const PixelRange& columns, const QRectF& target, const QSize& pixels) {
    const double sx = target.width() / pixels.width();
    const double sy = target.height() / pixels.height();
    return {target.left() + columns.first * sx, target.top() + rows.first * sy, columns.size() * sx,
            rows.size() * sy};
}

QString sizeText(const PixelRange& rows, const PixelRange& columns) {
    return extentText(rows.size(), columns.size());
}

// Light outside, so that the frame is seen on any picture.
void paintFrame(QPainter& painter, const QRectF& rect, const QColor& color, Qt::PenStyle style) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 210), 3.5));
    painter.drawRect(rect);
    painter.setPen(QPen(color, 2, style));
    painter.drawRect(rect);
}

}  // namespace

void paintSeenRange(QPainter& painter, const QRectF& target, const QSize& pixels, const SeenRange& seen,
                    const Theme& theme, double margin) {
    const QRectF inside = rectOf(seen.longest.imageRows, seen.longest.imageColumns, target, pixels);
    const QRectF whole = rectOf(seen.longest.rows, seen.longest.columns, target, pixels);
    painter.save();
    QPainterPath dimmed;
    dimmed.addRect(target);
    QPainterPath clear;
    clear.addRect(inside);
    painter.fillPath(dimmed.subtracted(clear), QColor(16, 20, 28, 120));

    const QRectF room = target.adjusted(-margin, -margin, margin, margin);
    if (margin > 0.0 && seen.longest.reachesPadding()) {
        QPainterPath padding;
        padding.addRect(whole.intersected(room));
        painter.fillPath(padding.subtracted(dimmed), QBrush(theme.inactive, Qt::BDiagPattern));
    }
    painter.setClipRect(room);
    paintFrame(painter, margin > 0.0 ? whole : inside, theme.mainPath, Qt::SolidLine);
    const QRectF shortest = rectOf(seen.shortest.imageRows, seen.shortest.imageColumns, target, pixels);
    if (seen.shortest != seen.longest)
        paintFrame(painter, shortest, theme.shortcut, Qt::SolidLine);
    painter.restore();
}

QString seenRangeText(const SeenRange& seen) {
    const SeenPixels& longest = seen.longest;
    QString text = Words::tr("Sees %1 pixels through all convolutions (blue)")
                       .arg(sizeText(longest.rows, longest.columns));
    if (seen.shortest != longest)
        text += Words::tr(", %1 by shortcuts alone (orange)")
                    .arg(sizeText(seen.shortest.rows, seen.shortest.columns));
    if (longest.reachesPadding())
        text +=
            Words::tr("; %1 are inside the picture").arg(sizeText(longest.imageRows, longest.imageColumns));
    return text + QLatin1Char('.');
}

}  // namespace resnet::ui

#include "ui/painting/SeenRangePainter.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <QPainter>
#include <QPainterPath>

namespace resnet::ui {
namespace {

QRectF rectOf(const PixelRange& rows, const PixelRange& columns, const QRectF& target, const QSize& pixels) {
    const double sx = target.width() / pixels.width();
    const double sy = target.height() / pixels.height();
    return {target.left() + columns.first * sx, target.top() + rows.first * sy, columns.size() * sx,
            rows.size() * sy};
}

QString sizeText(const PixelRange& rows, const PixelRange& columns) {
    return extentText(rows.size(), columns.size());
}

// The part of a frame inside the room, light outside so that it is seen on any picture, and dashed where it
// goes beyond.
void paintFrameInside(QPainter& painter, const QRectF& whole, const QRectF& room, const QColor& color) {
    const QRectF part = whole.intersected(room);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 210), 3.5));
    painter.drawRect(part);
    const auto side = [&](const QPointF& from, const QPointF& to, bool isBeyond) {
        QPen pen(color, 2, isBeyond ? Qt::DashLine : Qt::SolidLine);
        pen.setCapStyle(isBeyond ? Qt::FlatCap : Qt::SquareCap);
        painter.setPen(pen);
        painter.drawLine(from, to);
    };
    side(part.topLeft(), part.topRight(), whole.top() < room.top());
    side(part.topRight(), part.bottomRight(), whole.right() > room.right());
    side(part.bottomLeft(), part.bottomRight(), whole.bottom() > room.bottom());
    side(part.topLeft(), part.bottomLeft(), whole.left() < room.left());
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
    constexpr double halfLine = 1.75;
    const QRectF inner = room.adjusted(halfLine, halfLine, -halfLine, -halfLine);
    paintFrameInside(painter, whole, inner, theme.mainPath);
    const QRectF shortest = rectOf(seen.shortest.imageRows, seen.shortest.imageColumns, target, pixels);
    if (seen.shortest != seen.longest)
        paintFrameInside(painter, shortest.intersected(inner), inner, theme.shortcut);
    painter.restore();
}

QString seenRangeText(const SeenRange& seen, const QSize& pixels) {
    const SeenPixels& longest = seen.longest;
    const QString size = sizeText(longest.rows, longest.columns);
    const bool isWhole =
        longest.imageRows.size() >= pixels.height() && longest.imageColumns.size() >= pixels.width();
    QString text =
        !isWhole ? Words::tr("Sees %1 pixels through all convolutions (blue)").arg(size)
        : longest.reachesPadding()
            ? Words::tr(
                  "Sees the whole picture through all convolutions (blue; %1 with the padding around it)")
                  .arg(size)
            : Words::tr("Sees the whole picture through all convolutions (blue)");
    if (seen.shortest != longest)
        text += Words::tr(", %1 by shortcuts alone (orange)")
                    .arg(sizeText(seen.shortest.rows, seen.shortest.columns));
    if (!isWhole && longest.reachesPadding())
        text +=
            Words::tr("; %1 are inside the picture").arg(sizeText(longest.imageRows, longest.imageColumns));
    return text + QLatin1Char('.');
}

}  // namespace resnet::ui

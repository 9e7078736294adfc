#include "ui/painting/FieldFrames.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

QRectF around(const SeenPixels& seen) {
    return {double(seen.imageColumns.first), double(seen.imageRows.first), double(seen.imageColumns.size()),
            double(seen.imageRows.size())};
}

QPen penOf(MapFrame::Tone tone, const Theme& theme) {
    switch (tone) {
        case MapFrame::Tone::LongestWay:
            return {theme.mainPath, Theme::mainPathWidth};
        case MapFrame::Tone::ShortestWay:
            return {theme.shortcut, Theme::mainPathWidth};
        case MapFrame::Tone::Effective:
            break;
    }
    return {theme.ink, Theme::mainPathWidth, Qt::DashLine};
}

}  // namespace

std::vector<MapFrame> framesOf(const SeenRange& seen, const EffectiveField* field) {
    std::vector<MapFrame> frames{{MapFrame::Tone::LongestWay, around(seen.longest)},
                                 {MapFrame::Tone::ShortestWay, around(seen.shortest)}};
    // The middle of a pixel is half a pixel from its corner.
    if (field && !field->isNothing())
        frames.push_back({MapFrame::Tone::Effective,
                          {field->middleX + 0.5 - field->width() / 2,
                           field->middleY + 0.5 - field->height() / 2, field->width(), field->height()}});
    return frames;
}

void paintFrames(QPainter& painter, const QRectF& target, const QRect& shown,
                 const std::vector<MapFrame>& frames, const Theme& theme) {
    painter.save();
    painter.setClipRect(target, Qt::IntersectClip);
    painter.setBrush(Qt::NoBrush);
    const double scaleX = target.width() / shown.width();
    const double scaleY = target.height() / shown.height();
    for (const MapFrame& frame : frames) {
        painter.setPen(penOf(frame.tone, theme));
        painter.drawRect(QRectF(target.left() + (frame.pixels.left() - shown.left()) * scaleX,
                                target.top() + (frame.pixels.top() - shown.top()) * scaleY,
                                frame.pixels.width() * scaleX, frame.pixels.height() * scaleY)
                             .adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.restore();
}

QRect partAround(const SeenRange& seen, const QSize& map) {
    const QRectF longest = around(seen.longest);
    const QSizeF more = longest.size() * 0.15;
    return longest.adjusted(-more.width(), -more.height(), more.width(), more.height())
        .toAlignedRect()
        .intersected(QRect(QPoint(), map));
}

}  // namespace resnet::ui

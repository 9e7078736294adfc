#pragma once

#include "core/attribution/EffectiveField.h"
#include "ui/painting/Theme.h"

#include <QRect>
#include <QRectF>

#include <vector>

class QPainter;

namespace resnet::ui {

// A rectangle around pixels of a map.
struct MapFrame {
    enum class Tone { LongestWay, ShortestWay, Effective };
    Tone tone{};
    QRectF pixels;  // may run beyond the map
};

// What the longest way sees (blue) and what the shortest does (orange), and two standard deviations of the
// influence (ink, dashed), if there is any.
std::vector<MapFrame> framesOf(const SeenRange& seen, const EffectiveField* field = nullptr);

// Over a map of which `shown` was painted to `target`; what lies outside is cut off.
void paintFrames(QPainter& painter, const QRectF& target, const QRect& shown,
                 const std::vector<MapFrame>& frames, const Theme& theme);

// The part of a map of this size that is worth seeing: what the longest way sees and a little around it.
QRect partAround(const SeenRange& seen, const QSize& map);

}  // namespace resnet::ui

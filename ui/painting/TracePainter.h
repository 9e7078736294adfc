#pragma once

#include "core/explain/Trace.h"
#include "core/image/Preprocessing.h"
#include "core/network/Graph.h"
#include "ui/painting/Theme.h"

#include <QRectF>
#include <QString>

#include <optional>
#include <string>
#include <vector>

class QPainter;

namespace resnet::ui {

// A trace with what it takes to put it into words.
struct TracePicture {
    const Trace& trace;
    const Graph& graph;
    const std::vector<std::string>& classNames;
    ChannelOrder channelOrder = ChannelOrder::RGB;  // of the input
    bool isOrderKept = false;                       // its terms are in an order of another cell's
};

// "Channel 5, row 11, column 13"; of a vector "Channel 5", of the classes "tench".
QString tracePlace(const TracePicture& picture);

// What is being shown, in one line of plain words.
QString traceSentence(const TracePicture& picture);

// The whole equation as text, for those who cannot see it: "channel 12 −0.120 + ... = 0.290".
QString traceEquation(const TracePicture& picture);

// The arithmetic as a picture: above, the numbers a value was made from; below, the equation. At least 480 x
// 280 should be given.
void paintTrace(QPainter& painter, const QRectF& rect, const TracePicture& picture, const Theme& theme);

// The number that paintTrace() draws at a point; nothing beside them and in the padding.
std::optional<TraceSource> traceSourceAt(const QRectF& rect, const TracePicture& picture,
                                         const QPointF& point);

}  // namespace resnet::ui

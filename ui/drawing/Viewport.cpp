#include "ui/drawing/Viewport.h"

#include <algorithm>

namespace resnet::ui {

Viewport Viewport::zoomedAround(const QPointF& position, double factor) const {
    Viewport zoomed{zoom * factor, {}};
    return zoomed.withPointAt(toDrawing(position), position);
}

Viewport Viewport::withPointAt(const QPointF& point, const QPointF& position) const {
    return {zoom, position - point * zoom};
}

Viewport fitted(const QRectF& bounds, const QRectF& place) {
    constexpr double largestFit = 1.6;
    if (bounds.isEmpty() || place.isEmpty())
        return {};
    const Viewport view{
        std::min({place.width() / bounds.width(), place.height() / bounds.height(), largestFit}), {}};
    return view.withPointAt(bounds.center(), place.center());
}

Viewport keptInReach(const Viewport& viewport, const QRectF& bounds, const QRectF& place) {
    constexpr double reach = 80.0;
    const QRectF drawn = viewport.toWidget(bounds);
    Viewport kept = viewport;
    kept.offset.rx() += std::max(0.0, place.left() + reach - drawn.right()) -
                        std::max(0.0, drawn.left() - (place.right() - reach));
    kept.offset.ry() += std::max(0.0, place.top() + reach - drawn.bottom()) -
                        std::max(0.0, drawn.top() - (place.bottom() - reach));
    return kept;
}

Viewport filling(const Viewport& viewport, const QRectF& bounds, const QRectF& place) {
    const QRectF drawn = viewport.toWidget(bounds);
    const auto shift = [](double low, double high, double from, double to) {
        return high - low <= to - from ? (from + to - low - high) / 2
                                       : std::min(0.0, from - low) + std::max(0.0, to - high);
    };
    Viewport filled = viewport;
    filled.offset += {shift(drawn.left(), drawn.right(), place.left(), place.right()),
                      shift(drawn.top(), drawn.bottom(), place.top(), place.bottom())};
    return filled;
}

QPointF shiftInto(const QRectF& rect, const QRectF& place) {
    return {std::max(0.0, place.left() - rect.left()) - std::max(0.0, rect.right() - place.right()),
            std::max(0.0, place.top() - rect.top()) - std::max(0.0, rect.bottom() - place.bottom())};
}

Viewport mix(const Viewport& from, const Viewport& to, double t) {
    return {from.zoom + (to.zoom - from.zoom) * t, from.offset + (to.offset - from.offset) * t};
}

}  // namespace resnet::ui

#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double smallestPixels = 10.0;
constexpr double largestScale = 1.25;

struct LabelStyle {
    TextRole text = TextRole::Secondary;
    QColor color;
};

LabelStyle styleOf(LabelRole role, const Theme& theme) {
    switch (role) {
        case LabelRole::Title:
            return {TextRole::BodyBold, theme.ink};
        case LabelRole::Name:
            return {TextRole::SmallBold, theme.ink};
        case LabelRole::Detail:
            return {TextRole::Small, theme.secondaryText};
        case LabelRole::MainPath:
            return {TextRole::BodyBold, theme.mainPath};
        case LabelRole::Shortcut:
            return {TextRole::BodyBold, theme.shortcutText};
        case LabelRole::ShortcutTag:
            return {TextRole::SmallBold, theme.shortcutText};
    }
    return {TextRole::Secondary, theme.ink};
}

// The pill that a tag stands on.
void paintPill(QPainter& painter, const QRectF& pill, double zoom, const Theme& theme) {
    painter.setPen(QPen(theme.shortcut, std::max(1.0, 1.0 / zoom)));
    painter.setBrush(theme.shortcutFill);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
}

}  // namespace

void paintLabels(QPainter& painter, const DiagramLayout& layout, const Theme& theme,
                 const DiagramPaintOptions& options) {
    const double zoom = options.zoom;
    for (const DiagramLabel& label : layout.labels) {
        if (!isVisible(label.room, options))
            continue;
        const LabelStyle style = styleOf(label.role, theme);
        const bool isTag = label.role == LabelRole::ShortcutTag;
        const double smallest = smallestPixels / font(style.text).pixelSize();
        // Sixteenths, so that zooming does not need new glyphs at every step.
        const double wanted = std::max(smallest, std::floor(16.0 * std::min(zoom, largestScale)) / 16.0);
        const QSizeF room = label.room.size() * zoom - (isTag ? QSizeF(8, 0) : QSizeF());
        const double scale = fittingScale(label.text, style.text, room, wanted, smallest);
        if (scale == 0.0)
            continue;
        const double slack = room.width() / (textWidth(label.text, style.text) * smallest) - 1.0;
        const double opacity = zoom == 1.0 ? 1.0 : std::clamp(0.25 + slack * 15.0, 0.0, 1.0);
        painter.setOpacity(opacity * options.labelOpacity);
        if (isTag) {
            const double width = (textWidth(label.text, style.text) * scale + 10.0) / zoom;
            const double height = std::min(label.room.height(), 16.0 * scale / zoom);
            paintPill(painter,
                      QRectF(label.room.center().x() - width / 2, label.room.center().y() - height / 2, width,
                             height),
                      zoom, theme);
        }
        drawText(painter, label.text, label.room, label.alignment,
                 {style.color, style.text, scale / zoom, options.textAsPaths});
    }
    painter.setOpacity(1.0);
}

}  // namespace resnet::ui

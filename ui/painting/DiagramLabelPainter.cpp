#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace resnet::ui {

namespace {

constexpr double smallestPixels = 9.0;
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
        case LabelRole::MainPathTag:
            return {TextRole::SmallBold, theme.mainPath};
        case LabelRole::Shortcut:
            return {TextRole::BodyBold, theme.shortcutText};
        case LabelRole::ShortcutTag:
            return {TextRole::SmallBold, theme.shortcutText};
    }
    return {TextRole::Secondary, theme.ink};
}

constexpr double breathing = 3.0;  // pixels beside a text, so that neighbours do not read as one

QSizeF roomOf(const DiagramLabel& label, double zoom) {
    const double beside = label.role == LabelRole::ShortcutTag ? 6.0 : breathing;
    return label.room.size() * zoom - QSizeF(beside, 0.0);
}

double smallestScale(TextRole role) {
    return smallestPixels / pixelSize(role);
}

// Names and shapes that stand in one line of a stage are shown together, in short, or not at all.
using Line = std::tuple<LabelRole, int, qint64>;

Line lineOf(const DiagramLabel& label, const DiagramLayout& layout) {
    const int stage = label.node >= 0 ? layout.nodes[std::size_t(label.node)].stage : -1;
    return {label.role, stage, qRound64(label.room.top() * 8.0)};
}

// The labels of a node or an edge that say one thing in two lines, such as 56×56 and 64.
using Owner = std::tuple<LabelRole, int, int>;

Owner ownerOf(const DiagramLabel& label) {
    return {label.role, label.node, label.edge};
}

QString textOf(const DiagramLabel& label, bool isShort) {
    return isShort && !label.shortText.isEmpty() ? label.shortText : label.text;
}

std::set<Line> linesWithoutRoom(const DiagramLayout& layout, const Theme& theme, double zoom, bool isShort) {
    std::set<Line> lines;
    std::set<Owner> owners;
    for (const DiagramLabel& label : layout.labels) {
        const TextRole role = styleOf(label.role, theme).text;
        const double smallest = smallestScale(role);
        const bool isOneOfMany = label.node >= 0 || label.edge >= 0;
        if (isOneOfMany &&
            fittingScale(textOf(label, isShort), role, roomOf(label, zoom), smallest, smallest) == 0.0) {
            lines.insert(lineOf(label, layout));
            owners.insert(ownerOf(label));
        }
    }
    for (const DiagramLabel& label : layout.labels)
        if (owners.contains(ownerOf(label)))
            lines.insert(lineOf(label, layout));
    return lines;
}

// Of a pill, on both sides together: a little more, for files set in a wider font.
constexpr double pillPadding = 14.0;

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
    const std::set<Line> shortened = linesWithoutRoom(layout, theme, zoom, false);
    const std::set<Line> dropped = linesWithoutRoom(layout, theme, zoom, true);
    for (const DiagramLabel& label : layout.labels) {
        if (!isVisible(label.room, options) || dropped.contains(lineOf(label, layout)))
            continue;
        const QString text = textOf(label, shortened.contains(lineOf(label, layout)));
        const LabelStyle style = styleOf(label.role, theme);
        const bool isTag = label.role == LabelRole::ShortcutTag;
        const double smallest = smallestScale(style.text);
        // Sixteenths, so that zooming does not need new glyphs at every step.
        const double wanted = std::max(smallest, std::floor(16.0 * std::min(zoom, largestScale)) / 16.0);
        const QSizeF room = roomOf(label, zoom);
        const double scale = fittingScale(text, style.text, room, wanted, smallest);
        if (scale == 0.0)
            continue;
        const double slack = room.width() / (textWidth(text, style.text) * smallest) - 1.0;
        const double opacity = options.fadesByZoom ? std::clamp(0.25 + slack * 15.0, 0.0, 1.0) : 1.0;
        painter.setOpacity(opacity * options.labelOpacity);
        if (isTag) {
            const double width = (textWidth(text, style.text) * scale + pillPadding) / zoom;
            const double height = std::min(label.room.height(), 16.0 * scale / zoom);
            paintPill(painter,
                      QRectF(label.room.center().x() - width / 2, label.room.center().y() - height / 2, width,
                             height),
                      zoom, theme);
        }
        drawText(painter, text, label.room, label.alignment,
                 {style.color, style.text, scale / zoom, options.textAsPaths});
    }
    painter.setOpacity(1.0);
}

}  // namespace resnet::ui

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

TextRole textRoleOf(LabelRole role) {
    switch (role) {
        case LabelRole::Title:
        case LabelRole::MainPath:
        case LabelRole::Shortcut:
            return TextRole::BodyBold;
        case LabelRole::Name:
        case LabelRole::MainPathTag:
        case LabelRole::ShortcutTag:
            return TextRole::SmallBold;
        case LabelRole::Detail:
            return TextRole::Small;
    }
    return TextRole::Secondary;
}

QColor colorOf(LabelRole role, const Theme& theme) {
    switch (role) {
        case LabelRole::Title:
        case LabelRole::Name:
            return theme.ink;
        case LabelRole::Detail:
            return theme.secondaryText;
        case LabelRole::MainPath:
        case LabelRole::MainPathTag:
            return theme.mainPath;
        case LabelRole::Shortcut:
        case LabelRole::ShortcutTag:
            return theme.shortcutText;
    }
    return theme.ink;
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

std::set<Line> linesWithoutRoom(const DiagramLayout& layout, double zoom, bool isShort) {
    std::set<Line> lines;
    std::set<Owner> owners;
    for (const DiagramLabel& label : layout.labels) {
        const TextRole role = textRoleOf(label.role);
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

std::vector<PlacedLabel> placedLabels(const DiagramLayout& layout, double zoom) {
    const std::set<Line> shortened = linesWithoutRoom(layout, zoom, false);
    const std::set<Line> dropped = linesWithoutRoom(layout, zoom, true);
    std::vector<PlacedLabel> placed;
    for (const DiagramLabel& label : layout.labels) {
        if (dropped.contains(lineOf(label, layout)))
            continue;
        const QString text = textOf(label, shortened.contains(lineOf(label, layout)));
        const TextRole role = textRoleOf(label.role);
        const double smallest = smallestScale(role);
        // Sixteenths, so that zooming does not need new glyphs at every step.
        const double wanted = std::max(smallest, std::floor(16.0 * std::min(zoom, largestScale)) / 16.0);
        const QSizeF room = roomOf(label, zoom);
        const double scale = fittingScale(text, role, room, wanted, smallest);
        if (scale > 0.0)
            placed.push_back(
                {&label, text, role, scale / zoom, room.width() / (textWidth(text, role) * smallest) - 1.0});
    }
    return placed;
}

void paintLabels(QPainter& painter, const DiagramLayout& layout, const Theme& theme,
                 const DiagramPaintOptions& options) {
    for (const PlacedLabel& placed : placedLabels(layout, options.zoom)) {
        const QRectF& room = placed.label->room;
        if (!isVisible(room, options))
            continue;
        const double opacity = options.fadesByZoom ? std::clamp(0.25 + placed.slack * 15.0, 0.0, 1.0) : 1.0;
        painter.setOpacity(opacity * options.labelOpacity);
        if (placed.label->role == LabelRole::ShortcutTag) {
            const double width =
                textWidth(placed.text, placed.role) * placed.scale + pillPadding / options.zoom;
            const double height = std::min(room.height(), 16.0 * placed.scale);
            paintPill(painter,
                      QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height),
                      options.zoom, theme);
        }
        drawText(painter, placed.text, room, placed.label->alignment,
                 {colorOf(placed.label->role, theme), placed.role, placed.scale, options.textAsPaths});
    }
    painter.setOpacity(1.0);
}

}  // namespace resnet::ui

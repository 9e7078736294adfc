#include "ui/activations/MapGridPainter.h"

#include "ui/painting/MapPainter.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {

const FeatureMaps* MapGridContent::anyMaps() const {
    const auto found = std::ranges::find_if(maps, [](const FeatureMapsPtr& each) { return each != nullptr; });
    return found == maps.end() ? nullptr : found->get();
}

MapGridLayout MapGridContent::layoutIn(const QSize& room) const {
    const FeatureMaps* any = anyMaps();
    return any ? MapGridLayout(int(order.size()), QSize(any->width(), any->height()), room, tileCount())
               : MapGridLayout();
}

std::vector<MapAtlas> MapGridContent::atlases(const QSize& cell, const Theme& theme) const {
    std::vector<MapAtlas> all;
    for (const FeatureMapsPtr& each : maps)
        all.push_back(!pictures.isEmpty() ? pictures
                      : each              ? MapAtlas(*each, onGround(colors, theme.isDark()), scales, cell)
                                          : MapAtlas());
    return all;
}

namespace {

constexpr int widthForName = 60;

// In the map's corner, on a ground of its own.
void paintNameIn(QPainter& painter, const QRect& map, const QString& name, const Theme& theme) {
    const QSize size(painter.fontMetrics().horizontalAdvance(name) + 6, painter.fontMetrics().height());
    const QRect ground(map.topLeft(), size);
    QColor panel = theme.panel;
    panel.setAlphaF(0.85f);
    painter.fillRect(ground, panel);
    painter.setPen(theme.ink);
    painter.drawText(ground, Qt::AlignCenter, name);
}

}  // namespace

void paintMapGridPlace(QPainter& painter, const MapGridContent& content, const MapGridLayout& layout,
                       const std::vector<MapAtlas>& atlases, const MapGridPlace& place, const Theme& theme) {
    const int channel = content.order[std::size_t(place.position)];
    painter.setBrush(Qt::NoBrush);
    painter.setFont(ui::font(TextRole::Small));
    for (int tile = 0; tile < content.tileCount(); ++tile) {
        const QRect rect = layout.tileRect(place.position, tile);
        if (const FeatureMapsPtr& maps = content.maps[std::size_t(tile)]) {
            const MapAtlas& atlas = atlases[std::size_t(tile)];
            painter.drawImage(rect, atlas.image(), atlas.cell(channel));
            if (rect.width() >= 3 * maps->width())
                paintNotFinite(painter, rect, maps->channel(channel));
        }
        painter.setPen(place.isHovered ? theme.ink : theme.line);
        painter.drawRect(rect.adjusted(-1, -1, 0, 0));
    }
    if (content.tileCount() > 1) {
        painter.setPen(place.isSelected ? theme.ink : theme.secondaryText);
        painter.drawText(layout.nameRect(place.position), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(channel));
    } else if (layout.tileRect(place.position, 0).width() >= widthForName) {
        paintNameIn(painter, layout.tileRect(place.position, 0),
                    content.names.value(channel, QString::number(channel)), theme);
    }
}

namespace {

// Short enough to stand above a small map.
QString titleOf(const UnitTerm& term, ShortcutForm form) {
    if (term.role == UnitTerm::Role::Shortcut && form != ShortcutForm::Identity)
        return QStringLiteral("P(x)");
    return term.role == UnitTerm::Role::Sum ? QCoreApplication::translate("FeatureMaps", "sum")
                                            : unitTermName(term);
}

}  // namespace

QRectF UnitTitles::rect(const MapGridLayout& layout, int column, int term) {
    const QRect tile = layout.tileRect(column, term);
    return {double(tile.left()), 0.0, double(tile.width()), double(height)};
}

void paintUnitTitles(QPainter& painter, const UnitTitles& titles, const MapGridLayout& layout,
                     const Theme& theme) {
    if (layout.count() == 0)
        return;
    painter.setFont(ui::font(TextRole::SmallBold));
    for (int column = 0; column < layout.columns(); ++column)
        for (std::size_t i = 0; i < titles.terms.size(); ++i) {
            const UnitTerm& term = titles.terms[i];
            const QRectF room = UnitTitles::rect(layout, column, int(i));
            painter.setPen(unitTermColor(term, theme));
            painter.drawText(room, Qt::AlignHCenter | Qt::AlignVCenter, titleOf(term, titles.shortcutForm));
            if (term.step == titles.currentStep)
                painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 2), theme.selection);
        }
}

}  // namespace resnet::ui

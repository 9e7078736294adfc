#include "ui/activations/MapGridPainter.h"

#include "ui/painting/MapPainter.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr int tileGap = 2;
constexpr int nameWidth = 30;
constexpr int gapOfTiles = 20;  // between places of several tiles: they must not look like one row of maps

// A map of this height, its cells square.
QSize sizeFor(int height, const QSize& extent) {
    return {std::max(1, qRound(double(height) * extent.width() / extent.height())), height};
}

}  // namespace

MapGridLayout::MapGridLayout(int count, const QSize& extent, const QSize& view, int tiles)
    : m_count(count),
      m_tiles(tiles),
      m_nameWidth(tiles > 1 ? nameWidth : 0),
      m_columnGap(tiles > 1 ? gapOfTiles : gap) {
    if (count == 0 || extent.isEmpty())
        return;
    const int lower = std::max(4, int(smallest * std::sqrt(double(extent.height()) / extent.width())));
    int height = std::max(lower, std::min(largest, view.height() - 2 * inset));
    while (height > lower && !fits(sizeFor(height, extent), view))
        --height;
    // Where one has to scroll, as large as keeps the number of columns.
    if (!fits(sizeFor(height, extent), view)) {
        const auto columnsAt = [&](int of) { return columnsFor(sizeFor(of, extent).width(), view.width()); };
        const int columns = columnsAt(height);
        while (height < largest && columns > 1 && columnsAt(height + 1) == columns)
            ++height;
    }
    // Whole pixels per cell look best, if that costs little room.
    if (const int whole = height / extent.height() * extent.height(); whole >= 0.9 * height)
        height = whole;
    m_mapSize = sizeFor(height, extent);
    const int fitting = columnsFor(m_mapSize.width(), view.width());
    m_columns = std::min(count, fitting);
    // No empty strip at the right, unless it could be filled only by tearing the columns apart.
    if (m_columns == fitting && m_columns > 1) {
        const int left = view.width() - inset - (leftOf(m_columns - 1) + placeWidth(m_mapSize.width()));
        m_spread = std::clamp(double(left) / (m_columns - 1), 0.0, 0.3 * placeWidth(m_mapSize.width()));
    }
}

int MapGridLayout::placeWidth(int mapWidth) const {
    return m_tiles * (mapWidth + tileGap) - tileGap;
}

int MapGridLayout::leftOf(int column) const {
    return inset + m_nameWidth +
           int(column * (m_nameWidth + placeWidth(m_mapSize.width()) + m_columnGap + m_spread));
}

int MapGridLayout::columnsFor(int mapWidth, int viewWidth) const {
    return std::max(
        1, (viewWidth - 2 * inset + m_columnGap) / (m_nameWidth + placeWidth(mapWidth) + m_columnGap));
}

bool MapGridLayout::fits(const QSize& map, const QSize& view) const {
    const int columns = columnsFor(map.width(), view.width());
    const int rows = (m_count + columns - 1) / columns;
    return m_nameWidth + placeWidth(map.width()) + 2 * inset <= view.width() &&
           2 * inset + rows * (map.height() + gap) - gap <= view.height();
}

QRect MapGridLayout::rectOf(int position) const {
    return {QPoint(leftOf(position % m_columns), inset + position / m_columns * rowHeight()),
            QSize(placeWidth(m_mapSize.width()), m_mapSize.height())};
}

QRect MapGridLayout::tileRect(int position, int tile) const {
    return {rectOf(position).topLeft() + QPoint(tile * (m_mapSize.width() + tileGap), 0), m_mapSize};
}

QRect MapGridLayout::nameRect(int position) const {
    const QRect rect = rectOf(position);
    return m_tiles > 1 ? QRect(rect.left() - m_nameWidth, rect.top(), m_nameWidth - 6, rect.height())
                       : QRect();
}

std::optional<int> MapGridLayout::positionAt(const QPoint& point) const {
    if (m_count == 0 || point.y() < inset)
        return std::nullopt;
    const int first = (point.y() - inset) / rowHeight() * m_columns;
    for (int position = first; position < std::min(first + m_columns, m_count); ++position)
        if (rectOf(position).contains(point))
            return position;
    return std::nullopt;
}

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
    return term.role == UnitTerm::Role::Sum ? QCoreApplication::translate("FeatureMaps", "sum")
                                            : unitTermName(term, form);
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

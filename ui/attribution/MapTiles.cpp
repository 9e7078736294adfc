#include "ui/attribution/MapTiles.h"

#include "ui/painting/ColorBar.h"
#include "ui/painting/MapPainter.h"
#include "ui/painting/OverlayPainter.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double titleHeight = 16.0;
constexpr double scaleHeight = 30.0;
constexpr double barWidth = 240.0;
constexpr double barHeight = 8.0;
// Larger maps are shown at whole multiples of their size.
constexpr int manyCells = 100;

// Cells stay sharp where they are enlarged; small ones of uneven sizes would make a grid of their own.
bool isSharp(const QImage& image, const QRectF& target) {
    const double enlargement = target.height() / std::max(1, image.height());
    return enlargement >= 3.0 || std::abs(enlargement - std::round(enlargement)) < 1e-3;
}

}  // namespace

bool isFlat(const FeatureMaps& map) {
    return std::all_of(map.data(), map.data() + map.size(),
                       [&](float value) { return value == map.data()[0]; });
}

MapTiles::MapTiles(PointedCell& pointed, QWidget* parent) : Canvas(parent), m_pointed(pointed) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setLeastSize(120, 60);
    connect(&m_pointed, &PointedCell::changed, this, [this] {
        update();
        Q_EMIT readoutChanged(readout());
    });
}

void MapTiles::setTiles(std::vector<MapTile> tiles, const std::optional<ValueRange>& scale) {
    m_tiles = std::move(tiles);
    m_values = emptyRange;
    for (const MapTile& tile : m_tiles)
        if (tile.map && !tile.scale)
            m_values = united(m_values, rangeOf(*tile.map));
    m_scale = scale ? *scale : scaleFor(ColorMap::Diverging, m_values);
    if (m_hovered && *m_hovered >= int(m_tiles.size()))
        m_hovered.reset();
    m_marked = std::min(m_marked, int(m_tiles.size()) - 1);
    arrange();
    Q_EMIT readoutChanged(readout());
}

void MapTiles::setPicture(const QImage& picture) {
    m_picture = picture;
    arrange();
}

void MapTiles::setLaidOver(bool laidOver) {
    m_isLaidOver = laidOver;
    m_images.clear();
    update();
}

void MapTiles::setMeanings(const QString& low, const QString& high) {
    m_low = low;
    m_high = high;
    update();
}

void MapTiles::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void MapTiles::setTheme(const Theme& theme) {
    m_theme = &theme;
    m_images.clear();
    update();
}

// In the size that they are seen in: small ones take little time.
void MapTiles::makeImages() {
    QImage picture = m_picture;
    if (const QSize seen = (m_layout.front().size() * pixelRatio()).toSize();
        !picture.isNull() && seen.height() < picture.height())
        picture = picture.scaled(seen.expandedTo({1, 1}), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    for (int i = 0; i < int(m_tiles.size()); ++i) {
        const MapTile& tile = m_tiles[std::size_t(i)];
        const ValueRange& scale = tile.scale ? *tile.scale : m_scale;
        if (!tile.map)
            m_images.push_back(tile.part ? m_picture.copy(*tile.part) : m_picture);
        else if (m_isLaidOver && !m_picture.isNull())
            m_images.push_back(overlayImage(picture, *tile.map, scale));
        else
            m_images.push_back(
                mapImage(tile.map->channel(0), onGround(ColorMap::Diverging, m_theme->isDark()), scale)
                    .copy(partOf(i)));
    }
}

FeatureShape MapTiles::shapeOf(int tile) const {
    if (const FeatureMapsPtr& map = m_tiles[std::size_t(tile)].map)
        return map->shape();
    return {1, std::max(1, m_picture.height()), std::max(1, m_picture.width())};
}

QRect MapTiles::partOf(int tile) const {
    const FeatureShape shape = shapeOf(tile);
    return m_tiles[std::size_t(tile)].part.value_or(QRect(0, 0, shape.width, shape.height));
}

bool MapTiles::hasSharedScale() const {
    return std::ranges::any_of(m_tiles, [](const MapTile& tile) { return tile.map && !tile.scale; });
}

QRectF MapTiles::tilesRoom() const {
    return area().adjusted(1, 0, -1, hasSharedScale() ? -scaleHeight : -1.0);
}

void MapTiles::arrange() {
    TilesWanted wanted;
    wanted.titleHeight = titleHeight;
    for (const MapTile& tile : m_tiles) {
        wanted.startsGroup.push_back(tile.startsGroup);
        if (tile.map && tile.map->height() >= manyCells)
            wanted.sharpHeight = tile.map->height();
    }
    if (!m_picture.isNull())
        wanted.aspect = double(m_picture.width()) / m_picture.height();
    m_layout = tilesIn(tilesRoom(), wanted);
    m_images.clear();
    update();
}

void MapTiles::resizeEvent(QResizeEvent*) {
    arrange();
}

QRectF MapTiles::tileRect(int tile) const {
    return m_layout.at(std::size_t(tile));
}

void MapTiles::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_tiles.empty()) {
        painter.setFont(ui::font(TextRole::Body));
        painter.setPen(m_theme->secondaryText);
        painter.drawText(area().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    if (m_images.empty())
        makeImages();
    for (int tile = 0; tile < int(m_tiles.size()); ++tile)
        paintTile(painter, tile);
    paintScale(painter);
}

void MapTiles::paintTile(QPainter& painter, int index) const {
    const MapTile& tile = m_tiles[std::size_t(index)];
    const QImage& image = m_images[std::size_t(index)];
    const QRectF rect = tileRect(index);
    painter.setFont(ui::font(TextRole::Small));
    painter.setPen(m_theme->secondaryText);
    const QFontMetricsF metrics(painter.font());
    const bool allFit = std::ranges::all_of(
        m_tiles, [&](const MapTile& each) { return metrics.horizontalAdvance(each.title) <= rect.width(); });
    painter.drawText(QRectF(rect.left(), rect.top() - titleHeight, rect.width(), titleHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(allFit || tile.shortTitle.isEmpty() ? tile.title : tile.shortTitle,
                                        Qt::ElideRight, rect.width()));
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          !tile.map || m_isLaidOver || !isSharp(image, rect));
    painter.drawImage(rect, image);
    if (tile.map && !m_isLaidOver && !tile.part)
        paintNotFinite(painter, rect, tile.map->channel(0));
    paintFrames(painter, rect, partOf(index), tile.frames, *m_theme);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(index == m_marked && hasFocus() ? m_theme->mainPath : m_theme->line,
                        index == m_marked && hasFocus() ? Theme::selectionWidth : 1.0));
    painter.drawRect(rect);
    if (!tile.note.isEmpty()) {
        const QRectF strip(rect.left(), rect.bottom() - titleHeight, rect.width(), titleHeight);
        painter.fillRect(strip, m_theme->panel);
        painter.setPen(m_theme->ink);
        painter.drawText(strip.adjusted(3, 0, -3, 0), Qt::AlignCenter,
                         metrics.elidedText(tile.note, Qt::ElideRight, strip.width() - 6));
    }
    paintPointed(painter, index);
}

void MapTiles::paintPointed(QPainter& painter, int tile) const {
    const std::optional<Cell> cell = m_pointed.in(shapeOf(tile));
    const QRect part = partOf(tile);
    if (cell && part.contains(cell->x, cell->y))
        paintCellMark(painter, cellRect(tileRect(tile), part.height(), part.width(), cell->y - part.top(),
                                        cell->x - part.left()));
}

void MapTiles::paintScale(QPainter& painter) const {
    if (!hasSharedScale())
        return;
    painter.setFont(ui::font(TextRole::Small));
    painter.setPen(m_theme->secondaryText);
    double top = 0.0;
    for (const QRectF& tile : m_layout)
        top = std::max(top, std::floor(tile.bottom()) + 8.5);
    const double low = QFontMetricsF(painter.font()).horizontalAdvance(m_low);
    painter.drawText(QRectF(0, top - 4, low + 2, 16), Qt::AlignLeft | Qt::AlignVCenter, m_low);
    const QRectF bar(low + 8.5, top, std::min(barWidth, area().width() / 3.0), barHeight);
    painter.drawText(QRectF(bar.right() + 8, top - 4, area().width() - bar.right() - 8, 16),
                     Qt::AlignLeft | Qt::AlignVCenter, m_high);
    if (m_isLaidOver && !m_picture.isNull())
        paintOverlayBar(painter, bar, m_scale, *m_theme, m_values);
    else
        paintColorBar(painter, bar, ColorMap::Diverging, m_scale, *m_theme, m_values);
}

std::optional<int> MapTiles::tileAt(const QPointF& point) const {
    for (int tile = 0; tile < int(m_tiles.size()); ++tile)
        if (tileRect(tile).contains(point))
            return tile;
    return std::nullopt;
}

QString MapTiles::readout() const {
    if (!m_hovered)
        return {};
    const MapTile& tile = m_tiles[std::size_t(*m_hovered)];
    const std::optional<Cell> cell = tile.map ? m_pointed.in(tile.map->shape()) : std::nullopt;
    if (!cell)
        return tile.title;
    const QString value =
        tr("%1, %2: %3").arg(tile.title, cellName(*cell), signedValueText(tile.map->at(0, cell->y, cell->x)));
    return tile.tip.isEmpty() ? value : tr("%1. %2").arg(value, tile.tip);
}

void MapTiles::pointAt(std::optional<int> tile) {
    m_hovered = tile;
    setCursor(tile && !m_tiles[std::size_t(*tile)].tip.isEmpty() ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void MapTiles::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<int> tile = tileAt(event->position());
    pointAt(tile);
    const std::optional<Cell> cell = tile ? cellOf(*tile, event->position()) : std::nullopt;
    if (cell)
        m_pointed.pointAt(*cell, shapeOf(*tile));
    else
        m_pointed.leave();
    Q_EMIT readoutChanged(readout());
}

std::optional<Cell> MapTiles::cellOf(int tile, const QPointF& point) const {
    const QRect part = partOf(tile);
    const auto cell = cellAt(tileRect(tile), part.height(), part.width(), point);
    return cell ? std::optional(Cell{cell->y() + part.top(), cell->x() + part.left()}) : std::nullopt;
}

void MapTiles::mousePressEvent(QMouseEvent* event) {
    const std::optional<int> tile = tileAt(event->position());
    if (!tile || event->button() != Qt::LeftButton)
        return;
    m_marked = *tile;
    update();
    Q_EMIT chosen(*tile);
    if (const std::optional<Cell> cell = cellOf(*tile, event->position()))
        Q_EMIT cellChosen(*cell);
}

void MapTiles::leaveEvent(QEvent*) {
    pointAt({});
    m_pointed.leave();
    Q_EMIT readoutChanged({});
}

void MapTiles::keyPressEvent(QKeyEvent* event) {
    const int last = int(m_tiles.size()) - 1;
    if (event->key() == Qt::Key_Left)
        m_marked = std::max(0, m_marked - 1);
    else if (event->key() == Qt::Key_Right)
        m_marked = std::min(last, m_marked + 1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_marked >= 0)
        Q_EMIT chosen(m_marked);
    else
        return Canvas::keyPressEvent(event);
    update();
}

void MapTiles::focusOutEvent(QFocusEvent* event) {
    Canvas::focusOutEvent(event);
    update();
}

}  // namespace resnet::ui

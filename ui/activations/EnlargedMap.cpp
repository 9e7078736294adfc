#include "ui/activations/EnlargedMap.h"

#include "ui/painting/ColorBar.h"
#include "ui/painting/MapPainter.h"
#include "ui/words/NumberText.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int barGap = 10;
constexpr int barWidth = 10;

}  // namespace

EnlargedMap::EnlargedMap(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(tr("Arrow keys move the selected cell, with Shift by 8"));
}

void EnlargedMap::setMap(FeatureMapsPtr maps, int channel, ColorMap colors, const ValueRange& scale) {
    m_maps = std::move(maps);
    m_channel = channel;
    m_colors = colors;
    m_scale = scale;
    m_range = m_maps ? rangeOf(m_maps->channel(channel)) : emptyRange;
    update();
}

void EnlargedMap::setPlaceholder(const QString& placeholder) {
    m_placeholder = placeholder;
    update();
}

void EnlargedMap::setCell(std::optional<Cell> cell) {
    m_cell = cell;
    tellSpoken();
    update();
}

void EnlargedMap::setPointedCell(std::optional<Cell> cell) {
    if (cell == m_pointedCell)
        return;
    m_pointedCell = cell;
    update();
}

void EnlargedMap::setColorBarVisible(bool visible) {
    m_hasColorBar = visible;
    update();
}

void EnlargedMap::setImage(const QImage& image) {
    m_image = image;
    update();
}

void EnlargedMap::setOpacity(double opacity) {
    m_opacity = opacity;
    update();
}

void EnlargedMap::setCurrent(bool current) {
    m_isCurrent = current;
    update();
}

void EnlargedMap::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

std::optional<float> EnlargedMap::valueAt(const Cell& cell) const {
    if (!m_maps || m_channel >= m_maps->channels() || cell.y < 0 || cell.x < 0 ||
        cell.y >= m_maps->height() || cell.x >= m_maps->width())
        return std::nullopt;
    return m_maps->at(m_channel, cell.y, cell.x);
}

QString EnlargedMap::spoken() const {
    if (!m_maps)
        return m_placeholder;
    const std::optional<float> value = m_cell ? valueAt(*m_cell) : std::nullopt;
    return value ? tr("channel %1, row %2, column %3: %4")
                       .arg(m_channel)
                       .arg(m_cell->y)
                       .arg(m_cell->x)
                       .arg(signedValueText(*value))
                 : tr("channel %1, no cell selected").arg(m_channel);
}

QRectF EnlargedMap::mapRect() const {
    const int barRoom = m_hasColorBar ? barGap + barWidth + colorBarLabelWidth : 0;
    const QRectF room = area().adjusted(2, 2, -2 - barRoom, -2);
    const double rows = m_maps ? m_maps->height() : 1;
    const double columns = m_maps ? m_maps->width() : 1;
    const double side = std::min(room.width() / columns, room.height() / rows);
    // On whole pixels, so that edges stay sharp.
    const int width = std::max(1, int(side * columns));
    const int height = std::max(1, int(side * rows));
    return QRectF(int(room.left() + (room.width() - width) / 2),
                  int(room.top() + (room.height() - height) / 2), width, height);
}

std::optional<Cell> EnlargedMap::cellAt(const QPointF& point) const {
    if (!m_maps)
        return std::nullopt;
    const auto cell = ui::cellAt(mapRect(), m_maps->height(), m_maps->width(), point);
    return cell ? std::optional(Cell{cell->y(), cell->x()}) : std::nullopt;
}

std::optional<QPointF> EnlargedMap::centreOfCell() const {
    if (!m_cell || !valueAt(*m_cell))
        return std::nullopt;
    return cellRect(mapRect(), m_maps->height(), m_maps->width(), m_cell->y, m_cell->x).center();
}

void EnlargedMap::paint(QPainter& painter) {
    const QRectF map = mapRect();
    if (!m_maps || m_channel >= m_maps->channels()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme->line, 1, Qt::DashLine));
        painter.drawRect(map.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setFont(ui::font(TextRole::Secondary));
        painter.setPen(m_theme->secondaryText);
        painter.drawText(map.adjusted(4, 4, -4, -4), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    if (m_opacity < 1.0 && !m_image.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(map, m_image);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.setOpacity(m_opacity);
    }
    paintMap(painter, map, m_maps->channel(m_channel), m_colors, m_scale, *m_theme);
    painter.setOpacity(1.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_isCurrent ? m_theme->selection : m_theme->line, m_isCurrent ? 2.0 : 1.0));
    const double outset = m_isCurrent ? 1.0 : 0.5;
    painter.drawRect(map.adjusted(-outset, -outset, outset, outset));
    if (hasFocus()) {
        painter.setPen(QPen(m_theme->mainPath, 2.0));
        painter.drawRect(map.adjusted(-1, -1, 1, 1));
    }
    paintMarks(painter, map);
    if (m_hasColorBar)
        paintColorBar(painter, QRectF(map.right() + barGap, map.top() + 4, barWidth, map.height() - 8),
                      m_colors, m_scale, *m_theme, m_range);
}

void EnlargedMap::paintMarks(QPainter& painter, const QRectF& rect) const {
    if (m_pointedCell && valueAt(*m_pointedCell)) {
        const QRectF cell =
            cellRect(rect, m_maps->height(), m_maps->width(), m_pointedCell->y, m_pointedCell->x);
        painter.setPen(QPen(m_theme->inactive, 1.0));
        painter.drawRect(cell.width() < 4 ? cell.adjusted(-2, -2, 2, 2) : cell);
    }
    if (m_cell && valueAt(*m_cell))
        paintCellMark(painter, cellRect(rect, m_maps->height(), m_maps->width(), m_cell->y, m_cell->x));
}

void EnlargedMap::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<Cell> cell = cellAt(event->position());
    if (cell && (event->buttons() & Qt::LeftButton) && cell != m_cell)
        Q_EMIT cellPicked(cell);
    if (cell != m_pointedCell)
        Q_EMIT cellHovered(cell);
}

void EnlargedMap::mousePressEvent(QMouseEvent* event) {
    if (const std::optional<Cell> cell = cellAt(event->position()); cell && event->button() == Qt::LeftButton)
        Q_EMIT cellPicked(cell);
}

void EnlargedMap::leaveEvent(QEvent*) {
    Q_EMIT cellHovered(std::nullopt);
}

// Escape forgets the cell before it may cancel anything in the window.
bool EnlargedMap::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && m_cell &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return Canvas::event(event);
}

void EnlargedMap::keyPressEvent(QKeyEvent* event) {
    const int stride = event->modifiers() & Qt::ShiftModifier ? 8 : 1;
    const int dx = event->key() == Qt::Key_Left ? -stride : event->key() == Qt::Key_Right ? stride : 0;
    const int dy = event->key() == Qt::Key_Up ? -stride : event->key() == Qt::Key_Down ? stride : 0;
    if (event->key() == Qt::Key_Escape && m_cell) {
        Q_EMIT cellPicked(std::nullopt);
        return;
    }
    if ((dx == 0 && dy == 0) || !m_maps || (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        event->ignore();
        return;
    }
    const Cell middle{m_maps->height() / 2, m_maps->width() / 2};
    const Cell from = m_cell.value_or(middle);
    const Cell to{std::clamp(from.y + dy, 0, m_maps->height() - 1),
                  std::clamp(from.x + dx, 0, m_maps->width() - 1)};
    Q_EMIT cellPicked(m_cell ? to : middle);
}

}  // namespace resnet::ui

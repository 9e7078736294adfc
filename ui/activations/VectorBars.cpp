#include "ui/activations/VectorBars.h"

#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"
#include "ui/words/NumberText.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double mostLineWidth = 460.0;
constexpr double leastBarWidth = 3.0;
constexpr double rowGap = 12.0;
constexpr int leastLineWidth = 300;
constexpr int footHeight = 20;  // tells which of the lines are shown
constexpr int linesOfWheel = 3;

}  // namespace

int VectorLayout::linesIn(const QSize& view) {
    return std::max(1, view.height() / lineHeight) * std::max(1, view.width() / leastLineWidth);
}

VectorLayout::VectorLayout(int count, const QSize& view, bool areLines)
    : m_count(count), m_hasNames(areLines || count <= mostNamed) {
    if (count == 0 || view.isEmpty())
        return;
    if (m_hasNames) {
        m_rows = std::clamp(view.height() / lineHeight, 1, count);
        m_columns = (count + m_rows - 1) / m_rows;
        m_rows = (count + m_columns - 1) / m_columns;
        m_width = std::min(mostLineWidth, double(view.width()) / m_columns);
        m_height = lineHeight;
        return;
    }
    m_rows = std::max(1, int(std::ceil(count * leastBarWidth / view.width())));
    m_columns = (count + m_rows - 1) / m_rows;
    m_width = double(view.width()) / m_columns;
    m_height = double(view.height()) / m_rows;
}

QRectF VectorLayout::slotOf(int position) const {
    const int row = m_hasNames ? position % m_rows : position / m_columns;
    const int column = m_hasNames ? position / m_rows : position % m_columns;
    const double gap = m_hasNames ? 0.0 : rowGap;
    return {column * m_width, row * m_height, m_width, std::max(1.0, m_height - gap)};
}

std::optional<int> VectorLayout::positionAt(const QPointF& point) const {
    if (point.x() < 0 || point.y() < 0 || m_width <= 0.0)
        return std::nullopt;
    const int row = int(point.y() / m_height);
    const int column = int(point.x() / m_width);
    if (row >= m_rows || column >= m_columns)
        return std::nullopt;
    const int position = m_hasNames ? column * m_rows + row : row * m_columns + column;
    return position < m_count ? std::optional(position) : std::nullopt;
}

namespace {

constexpr double barNameWidth = 128.0;
constexpr double valueWidth = 64.0;

}  // namespace

VectorBars::VectorBars(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Values of the step"));
    setAccessibleDescription(tr("Arrow keys move over values"));
}

void VectorBars::setContent(VectorContent content) {
    m_content = std::move(content);
    m_hovered = -1;
    m_first = 0;
    if (m_content.values) {
        const ValueRange range = rangeOf(*m_content.values);
        m_axis = {std::min(0.0, double(range.low)), std::max(0.0, double(range.high))};
        if (range.isEmpty() || m_axis.low == m_axis.high)
            m_axis = {0.0, 1.0};
    }
    updateLayout();
}

// A line that is selected anew comes into sight.
void VectorBars::setSelectedChannel(int channel) {
    const int position = positionOf(channel);
    if (channel != m_selected && position >= 0 && (position < m_first || position >= m_first + m_shown))
        showFrom(position - m_shown / 2);
    m_selected = channel;
    update();
}

void VectorBars::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void VectorBars::updateLayout() {
    QSize room = area().size().toSize();
    m_shown = count();
    if (m_content.areLines && count() > VectorLayout::linesIn(room)) {
        room.rheight() -= footHeight;
        m_shown = std::min(count(), VectorLayout::linesIn(room));
    }
    m_layout = VectorLayout(m_shown, room, m_content.areLines);
    showFrom(m_first);
}

void VectorBars::showFrom(int position) {
    m_first = std::clamp(position, 0, count() - m_shown);
    update();
}

std::optional<int> VectorBars::channelAt(const QPointF& point) const {
    const std::optional<int> line = m_layout.positionAt(point);
    return line ? std::optional(m_content.order[std::size_t(m_first) + std::size_t(*line)]) : std::nullopt;
}

int VectorBars::positionOf(int channel) const {
    const auto found = std::ranges::find(m_content.order, channel);
    return found == m_content.order.end() ? -1 : int(found - m_content.order.begin());
}

QRectF VectorBars::slotOf(int channel) const {
    const int line = positionOf(channel) - m_first;
    return line < 0 || line >= m_shown ? QRectF() : m_layout.slotOf(line);
}

QString VectorBars::textOf(int channel) const {
    const float value = valueOf(channel);
    return m_content.isProbability ? percentText(value) : signedValueText(value);
}

void VectorBars::paint(QPainter& painter) {
    if (!m_content.values)
        return;
    painter.setRenderHint(QPainter::Antialiasing, m_layout.hasNames());
    for (int line = 0; line < m_shown; ++line) {
        const int channel = m_content.order[std::size_t(m_first) + std::size_t(line)];
        if (m_layout.hasNames())
            paintLine(painter, channel, m_layout.slotOf(line));
        else
            paintBar(painter, channel, m_layout.slotOf(line));
    }
    if (m_shown == count())
        return;
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(m_theme->secondaryText);
    painter.drawText(QRectF(8, area().height() - footHeight, area().width() - 16, footHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     tr("%1 to %2 of %3; the wheel and the arrow keys show the others")
                         .arg(m_first + 1)
                         .arg(m_first + m_shown)
                         .arg(count()));
}

void VectorBars::paintLine(QPainter& painter, int channel, const QRectF& line) const {
    const bool selected = channel == m_selected;
    if (selected || channel == m_hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? m_theme->mainPathFill : m_theme->control);
        painter.drawRoundedRect(line.adjusted(0, 1, -8, -1), 4, 4);
    }
    const QRectF inner = line.adjusted(8, 0, -16, 0);
    painter.setFont(ui::font(selected ? TextRole::BodyBold : TextRole::Body));
    painter.setPen(m_theme->ink);
    const QString name =
        channel < m_content.names.size() ? m_content.names[channel] : QString::number(channel);
    painter.drawText(QRectF(inner.left(), inner.top(), barNameWidth, inner.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, int(barNameWidth) - 8));
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, textOf(channel));

    const QRectF track(inner.left() + barNameWidth, inner.center().y() - 3,
                       inner.width() - barNameWidth - valueWidth, 6);
    const float value = valueOf(channel);
    if (track.width() < 12 || !std::isfinite(value))
        return;
    const double zero = track.left() + m_axis.share(0.0) * track.width();
    const double end = track.left() + m_axis.share(value) * track.width();
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->line);
    painter.drawRoundedRect(track, 3, 3);
    painter.setBrush(m_content.isProbability ? m_theme->mainPath : signColor(value < 0.0f, *m_theme));
    painter.drawRoundedRect(
        QRectF(QPointF(std::min(zero, end), track.top()), QPointF(std::max(zero, end), track.bottom())), 3,
        3);
}

void VectorBars::paintBar(QPainter& painter, int channel, const QRectF& slot) const {
    const float value = valueOf(channel);
    const double gap = slot.width() >= 3.0 ? 1.0 : 0.0;
    if (channel == m_selected || channel == m_hovered)
        painter.fillRect(slot, channel == m_selected ? m_theme->mainPathFill : m_theme->control);
    const double zero = slot.bottom() - m_axis.share(0.0) * slot.height();
    if (!std::isfinite(value)) {
        painter.fillRect(slot.adjusted(0, 0, -gap, 0),
                         QBrush(QColor::fromRgb(notFiniteColor), Qt::BDiagPattern));
        return;
    }
    const double end = slot.bottom() - m_axis.share(value) * slot.height();
    const QColor color = channel == m_selected ? m_theme->mainPath : signColor(value < 0.0f, *m_theme);
    painter.fillRect(QRectF(slot.left(), std::min(zero, end), slot.width() - gap, std::abs(end - zero)),
                     color);
    painter.fillRect(QRectF(slot.left(), zero, slot.width(), 1), m_theme->line);
}

void VectorBars::resizeEvent(QResizeEvent*) {
    updateLayout();
}

void VectorBars::setHovered(int channel) {
    if (channel == m_hovered)
        return;
    m_hovered = channel;
    update();
    if (channel < 0)
        Q_EMIT hoverLeft();
    else
        Q_EMIT channelHovered(channel);
}

void VectorBars::mouseMoveEvent(QMouseEvent* event) {
    setHovered(channelAt(event->position()).value_or(-1));
}

void VectorBars::leaveEvent(QEvent*) {
    setHovered(-1);
}

void VectorBars::mousePressEvent(QMouseEvent* event) {
    const std::optional<int> channel = channelAt(event->position());
    if (channel && event->button() == Qt::LeftButton)
        Q_EMIT channelPicked(*channel);
}

void VectorBars::wheelEvent(QWheelEvent* event) {
    if (m_shown == count() || event->angleDelta().y() == 0)
        return event->ignore();
    showFrom(m_first + (event->angleDelta().y() > 0 ? -linesOfWheel : linesOfWheel));
    setHovered(channelAt(event->position()).value_or(-1));
    event->accept();
}

void VectorBars::keyPressEvent(QKeyEvent* event) {
    const int last = count() - 1;
    const int step = event->key() == Qt::Key_Left    ? -m_layout.stepRight()
                     : event->key() == Qt::Key_Right ? m_layout.stepRight()
                     : event->key() == Qt::Key_Up    ? -m_layout.stepDown()
                     : event->key() == Qt::Key_Down  ? m_layout.stepDown()
                                                     : 0;
    if (step == 0 || last < 0 || (event->modifiers() & ~Qt::KeypadModifier)) {
        event->ignore();
        return;
    }
    const int position = positionOf(m_selected);
    if (const int next = position + step; position < 0)
        Q_EMIT channelPicked(m_content.order.front());
    else if (next >= 0 && next <= last)
        Q_EMIT channelPicked(m_content.order[std::size_t(next)]);
}

}  // namespace resnet::ui

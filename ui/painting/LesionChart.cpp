#include "ui/painting/LesionChart.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

using Part = LesionChart::Part;
using Place = LesionChartLayout::Place;

constexpr double headHeight = 22.0;
constexpr double axisWidth = 44.0;
constexpr double labelHeight = 18.0;
constexpr double rightRoom = 48.0;  // for what the line across is

class ChartPainter {
public:
    ChartPainter(QPainter& painter, const QRectF& room, const LesionChart& chart, const Theme& theme)
        : m_painter(painter), m_room(room), m_chart(chart), m_theme(theme), m_layout(chart, room) {}

    void paint(int current, const std::optional<Place>& hovered) {
        m_painter.setRenderHint(QPainter::Antialiasing);
        paintHead();
        paintAxis();
        if (hovered)
            m_painter.fillRect(m_layout.slotOf(*hovered), m_theme.controlHover);
        for (int column = 0; column < int(m_chart.columns.size()); ++column) {
            const LesionChart::Column& each = m_chart.columns[std::size_t(column)];
            paintBar({column, Part::MainPath}, each.mainPath, each.changesX);
            paintBar({column, Part::Shortcut}, each.shortcut, each.changesX);
            paintLabel(column, column == current);
        }
        paintReference();
    }

private:
    void text(TextRole role, const QColor& color, const QRectF& rect, int flags, const QString& words) {
        m_painter.setFont(font(role));
        m_painter.setPen(color);
        m_painter.drawText(rect, flags, words);
    }

    // The title, and what the bars are at its right.
    void paintHead() {
        double right = m_room.right();
        const QFontMetricsF metrics(font(TextRole::Secondary));
        for (const auto& [part, words] : {std::pair(Part::Shortcut, Words::tr("shortcut off")),
                                          std::pair(Part::MainPath, Words::tr("F(x) off"))}) {
            const double width = metrics.horizontalAdvance(words);
            const QRectF word(right - width, m_room.top(), width + 1, headHeight);
            text(TextRole::Secondary, m_theme.secondaryText, word, Qt::AlignVCenter | Qt::AlignLeft, words);
            const QRectF box(word.left() - 16, m_room.top() + headHeight / 2 - 5, 10, 10);
            m_painter.setPen(QPen(lineOf(part), 1.3));
            m_painter.setBrush(fillOf(part));
            m_painter.drawRoundedRect(box, 2, 2);
            right = box.left() - 16;
        }
        const QFontMetricsF bold(font(TextRole::BodyBold));
        const QRectF title(m_room.left(), m_room.top(), right - m_room.left(), headHeight);
        text(TextRole::BodyBold, m_theme.ink, title, Qt::AlignVCenter | Qt::AlignLeft,
             bold.elidedText(m_chart.title, Qt::ElideRight, title.width()));
    }

    void paintAxis() {
        for (const double share : {0.0, 0.5, 1.0}) {
            const double y = m_layout.yOf(share);
            m_painter.fillRect(QRectF(m_layout.plot().left(), y, m_layout.plot().width(), 1), m_theme.line);
            text(TextRole::Small, m_theme.secondaryText, {m_room.left(), y - 8, axisWidth - 6, 16},
                 Qt::AlignRight | Qt::AlignVCenter,
                 QString::number(std::lround(100 * share)) + Words::tr(" %"));
        }
    }

    QColor lineOf(Part part) const { return part == Part::MainPath ? m_theme.mainPath : m_theme.shortcut; }
    QColor fillOf(Part part) const {
        return part == Part::MainPath ? m_theme.mainPathFill : m_theme.shortcutFill;
    }

    void paintBar(const Place& place, const LesionChart::Bar& bar, bool changesX) {
        if (std::isnan(bar.share))
            return;
        const QRectF slot = m_layout.slotOf(place);
        const double top = std::min(m_layout.yOf(bar.share), slot.bottom() - 1.5);
        const double gap = std::min(1.5, slot.width() * 0.1);
        const QRectF rect(slot.left() + gap, top, slot.width() - 2 * gap, slot.bottom() - top);
        QPen pen(lineOf(place.second), 1.3);
        if (changesX)
            pen.setDashPattern({2.4, 1.4});
        m_painter.setPen(pen);
        m_painter.setBrush(bar.isOff ? lineOf(place.second) : fillOf(place.second));
        m_painter.drawRoundedRect(rect, 2, 2);
    }

    void paintLabel(int column, bool isCurrent) {
        const QRectF left = m_layout.slotOf({column, Part::MainPath});
        const QRectF right = m_layout.slotOf({column, Part::Shortcut});
        const QString& label = m_chart.columns[std::size_t(column)].label;
        const TextRole role = isCurrent ? TextRole::SmallBold : TextRole::Small;
        const double step = m_layout.plot().width() / double(m_chart.columns.size());
        const double width = QFontMetricsF(font(TextRole::SmallBold)).horizontalAdvance(label) + 4;
        const int every = std::max(1, int(std::ceil(width / step)));  // where all have no room
        if (column % every != 0 && !isCurrent)
            return;
        const double middle = (left.left() + right.right()) / 2;
        text(role, isCurrent ? m_theme.ink : m_theme.secondaryText,
             {middle - width, m_layout.plot().bottom() + 2, 2 * width, labelHeight - 2}, Qt::AlignCenter,
             label);
    }

    void paintReference() {
        if (std::isnan(m_chart.reference))
            return;
        const double y = m_layout.yOf(m_chart.reference);
        QPen pen(m_theme.mainPath, 1.2);
        pen.setDashPattern({5, 4});
        m_painter.setPen(pen);
        m_painter.drawLine(QPointF(m_layout.plot().left(), y), QPointF(m_layout.plot().right(), y));
        const QRectF place(m_layout.plot().right() + 4, std::max(m_room.top() + headHeight, y - 14),
                           rightRoom - 4, 28);
        text(TextRole::Small, m_theme.mainPath, place, Qt::AlignLeft | Qt::AlignVCenter,
             Words::tr("all on\n%1").arg(percentText(m_chart.reference)));
    }

    QPainter& m_painter;
    QRectF m_room;
    const LesionChart& m_chart;
    const Theme& m_theme;
    LesionChartLayout m_layout;
};

}  // namespace

LesionChartLayout::LesionChartLayout(const LesionChart& chart, const QRectF& room)
    : m_plot(room.adjusted(axisWidth, headHeight + 6, -rightRoom, -labelHeight)),
      m_columns(std::max(1, int(chart.columns.size()))) {}

QRectF LesionChartLayout::slotOf(const Place& place) const {
    const double step = m_plot.width() / m_columns;
    const double width = std::min(step * 0.43, 24.0);
    const double middle = m_plot.left() + (place.first + 0.5) * step;
    return {place.second == Part::MainPath ? middle - width : middle, m_plot.top(), width, m_plot.height()};
}

std::optional<LesionChartLayout::Place> LesionChartLayout::placeAt(const QPointF& point) const {
    constexpr double below = 3.0;  // of a bar with no height
    for (int column = 0; column < m_columns; ++column)
        for (const Part part : {Part::MainPath, Part::Shortcut})
            if (slotOf({column, part}).adjusted(0, 0, 0, below).contains(point))
                return Place(column, part);
    return std::nullopt;
}

void paintLesionChart(QPainter& painter, const QRectF& room, const LesionChart& chart, int current,
                      const std::optional<Place>& hovered, const Theme& theme) {
    painter.save();
    ChartPainter(painter, room, chart, theme).paint(current, hovered);
    painter.restore();
}

}  // namespace resnet::ui

#include "ui/painting/ColumnChart.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet::ui {
QColor colorOf(ColumnChart::Tone tone, const Theme& theme) {
    switch (tone) {
        case ColumnChart::Tone::MainPath:
            return theme.mainPath;
        case ColumnChart::Tone::Shortcut:
            return theme.shortcut;
        case ColumnChart::Tone::Neutral:
            break;
    }
    return theme.secondaryText;
}

namespace {

constexpr double titleWidth = 84.0;
constexpr double groupHeight = 18.0;
constexpr double rowGap = 6.0;

ColumnChart::Tone toneOf(Way way) {
    return way == Way::MainPath   ? ColumnChart::Tone::MainPath
           : way == Way::Shortcut ? ColumnChart::Tone::Shortcut
                                  : ColumnChart::Tone::Neutral;
}

QString groupTitle(const Step& step) {
    if (step.stage >= 0)
        return Words::tr("Stage %1").arg(step.stage + 1);
    return step.way == Way::Stem ? Words::tr("Stem") : Words::tr("Head");
}

struct Extent {
    double low = 0.0;
    double high = 0.0;
};

Extent extentOf(const ColumnChart::Row& row) {
    Extent extent;
    for (const ColumnChart::Series& series : row.series)
        for (const std::optional<double>& value : series.values)
            if (value && std::isfinite(*value)) {
                extent.low = std::min(extent.low, *value);
                extent.high = std::max(extent.high, *value);
            }
    return extent;
}

// The title, and below it the row's ends where there is room for them. Gives the foot of both.
double paintTitle(QPainter& painter, const QRectF& room, const QString& title, const Extent& extent,
                  const Theme& theme) {
    painter.setFont(font(TextRole::Secondary));
    painter.setPen(theme.ink);
    QRectF taken;
    painter.drawText(room, int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, title, &taken);
    painter.setFont(font(TextRole::Small));
    painter.setPen(theme.secondaryText);
    const QRectF rest = room.adjusted(0, taken.height(), 0, 0);
    if (rest.height() < painter.fontMetrics().height() - 1)
        return taken.bottom();
    const QString ends = extent.low < 0.0
                             ? Words::tr("%1 to %2").arg(axisText(extent.low), axisText(extent.high))
                             : Words::tr("to %1").arg(axisText(extent.high));
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignTop, ends, &taken);
    return taken.bottom();
}

// Its number has no room above `from`, where the row's title stands.
void paintMark(QPainter& painter, const QRectF& rect, double value, double y, double from,
               const Theme& theme) {
    painter.fillRect(QRectF(rect.left(), y, rect.width(), 1), theme.line);
    painter.setFont(font(TextRole::Small));
    painter.setPen(theme.secondaryText);
    const double half = painter.fontMetrics().height() / 2.0;
    if (y - half > from)
        painter.drawText(QRectF(rect.left() - titleWidth, y - half, titleWidth - 6, 2 * half),
                         Qt::AlignRight | Qt::AlignVCenter, axisText(value));
}

void paintRow(QPainter& painter, const ColumnChartLayout& layout, const ColumnChart& chart, int index,
              const Theme& theme) {
    const ColumnChart::Row& row = chart.rows[std::size_t(index)];
    const QRectF rect = layout.rowRect(index);
    const Extent extent = extentOf(row);
    const auto position = [&](double value) { return row.position ? row.position(value) : value; };
    const double low = position(extent.low);
    const double span = position(extent.high) - low;
    const auto yOf = [&](double value) {
        return span > 0.0 ? rect.bottom() - (position(value) - low) / span * rect.height() : rect.bottom();
    };

    const double titleFoot =
        paintTitle(painter, {layout.plot().left() - titleWidth, rect.top(), titleWidth - 8, rect.height()},
                   row.title, extent, theme);
    for (const double mark : row.marks)
        paintMark(painter, rect, mark, yOf(mark), titleFoot, theme);

    for (int column = 0; column < chart.columns; ++column) {
        const QRectF slot = layout.columnRect(column);
        const double gap = slot.width() >= 12 ? slot.width() * 0.25 : slot.width() >= 3 ? 1.0 : 0.0;
        const double width = (slot.width() - gap) / double(row.series.size());
        for (std::size_t s = 0; s < row.series.size(); ++s) {
            const std::optional<double>& value = row.series[s].values[std::size_t(column)];
            if (!value || !std::isfinite(*value))
                continue;
            const double zero = yOf(0.0);
            const double end = yOf(*value);
            painter.fillRect(QRectF(slot.left() + gap / 2 + double(s) * width, std::min(zero, end), width,
                                    std::max(1.0, std::abs(end - zero))),
                             colorOf(row.series[s].tone.value_or(chart.tones[std::size_t(column)]), theme));
        }
    }
    painter.fillRect(QRectF(rect.left(), yOf(0.0), rect.width(), 1), theme.line);
}

void paintGroups(QPainter& painter, const ColumnChartLayout& layout, const ColumnChart& chart,
                 const Theme& theme) {
    painter.setFont(font(TextRole::Small));
    const QRectF plot = layout.plot();
    for (std::size_t i = 0; i < chart.groups.size(); ++i) {
        const double left = layout.columnRect(chart.groups[i].first).left();
        const int next = i + 1 < chart.groups.size() ? chart.groups[i + 1].first : chart.columns;
        const double right = layout.columnRect(next - 1).right();
        if (i > 0)
            painter.fillRect(QRectF(left, plot.top(), 1, plot.height() + groupHeight), theme.line);
        painter.setPen(theme.secondaryText);
        // A name that would run into the next one is left out.
        if (painter.fontMetrics().horizontalAdvance(chart.groups[i].title) <= right - left)
            painter.drawText(QRectF(left, plot.bottom() + 2, right - left, groupHeight - 2), Qt::AlignCenter,
                             chart.groups[i].title);
    }
}

}  // namespace

ColumnChart chartOfSteps(const Graph& graph) {
    ColumnChart chart;
    chart.columns = graph.stepCount();
    for (const Step& step : graph.steps()) {
        chart.tones.push_back(toneOf(step.way));
        if (chart.groups.empty() || chart.groups.back().title != groupTitle(step))
            chart.groups.push_back({groupTitle(step), step.id});
    }
    return chart;
}

void spreadOverDecades(ColumnChart::Row& row) {
    constexpr double fewest = 100.0;
    constexpr int mostMarks = 6;
    double least = std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (const ColumnChart::Series& series : row.series)
        for (const std::optional<double>& value : series.values)
            if (value && std::isfinite(*value) && *value > 0.0) {
                least = std::min(least, *value);
                most = std::max(most, *value);
            }
    if (most < fewest * least)
        return;
    const double first = std::floor(std::log10(least));
    row.position = [first](double value) {
        return value > 0.0 ? std::max(0.0, std::log10(value) - first) : 0.0;
    };
    const int decades = int(std::floor(std::log10(most)) - first);
    const int step = (decades + mostMarks - 1) / mostMarks;
    for (int decade = step; decade <= decades; decade += step)
        row.marks.push_back(std::pow(10.0, first + decade));
}

ColumnChartLayout::ColumnChartLayout(const ColumnChart& chart, const QRectF& room)
    : m_plot(room.adjusted(titleWidth, 2, -4, -groupHeight)),
      m_columns(std::max(1, chart.columns)),
      m_rows(std::max(1, int(chart.rows.size()))) {}

QRectF ColumnChartLayout::rowRect(int row) const {
    const double height = m_plot.height() / m_rows;
    return {m_plot.left(), m_plot.top() + row * height + rowGap / 2, m_plot.width(),
            std::max(1.0, height - rowGap)};
}

QRectF ColumnChartLayout::columnRect(int column) const {
    const double width = m_plot.width() / m_columns;
    return {m_plot.left() + column * width, m_plot.top(), width, m_plot.height()};
}

std::optional<int> ColumnChartLayout::columnAt(const QPointF& point) const {
    if (!m_plot.adjusted(0, 0, 0, groupHeight).contains(point))
        return std::nullopt;
    return std::clamp(int((point.x() - m_plot.left()) / m_plot.width() * m_columns), 0, m_columns - 1);
}

void paintColumnChart(QPainter& painter, const QRectF& room, const ColumnChart& chart, int current,
                      int hovered, const Theme& theme) {
    if (chart.isEmpty())
        return;
    const ColumnChartLayout layout(chart, room);
    painter.save();
    if (hovered >= 0 && hovered < chart.columns)
        painter.fillRect(layout.columnRect(hovered), theme.control);
    if (current >= 0 && current < chart.columns)
        painter.fillRect(layout.columnRect(current), theme.mainPathFill);
    paintGroups(painter, layout, chart, theme);
    for (int row = 0; row < int(chart.rows.size()); ++row)
        paintRow(painter, layout, chart, row, theme);
    if (current >= 0 && current < chart.columns) {
        const QRectF column = layout.columnRect(current);
        painter.fillRect(QRectF(column.left(), layout.plot().bottom(), column.width(), 2), theme.selection);
    }
    painter.restore();
}

}  // namespace resnet::ui

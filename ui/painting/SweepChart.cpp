#include "ui/painting/SweepChart.h"

#include "ui/Words.h"
#include "ui/painting/RoundNumber.h"
#include "ui/words/NumberText.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <functional>

namespace resnet::ui {

namespace {

constexpr double sweepAxisWidth = 44.0;
constexpr double slotWidth = 44.0;
constexpr double narrowSlot = 34.0;
constexpr double referenceRoom = 96.0;  // right of the plot, for the reference's label
constexpr double titleHeight = 42.0;    // with room for marks at the upper end
constexpr double plotHeight = 190.0;
constexpr double sweepLabelHeight = 18.0;
constexpr double sweepGroupHeight = 18.0;
constexpr double sweepPanelGap = 14.0;
constexpr double keyHeight = 26.0;
constexpr double fewestSlots = 10.0;

double slotOf(const SweepChart::Panel& panel) {
    const QFontMetricsF metrics(font(TextRole::Small));
    double widest = narrowSlot;
    for (const SweepChart::Bar& bar : panel.bars)
        widest = std::max(widest, metrics.horizontalAdvance(bar.label) + 6.0);
    return panel.bars.size() > 16 ? widest : std::max(widest, slotWidth);
}

double widthOf(const SweepChart::Panel& panel) {
    return sweepAxisWidth + std::max(fewestSlots, double(panel.bars.size())) * slotOf(panel) + referenceRoom;
}

double heightOf(const SweepChart::Panel& panel) {
    return titleHeight + plotHeight + sweepLabelHeight + (panel.groups.empty() ? 0.0 : sweepGroupHeight);
}

// Lines at 1, 2 or 5 times a power of ten, four to eight of them.
struct Axis {
    double low = 0.0;
    double high = 1.0;
    double step = 0.2;

    static Axis over(const SweepChart& chart) {
        if (chart.isShare)
            return {};
        Axis axis{0.0, 0.0, 1.0};
        const auto include = [&](std::optional<double> value) {
            if (value && std::isfinite(*value)) {
                axis.low = std::min(axis.low, *value);
                axis.high = std::max(axis.high, *value);
            }
        };
        for (const SweepChart::Panel& panel : chart.panels) {
            include(panel.reference);
            for (const SweepChart::Bar& bar : panel.bars)
                for (const std::optional<double> value :
                     {std::optional(bar.value), bar.low, bar.high, bar.measured})
                    include(value);
        }
        const double span = std::max(axis.high - axis.low, 1e-6);
        axis.step = roundedDown(span / 4.0);
        axis.low = std::floor(axis.low / axis.step) * axis.step;
        axis.high = std::ceil(axis.high / axis.step) * axis.step;
        return axis;
    }
};

class PanelPainter {
public:
    PanelPainter(QPainter& painter, const SweepChart& chart, const SweepChart::Panel& panel, const Axis& axis,
                 const Theme& theme)
        : m_painter(painter),
          m_chart(chart),
          m_panel(panel),
          m_axis(axis),
          m_theme(theme),
          m_slot(slotOf(panel)),
          m_plot(sweepAxisWidth, titleHeight, m_slot * double(panel.bars.size()), plotHeight) {}

    void paint() {
        text(TextRole::BodyBold, m_theme.ink, {0, 0, 4000, 18}, Qt::AlignLeft | Qt::AlignVCenter,
             m_panel.title);
        paintAxis();
        for (std::size_t i = 0; i < m_panel.bars.size(); ++i)
            paintBar(m_panel.bars[i], int(i));
        paintReference();
        for (std::size_t i = 0; i < m_panel.bars.size(); ++i)
            paintTexts(m_panel.bars[i], int(i));
        paintGroups();
    }

private:
    double yOf(double value) const {
        const double inside = std::clamp(value, m_axis.low, m_axis.high);
        return m_plot.bottom() - (inside - m_axis.low) / (m_axis.high - m_axis.low) * m_plot.height();
    }

    void text(TextRole role, const QColor& color, const QRectF& room, int flags, const QString& words) {
        m_painter.setFont(font(role));
        m_painter.setPen(color);
        m_painter.drawText(room, flags, words);
    }

    void paintAxis() {
        const int lines = int(std::lround((m_axis.high - m_axis.low) / m_axis.step));
        for (int i = 0; i <= lines; ++i) {
            const double value = m_axis.low + i * m_axis.step;
            const double y = yOf(value);
            m_painter.fillRect(QRectF(m_plot.left(), y, m_plot.width(), 1), m_theme.line);
            const QString label = m_chart.isShare
                                      ? QString::number(std::lround(value * 100.0)) + QStringLiteral(" %")
                                      : axisText(std::abs(value) < 1e-9 ? 0.0 : value);
            text(TextRole::Small, m_theme.secondaryText, {0, y - 8, sweepAxisWidth - 6, 16},
                 Qt::AlignRight | Qt::AlignVCenter, label);
        }
    }

    void paintBar(const SweepChart::Bar& bar, int index) {
        const QRectF column(m_plot.left() + index * m_slot, m_plot.top(), m_slot, m_plot.height());
        const double width = std::min(26.0, m_slot * 0.62);
        const double middle = column.center().x();
        const double zero = yOf(0.0);
        const double end = std::isfinite(bar.value) ? yOf(bar.value) : zero;
        const QRectF rect(middle - width / 2, std::min(zero, end), width,
                          std::max(1.0, std::abs(end - zero)));
        const QColor color = colorOf(m_panel.tone, m_theme);
        if (bar.changesX) {
            m_painter.fillRect(rect, m_theme.panel);
            m_painter.save();
            m_painter.setClipRect(rect);
            m_painter.setPen(QPen(color, 1.5));
            constexpr double apart = 5.0;
            const int lines = int(std::ceil((rect.width() + rect.height()) / apart));
            for (int i = 0; i < lines; ++i) {
                const double left = rect.left() - rect.height() + i * apart;
                m_painter.drawLine(QPointF(left, rect.bottom()), QPointF(left + rect.height(), rect.top()));
            }
            m_painter.restore();
            m_painter.setPen(QPen(color, 1.2));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(rect);
        } else {
            m_painter.fillRect(rect, color);
        }
        if (bar.low && bar.high) {
            m_painter.setPen(QPen(m_theme.ink, 1.2));
            m_painter.drawLine(QPointF(middle, yOf(*bar.low)), QPointF(middle, yOf(*bar.high)));
            for (const double at : {*bar.low, *bar.high})
                m_painter.drawLine(QPointF(middle - 4, yOf(at)), QPointF(middle + 4, yOf(at)));
        }
        if (bar.measured && std::isfinite(*bar.measured))
            paintDiamond({middle, yOf(*bar.measured)});
    }

    // Above all marks of a bar.
    double topOf(const SweepChart::Bar& bar) const {
        double top = yOf(0.0);
        if (std::isfinite(bar.value))
            top = std::min(top, yOf(bar.value));
        if (bar.high)
            top = std::min(top, yOf(*bar.high));
        if (bar.measured && std::isfinite(*bar.measured))
            top = std::min(top, yOf(*bar.measured) - 5);
        return top;
    }

    // The number, clear of the reference line, what it says instead, and the label.
    void paintTexts(const SweepChart::Bar& bar, int index) {
        const double left = m_plot.left() + index * m_slot;
        const double middle = left + m_slot / 2;
        const double top = topOf(bar);
        const QString number = !std::isfinite(bar.value) ? QStringLiteral("NaN")
                               : m_chart.isShare         ? QString::number(std::lround(bar.value * 100.0))
                                                         : axisText(bar.value);
        const double width = QFontMetricsF(font(TextRole::Small)).horizontalAdvance(number) + 2;
        m_painter.fillRect(QRectF(middle - width / 2, top - 14, width, 12), m_theme.panel);
        text(TextRole::Small, m_theme.ink, {left, top - 15, m_slot, 14}, Qt::AlignCenter, number);
        if (!bar.note.isEmpty())
            paintNote(bar.note, middle, top - 17);
        text(TextRole::Small, m_theme.secondaryText,
             {left - 2, m_plot.bottom() + 2, m_slot + 4, sweepLabelHeight - 2}, Qt::AlignCenter, bar.label);
    }

    void paintDiamond(const QPointF& at) {
        QPainterPath path;
        path.moveTo(at + QPointF(0, -5));
        for (const QPointF& corner : {QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0), QPointF(0, -5)})
            path.lineTo(at + corner);
        m_painter.setBrush(m_theme.panel);
        m_painter.setPen(QPen(m_theme.ink, 1.4));
        m_painter.drawPath(path);
    }

    // Upwards from the number, or beside the axis line where that would leave the panel.
    void paintNote(const QString& note, double middle, double bottom) {
        const QFontMetricsF metrics(font(TextRole::Small));
        const double room = bottom - m_plot.top() + 12.0;
        const QString shown = metrics.elidedText(note, Qt::ElideRight, std::max(room, 0.0));
        m_painter.save();
        m_painter.translate(middle, bottom);
        m_painter.rotate(-90);
        text(TextRole::Small, m_theme.secondaryText, {0, -8, std::max(room, 0.0), 16},
             Qt::AlignLeft | Qt::AlignVCenter, shown);
        m_painter.restore();
    }

    void paintReference() {
        const double y = yOf(m_panel.reference);
        m_painter.setPen(QPen(m_theme.ink, 1.2, Qt::DashLine));
        m_painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right() + 6, y));
        text(TextRole::Small, m_theme.ink, {m_plot.right() + 9, y - 16, referenceRoom - 9, 32},
             Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, m_panel.referenceLabel);
    }

    void paintGroups() {
        for (std::size_t i = 0; i < m_panel.groups.size(); ++i) {
            const double left = m_plot.left() + m_panel.groups[i].first * m_slot;
            const double right = i + 1 < m_panel.groups.size()
                                     ? m_plot.left() + m_panel.groups[i + 1].first * m_slot
                                     : m_plot.right();
            const double top = m_plot.bottom() + sweepLabelHeight + 1;
            m_painter.fillRect(QRectF(left + 4, top, right - left - 8, 1), m_theme.secondaryText);
            const QFontMetricsF metrics(font(TextRole::Small));
            text(TextRole::Small, m_theme.secondaryText, {left, top + 1, right - left, sweepGroupHeight - 3},
                 Qt::AlignCenter,
                 metrics.elidedText(m_panel.groups[i].title, Qt::ElideRight, right - left - 4));
        }
    }

    QPainter& m_painter;
    const SweepChart& m_chart;
    const SweepChart::Panel& m_panel;
    Axis m_axis;
    const Theme& m_theme;
    double m_slot;
    QRectF m_plot;
};

bool has(const SweepChart& chart, const std::function<bool(const SweepChart::Bar&)>& what) {
    return std::ranges::any_of(
        chart.panels, [&](const SweepChart::Panel& panel) { return std::ranges::any_of(panel.bars, what); });
}

QString keyOf(const SweepChart& chart) {
    QStringList key;
    if (has(chart, [](const auto& bar) { return bar.changesX; }))
        key << Words::tr("hatched: the shortcut changes x (projection or padding)");
    if (has(chart, [](const auto& bar) { return bar.low.has_value(); }))
        key << Words::tr("bar: mean, lines: one standard deviation over the draws");
    if (has(chart, [](const auto& bar) { return bar.measured.has_value(); }))
        key << Words::tr("diamond: batch norm measured anew");
    if (has(chart, [](const auto& bar) { return !bar.note.isEmpty(); }))
        key << Words::tr("upright: the class it says instead");
    return key.join(QStringLiteral("  ·  "));
}

}  // namespace

QSizeF sizeOf(const SweepChart& chart) {
    const QFontMetricsF metrics(font(TextRole::Secondary));
    QSizeF size(metrics.horizontalAdvance(keyOf(chart)), keyHeight);
    for (const SweepChart::Panel& panel : chart.panels)
        size = {std::max(size.width(), widthOf(panel)), size.height() + heightOf(panel) + sweepPanelGap};
    return {std::ceil(size.width()), size.height()};
}

void paintSweepChart(QPainter& painter, const SweepChart& chart, const Theme& theme) {
    const Axis axis = Axis::over(chart);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const SweepChart::Panel& panel : chart.panels) {
        PanelPainter(painter, chart, panel, axis, theme).paint();
        painter.translate(0, heightOf(panel) + sweepPanelGap);
    }
    painter.setFont(font(TextRole::Secondary));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(0, 0, 4000, keyHeight), Qt::AlignLeft | Qt::AlignVCenter, keyOf(chart));
    painter.restore();
}

}  // namespace resnet::ui

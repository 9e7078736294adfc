#include "ui/inspector/HistogramView.h"

#include "core/explain/Statistics.h"
#include "ui/painting/Theme.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double labelHeight = 16.0;

QRectF plotRect(const QRectF& room) {
    return room.adjusted(0, 0, 0, -labelHeight);
}

void paintBars(QPainter& painter, const QRectF& plot, const Histogram& histogram, const Theme& theme) {
    const auto most = double(*std::ranges::max_element(histogram.counts));
    if (most == 0.0)
        return;
    const double step = plot.width() / double(histogram.counts.size());
    const double gap = step >= 3.0 ? 1.0 : 0.0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        if (histogram.counts[i] == 0)
            continue;
        // Rare values keep a visible line.
        const double height = std::max(1.0, plot.height() * double(histogram.counts[i]) / most);
        const bool negative = histogram.isSigned() && i < histogram.counts.size() / 2;
        painter.fillRect(QRectF(plot.left() + double(i) * step, plot.bottom() - height, step - gap, height),
                         signColor(negative, theme));
    }
}

// Bars over a base line with the two ends and zero below, in `room` (at least about 80 x 40). Signed values
// are purple below zero and green above it, as in the maps; others green. Bars share one linear scale.
void paintHistogram(QPainter& painter, const QRectF& room, const Histogram& histogram, const Theme& theme) {
    const QRectF plot = plotRect(room);
    const QRectF labels(room.left(), plot.bottom() + 2, room.width(), labelHeight - 2);
    painter.save();
    painter.setFont(font(TextRole::Small));
    if (histogram.counts.empty()) {
        painter.setPen(theme.secondaryText);
        painter.drawText(room, Qt::AlignCenter, QCoreApplication::translate("Histogram", "no finite value"));
        painter.restore();
        return;
    }
    paintBars(painter, plot, histogram, theme);
    painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), theme.line);
    painter.setPen(theme.secondaryText);
    painter.drawText(labels, Qt::AlignLeft | Qt::AlignTop, axisText(histogram.low));
    painter.drawText(labels, Qt::AlignRight | Qt::AlignTop, axisText(histogram.high));
    if (histogram.isSigned())
        painter.drawText(labels, Qt::AlignHCenter | Qt::AlignTop, QStringLiteral("0"));
    else if (histogram.zeros > 0)
        painter.drawText(labels, Qt::AlignHCenter | Qt::AlignTop,
                         QCoreApplication::translate("Histogram", "zeros not drawn"));
    painter.restore();
}

// "0.10 to 0.15: 1,204 values" of the bar at a point; empty beside the bars.
QString histogramReadout(const QRectF& room, const Histogram& histogram, const QPointF& point) {
    const QRectF plot = plotRect(room);
    const auto bins = int(histogram.counts.size());
    if (bins == 0 || !plot.contains(point))
        return {};
    const int bin = std::min(int((point.x() - plot.left()) / plot.width() * bins), bins - 1);
    const double width = (histogram.high - histogram.low) / bins;
    return QCoreApplication::translate("Histogram", "%1 to %2: %3 values")
        .arg(valueText(histogram.low + bin * width), valueText(histogram.low + (bin + 1) * width),
             QLocale(QLocale::English).toString(qlonglong(histogram.counts[std::size_t(bin)])));
}

}  // namespace

HistogramView::HistogramView(QWidget* parent) : Canvas(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Histogram of the step's values"));
    setAccessibleDescription(tr("How often each value occurs in this step's output"));
}

void HistogramView::setHistogram(const Histogram& histogram) {
    m_histogram = histogram;
    update();
}

void HistogramView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void HistogramView::paint(QPainter& painter) {
    paintHistogram(painter, area(), m_histogram, m_theme);
}

bool HistogramView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return Canvas::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString read = histogramReadout(area(), m_histogram, toArea(QPointF(help->pos())));
    QToolTip::showText(help->globalPos(), read.isEmpty() ? accessibleDescription() : read, this);
    return true;
}

}  // namespace resnet::ui

#include "ui/painting/HistogramPainter.h"

#include "ui/painting/Theme.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

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

}  // namespace

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

}  // namespace resnet::ui

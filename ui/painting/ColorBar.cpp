#include "ui/painting/ColorBar.h"

#include "ui/words/NumberText.h"

#include <QImage>
#include <QPainter>

namespace resnet::ui {
namespace {

QImage strip(ColorMap map, bool upright) {
    const ColorTable& table = colorTable(map);
    QImage image(upright ? 1 : 256, upright ? 256 : 1, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i)
        image.setPixel(upright ? 0 : i, upright ? 255 - i : 0, table[std::size_t(i)]);
    return image;
}

void paintLabel(QPainter& painter, const QRectF& bar, double share, const QString& text, bool upright) {
    if (upright) {
        const double y = bar.bottom() - share * bar.height();
        const QRectF room(bar.right() + 5, std::clamp(y - 8, bar.top() - 3, bar.bottom() - 13),
                          colorBarLabelWidth, 16);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, text);
        return;
    }
    const double width = painter.fontMetrics().horizontalAdvance(text);
    const double x =
        std::clamp(bar.left() + share * bar.width() - width / 2, bar.left(), bar.right() - width);
    painter.drawText(QRectF(x, bar.bottom() + 2, width + 1, colorBarLabelHeight),
                     Qt::AlignLeft | Qt::AlignTop, text);
}

}  // namespace

void paintColors(QPainter& painter, const QRectF& bar, ColorMap map, const Theme& theme) {
    painter.drawImage(bar, strip(onGround(map, theme.isDark()), bar.height() > bar.width()));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
}

ScaleEnds scaleEnds(const ValueRange& scale, const ValueRange& values) {
    const bool beyondLow = !values.isEmpty() && values.low < scale.low;
    const bool beyondHigh = !values.isEmpty() && values.high > scale.high;
    return {(beyondLow ? QStringLiteral("≤ ") : QString()) + axisText(scale.low),
            (beyondHigh ? QStringLiteral("≥ ") : QString()) + axisText(scale.high)};
}

void paintColorBar(QPainter& painter, const QRectF& bar, ColorMap map, const ValueRange& scale,
                   const Theme& theme, const ValueRange& values) {
    const bool upright = bar.height() > bar.width();
    painter.save();
    paintColors(painter, bar, map, theme);
    painter.setFont(font(TextRole::Small));
    painter.setPen(theme.secondaryText);
    const ScaleEnds ends = scaleEnds(scale, values);
    paintLabel(painter, bar, 0.0, ends.low, upright);
    paintLabel(painter, bar, 1.0, ends.high, upright);
    const double zero = double(-scale.low) / (double(scale.high) - double(scale.low));
    const double room = upright ? bar.height() : bar.width();
    if (zero * room > 36 && (1 - zero) * room > 36)
        paintLabel(painter, bar, zero, QStringLiteral("0"), upright);
    painter.restore();
}

}  // namespace resnet::ui

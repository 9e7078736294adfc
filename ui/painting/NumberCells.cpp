#include "ui/painting/NumberCells.h"

#include "ui/painting/ColorMap.h"
#include "ui/painting/MapImage.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

QColor divergingColor(double value, double range, const Theme& theme) {
    const float extent = float(std::max(range, 1e-30));
    return QColor::fromRgb(
        colorOf(float(value), onGround(ColorMap::Diverging, theme.isDark()), {-extent, extent}));
}

QColor inkOn(const QColor& fill) {
    const double luminance = 0.299 * fill.red() + 0.587 * fill.green() + 0.114 * fill.blue();
    return luminance < 140.0 ? QColor(Qt::white) : QColor(0x11, 0x18, 0x27);
}

void paintCaption(QPainter& painter, const QRectF& rect, const QString& text, const Theme& theme,
                  int alignment) {
    painter.setFont(font(TextRole::Small));
    painter.setPen(theme.secondaryText);
    painter.drawText(rect, alignment, text);
}

void paintNumber(QPainter& painter, const QRectF& cell, const QString& prefix, double value,
                 const QColor& fill, const Theme&) {
    painter.fillRect(cell, fill);
    const bool isNarrow = cell.width() < 34;
    painter.setFont(isNarrow             ? font(TextRole::Small, 0.9)
                    : cell.height() > 34 ? font(TextRole::Title)
                    : cell.height() > 20 ? font(TextRole::Body)
                                         : font(TextRole::Small));
    const QFontMetricsF metrics(painter.font());
    QString text = prefix + valueText(value);
    if (std::isfinite(value) && value != 0.0 &&
        (isNarrow || metrics.horizontalAdvance(text) > cell.width() - 2)) {
        const double shown = std::abs(value) < 0.005 ? 0.0 : value;  // no minus before 0.00
        text = prefix + QString::number(shown, 'f', std::abs(value) < 9.95 ? 2 : 0);
        text.replace(QLatin1Char('-'), QChar(0x2212));
        if (metrics.horizontalAdvance(text) > cell.width() - 2)
            text.replace(QStringLiteral("0."), QStringLiteral("."));
    }
    painter.setPen(inkOn(fill));
    painter.drawText(cell, Qt::AlignCenter, text);
}

void paintPadding(QPainter& painter, const QRectF& cell, const Theme& theme) {
    painter.fillRect(cell, theme.background);
    painter.fillRect(cell, QBrush(theme.line, Qt::BDiagPattern));
    if (cell.width() >= 34)
        paintCaption(painter, cell, QCoreApplication::translate("TracePainter", "padding"), theme,
                     Qt::AlignCenter);
}

void paintGridLines(QPainter& painter, const QRectF& rect, int rows, int columns, const Theme& theme) {
    painter.setPen(QPen(theme.panel, 2));
    for (int i = 1; i < rows; ++i) {
        const double y = rect.top() + i * rect.height() / rows;
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
    }
    for (int i = 1; i < columns; ++i) {
        const double x = rect.left() + i * rect.width() / columns;
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
    }
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect);
}

}  // namespace resnet::ui

#include "ui/painting/DiagramText.h"

#include "ui/painting/ClassScope.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace resnet::ui {

namespace {

// Widths are asked for at every frame and layout of text is slow.
constexpr qsizetype cacheLimit = 20'000;

const QFont& fontOf(TextRole role, bool isItalic = false) {
    thread_local QHash<int, QFont> fonts;
    const int key = int(role) * 2 + (isItalic ? 1 : 0);
    auto found = fonts.find(key);
    if (found == fonts.end()) {
        found = fonts.insert(key, font(role));
        found->setItalic(isItalic);
    }
    return *found;
}

double capHeight(TextRole role) {
    return 0.73 * fontOf(role).pixelSize();
}

}  // namespace

double pixelSize(TextRole role) {
    return fontOf(role).pixelSize();
}

double textWidth(const QString& text, TextRole role) {
    thread_local QHash<std::pair<QString, int>, double> widths;
    if (widths.size() > cacheLimit)
        widths.clear();
    double& width = widths[{text, int(role)}];
    if (width == 0.0 && !text.isEmpty())
        width = QFontMetricsF(fontOf(role)).horizontalAdvance(text);
    return width;
}

void drawText(QPainter& painter, const QString& text, const QRectF& rect, Qt::Alignment alignment,
              const DiagramText& style) {
    const double width = textWidth(text, style.role) * style.scale;
    double x = rect.center().x() - width / 2;
    if (alignment & Qt::AlignLeft)
        x = rect.left();
    else if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    const QPointF baseline(x, rect.center().y() + capHeight(style.role) * style.scale / 2);
    const QFont& used = fontOf(style.role, style.isItalic);
    const QTransform before = painter.worldTransform();
    painter.translate(baseline);
    if (style.scale != 1.0)
        painter.scale(style.scale, style.scale);
    if (style.asPath) {
        QPainterPath path;
        path.addText(QPointF(), used, text);
        painter.fillPath(path, style.color);
    } else {
        const AnchorScope anchor(painter, alignment);
        painter.setFont(used);
        painter.setPen(style.color);
        painter.drawText(QPointF(), text);
    }
    painter.setWorldTransform(before);
}

double fittingScale(const QString& text, TextRole role, const QSizeF& room, double wanted, double smallest) {
    const double width = textWidth(text, role);
    const double height = fontOf(role).pixelSize();
    if (width <= 0.0)
        return 0.0;
    const double fits = std::min(room.width() / width, room.height() / height);
    return fits >= wanted ? wanted : fits >= smallest ? fits : 0.0;
}

}  // namespace resnet::ui

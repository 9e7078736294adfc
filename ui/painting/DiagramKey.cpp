#include "ui/painting/DiagramKey.h"

#include "ui/painting/DiagramText.h"

#include <QPainter>

namespace resnet::ui {

void paintDiagramKey(QPainter& painter, const QRectF& rect, const Theme& theme, bool hasShortcuts,
                     bool textAsPaths) {
    constexpr double sample = 24.0;
    const double middle = rect.center().y();
    double x = rect.left();
    const auto word = [&](const QString& text) {
        const double width = textWidth(text, TextRole::Small);
        drawText(painter, text, QRectF(x, rect.top(), width, rect.height()), Qt::AlignLeft,
                 {theme.secondaryText, TextRole::Small, 1.0, textAsPaths});
        x += width + 20.0;
    };
    const auto line = [&](const QColor& color, double width, bool isDashed) {
        QPen pen(color, width);
        pen.setCapStyle(Qt::FlatCap);
        if (isDashed)
            pen.setDashPattern({2.4, 1.4});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + sample, middle));
        x += sample + 6.0;
    };
    line(theme.mainPath, 1.6, false);
    word(QStringLiteral("main path F(x)"));
    if (!hasShortcuts)
        return;
    line(theme.shortcut, 2.4, false);
    word(QStringLiteral("shortcut x, identity"));
    line(theme.shortcut, 2.4, true);
    word(QStringLiteral("shortcut, 1×1 projection"));
    painter.setPen(QPen(theme.ink, 1.2));
    painter.setBrush(theme.panel);
    const QPointF centre(x + 6.0, middle);
    painter.drawEllipse(centre, 5.5, 5.5);
    painter.drawLine(centre - QPointF(3, 0), centre + QPointF(3, 0));
    painter.drawLine(centre - QPointF(0, 3), centre + QPointF(0, 3));
    x += 18.0;
    word(QStringLiteral("sum F(x) + x, then ReLU"));
}

}  // namespace resnet::ui

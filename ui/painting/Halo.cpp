#include "ui/painting/Halo.h"

#include <QPainter>

namespace resnet::ui {

void paintHalo(QPainter& painter, const QRectF& around, const Theme& theme) {
    constexpr double opacity = 0.55;
    constexpr double off = haloGap + haloWidth / 2;
    QColor color = theme.mainPath;
    color.setAlphaF(float(opacity));
    painter.setPen(QPen(color, haloWidth));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(around.adjusted(-off, -off, off, off), Theme::controlRadius + off / 2,
                            Theme::controlRadius + off / 2);
}

}  // namespace resnet::ui

#include "ui/painting/TransportIcon.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace resnet::ui {

namespace {

constexpr int side = 16;

QPainterPath triangle(double left, double right) {
    QPainterPath path;
    path.moveTo(left, 2.5);
    path.lineTo(right, 8.0);
    path.lineTo(left, 13.5);
    path.closeSubpath();
    return path;
}

QPainterPath bar(double left) {
    QPainterPath path;
    path.addRoundedRect(QRectF(left, 2.5, 2.6, 11.0), 0.8, 0.8);
    return path;
}

QPainterPath pathOf(Transport sign) {
    switch (sign) {
        case Transport::First:
            return bar(2.0) + triangle(14.0, 5.6);
        case Transport::Back:
            return triangle(12.5, 4.0);
        case Transport::Play:
        case Transport::Forward:
            return triangle(4.5, 13.0);
        case Transport::Pause:
            return bar(4.0) + bar(9.4);
        case Transport::Last:
            return bar(11.4) + triangle(2.0, 10.4);
    }
    return {};
}

QPixmap pixmap(Transport sign, const QColor& color, int scale) {
    QPixmap pixmap(side * scale, side * scale);
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(scale);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(pathOf(sign), color);
    return pixmap;
}

}  // namespace

QIcon transportIcon(Transport sign, const QColor& color, const QColor& disabled) {
    QIcon icon;
    for (const int scale : {1, 2, 3}) {
        icon.addPixmap(pixmap(sign, color, scale), QIcon::Normal);
        icon.addPixmap(pixmap(sign, disabled, scale), QIcon::Disabled);
    }
    return icon;
}

}  // namespace resnet::ui

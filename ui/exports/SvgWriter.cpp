#include "ui/exports/SvgWriter.h"

#include "core/Error.h"
#include "ui/exports/SvgPaintEngine.h"

#include <QPainter>

namespace resnet::ui {

QByteArray svgOf(const Figure& figure, double scale) {
    SvgDevice device(figure.size);
    {
        QPainter painter(&device);
        if (figure.background.isValid())
            painter.fillRect(QRectF(QPointF(), figure.size), figure.background);
        figure.paint(painter, {});
    }
    if (const QString& refused = device.engine().refused(); !refused.isEmpty())
        throw Error("\"" + figure.title.toStdString() + "\" needs " + refused.toStdString() +
                    ", which an SVG cannot show: choose PNG or PDF");
    const auto number = [](double value) { return QByteArray::number(value, 'g', 8); };
    const QByteArray width = number(figure.size.width());
    const QByteArray height = number(figure.size.height());
    const QByteArray definitions = device.engine().definitions().isEmpty()
                                       ? QByteArray()
                                       : "<defs>\n" + device.engine().definitions() + "</defs>\n";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" +
           number(figure.size.width() * scale) + "\" height=\"" + number(figure.size.height() * scale) +
           "\" viewBox=\"0 0 " + width + ' ' + height +
           "\" font-family=\"Inter, 'Helvetica Neue', Arial, sans-serif\">\n<title>" +
           figure.title.toHtmlEscaped().toUtf8() + "</title>\n" + definitions + device.engine().body() +
           "</svg>\n";
}

}  // namespace resnet::ui

#include "ui/exports/SvgParts.h"

namespace resnet::ui {

namespace {

QByteArray withoutTrailingZeros(QByteArray text) {
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

}  // namespace

QByteArray svgNumber(double value) {
    return withoutTrailingZeros(QByteArray::number(value, 'f', 2));
}

QByteArray svgPoint(const QPointF& point) {
    return svgNumber(point.x()) + ' ' + svgNumber(point.y());
}

QByteArray svgAttribute(const char* name, double value) {
    return QByteArray(" ") + name + "=\"" + svgNumber(value) + '"';
}

QByteArray svgRect(const QRectF& rect) {
    return svgAttribute("x", rect.x()) + svgAttribute("y", rect.y()) + svgAttribute("width", rect.width()) +
           svgAttribute("height", rect.height());
}

QByteArray svgColor(const char* name, const QColor& color) {
    QByteArray text = QByteArray(" ") + name + "=\"" + color.name().toLatin1() + '"';
    if (color.alpha() < 255)
        text += QByteArray(" ") + name + "-opacity=\"" + svgNumber(color.alphaF()) + '"';
    return text;
}

QByteArray svgTransform(const QTransform& transform) {
    // Rounded to hundredths a rotation would bend what is long.
    const auto part = [](double value) { return withoutTrailingZeros(QByteArray::number(value, 'f', 6)); };
    return " transform=\"matrix(" + part(transform.m11()) + ' ' + part(transform.m12()) + ' ' +
           part(transform.m21()) + ' ' + part(transform.m22()) + ' ' + part(transform.dx()) + ' ' +
           part(transform.dy()) + ")\"";
}

QByteArray svgPathData(const QPainterPath& path) {
    QByteArray data;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element& element = path.elementAt(i);
        if (element.type == QPainterPath::CurveToElement) {
            data += 'C' + svgPoint(element) + ' ' + svgPoint(path.elementAt(i + 1)) + ' ' +
                    svgPoint(path.elementAt(i + 2));
            i += 2;
        } else {
            data += (element.type == QPainterPath::MoveToElement ? 'M' : 'L') + svgPoint(element);
        }
    }
    return data;
}

QByteArray svgEscaped(const QString& text) {
    return text.toHtmlEscaped().toUtf8();
}

QPainterPath hatchTile(Qt::BrushStyle style) {
    QPainterPath lines;
    const auto add = [&](double x1, double y1, double x2, double y2) {
        lines.moveTo(x1, y1);
        lines.lineTo(x2, y2);
    };
    constexpr double middle = hatchSide / 2;
    if (style == Qt::HorPattern || style == Qt::CrossPattern)
        add(0, middle, hatchSide, middle);
    if (style == Qt::VerPattern || style == Qt::CrossPattern)
        add(middle, 0, middle, hatchSide);
    // Beyond two corners of the tile, since the ends of its lines stand over them.
    if (style == Qt::BDiagPattern || style == Qt::DiagCrossPattern) {
        add(-1, hatchSide + 1, hatchSide + 1, -1);
        add(-1, 1, 1, -1);
        add(hatchSide - 1, hatchSide + 1, hatchSide + 1, hatchSide - 1);
    }
    if (style == Qt::FDiagPattern || style == Qt::DiagCrossPattern) {
        add(-1, -1, hatchSide + 1, hatchSide + 1);
        add(-1, hatchSide - 1, 1, hatchSide + 1);
        add(hatchSide - 1, -1, hatchSide + 1, 1);
    }
    return lines;
}

}  // namespace resnet::ui

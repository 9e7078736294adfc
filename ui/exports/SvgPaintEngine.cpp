#include "ui/exports/SvgPaintEngine.h"

#include <QBuffer>
#include <QImage>
#include <QPainterPath>
#include <QPixmap>

namespace resnet::ui {

namespace {

// At most two decimals, none of them trailing zeros, independent of the locale.
QByteArray number(double value) {
    QByteArray text = QByteArray::number(value, 'f', 2);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

QByteArray attribute(const char* name, double value) {
    return QByteArray(" ") + name + "=\"" + number(value) + '"';
}

QByteArray escaped(const QString& text) {
    return text.toHtmlEscaped().toUtf8();
}

QByteArray color(const char* name, const QColor& color) {
    QByteArray text = QByteArray(" ") + name + "=\"" + color.name().toLatin1() + '"';
    if (color.alpha() < 255)
        text += QByteArray(" ") + name + "-opacity=\"" + number(color.alphaF()) + '"';
    return text;
}

QByteArray point(const QPointF& p) {
    return number(p.x()) + ' ' + number(p.y());
}

QByteArray pathData(const QPainterPath& path) {
    QByteArray data;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element& element = path.elementAt(i);
        if (element.type == QPainterPath::CurveToElement) {
            data += 'C' + point(element) + ' ' + point(path.elementAt(i + 1)) + ' ' +
                    point(path.elementAt(i + 2));
            i += 2;
        } else {
            data += (element.type == QPainterPath::MoveToElement ? 'M' : 'L') + point(element);
        }
    }
    return data;
}

}  // namespace

SvgPaintEngine::SvgPaintEngine()
    : QPaintEngine(PaintEngineFeatures(AllFeatures) &
                   ~PaintEngineFeatures(PatternBrush | PerspectiveTransform | PorterDuff)) {}

bool SvgPaintEngine::begin(QPaintDevice*) {
    setActive(true);
    return true;
}

bool SvgPaintEngine::end() {
    setActive(false);
    return true;
}

void SvgPaintEngine::updateState(const QPaintEngineState& changed) {
    const DirtyFlags dirty = changed.state();
    if (dirty & DirtyTransform)
        m_transform = changed.transform();
    if (dirty & DirtyPen)
        m_pen = changed.pen();
    if (dirty & DirtyBrush)
        m_brush = changed.brush();
    if (dirty & DirtyFont)
        m_font = changed.font();
    if (dirty & DirtyHints)
        m_isSmooth = changed.renderHints() & QPainter::SmoothPixmapTransform;
    if (dirty & DirtyOpacity)
        m_opacity = changed.opacity();
}

QByteArray SvgPaintEngine::gradient(const QBrush& brush) {
    const auto* linear = static_cast<const QLinearGradient*>(brush.gradient());
    const QPointF start = m_transform.map(linear->start());
    const QPointF end = m_transform.map(linear->finalStop());
    const QByteArray id = "gradient" + QByteArray::number(++m_gradients);
    m_definitions += "<linearGradient id=\"" + id + "\" gradientUnits=\"userSpaceOnUse\"" +
                     attribute("x1", start.x()) + attribute("y1", start.y()) + attribute("x2", end.x()) +
                     attribute("y2", end.y()) + ">";
    for (const auto& [at, stop] : linear->stops())
        m_definitions += "<stop" + attribute("offset", at) + color("stop-color", stop) + "/>";
    m_definitions += "</linearGradient>\n";
    return " fill=\"url(#" + id + ")\"";
}

QByteArray SvgPaintEngine::fill() {
    if (m_brush.style() == Qt::NoBrush)
        return " fill=\"none\"";
    if (m_brush.style() == Qt::LinearGradientPattern)
        return gradient(m_brush);
    return color("fill", m_brush.color());
}

QByteArray SvgPaintEngine::opacity() const {
    return m_opacity < 1.0 ? attribute("opacity", m_opacity) : QByteArray();
}

QByteArray SvgPaintEngine::style(bool hasFill) {
    QByteArray text = hasFill ? fill() : QByteArray(" fill=\"none\"");
    if (m_pen.style() != Qt::NoPen) {
        const double width = m_pen.widthF() * (m_pen.isCosmetic() ? 1.0 : scale());
        text += color("stroke", m_pen.color()) + attribute("stroke-width", width);
        const QList<qreal> dashes = m_pen.dashPattern();
        for (qsizetype i = 0; i < dashes.size(); ++i)
            text += (i == 0 ? " stroke-dasharray=\"" : " ") + number(dashes[i] * width);
        if (!dashes.isEmpty())
            text += '"';
        if (m_pen.capStyle() == Qt::RoundCap)
            text += " stroke-linecap=\"round\"";
    }
    return text + opacity();
}

void SvgPaintEngine::drawPath(const QPainterPath& path) {
    m_body += "<path d=\"" + pathData(m_transform.map(path)) + '"' + style(true) + "/>\n";
}

void SvgPaintEngine::drawRects(const QRectF* rects, int count) {
    for (int i = 0; i < count; ++i) {
        const QRectF rect = m_transform.mapRect(rects[i]);
        m_body += "<rect" + attribute("x", rect.x()) + attribute("y", rect.y()) +
                  attribute("width", rect.width()) + attribute("height", rect.height()) + style(true) +
                  "/>\n";
    }
}

void SvgPaintEngine::drawRects(const QRect* rects, int count) {
    for (int i = 0; i < count; ++i) {
        const QRectF rect(rects[i]);
        drawRects(&rect, 1);
    }
}

void SvgPaintEngine::drawLines(const QLineF* lines, int count) {
    for (int i = 0; i < count; ++i)
        m_body += "<path d=\"M" + point(m_transform.map(lines[i].p1())) + 'L' +
                  point(m_transform.map(lines[i].p2())) + '"' + style(false) + "/>\n";
}

void SvgPaintEngine::drawLines(const QLine* lines, int count) {
    for (int i = 0; i < count; ++i) {
        const QLineF line(lines[i]);
        drawLines(&line, 1);
    }
}

void SvgPaintEngine::drawEllipse(const QRectF& rect) {
    const QRectF mapped = m_transform.mapRect(rect);
    m_body += "<ellipse" + attribute("cx", mapped.center().x()) + attribute("cy", mapped.center().y()) +
              attribute("rx", mapped.width() / 2) + attribute("ry", mapped.height() / 2) + style(true) +
              "/>\n";
}

void SvgPaintEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
    QByteArray data;
    for (int i = 0; i < count; ++i)
        data += (i == 0 ? 'M' : 'L') + point(m_transform.map(points[i]));
    if (mode != PolylineMode)
        data += 'Z';
    m_body += "<path d=\"" + data + '"' + style(mode != PolylineMode) + "/>\n";
}

void SvgPaintEngine::drawPixmap(const QRectF& rect, const QPixmap& pixmap, const QRectF& source) {
    drawImage(rect, pixmap.toImage(), source, Qt::AutoColor);
}

void SvgPaintEngine::drawImage(const QRectF& rect, const QImage& image, const QRectF& source,
                               Qt::ImageConversionFlags) {
    const QRect part = source.toAlignedRect();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    (part == image.rect() ? image : image.copy(part)).save(&buffer, "PNG");
    const QRectF mapped = m_transform.mapRect(rect);
    m_body += "<image" + attribute("x", mapped.x()) + attribute("y", mapped.y()) +
              attribute("width", mapped.width()) + attribute("height", mapped.height()) +
              " preserveAspectRatio=\"none\"" + (m_isSmooth ? "" : " style=\"image-rendering:pixelated\"") +
              opacity() + " xlink:href=\"data:image/png;base64," + bytes.toBase64() + "\"/>\n";
}

void SvgPaintEngine::drawTextItem(const QPointF& position, const QTextItem& item) {
    const bool isCentred = m_anchor & Qt::AlignHCenter;
    const bool isRight = m_anchor & Qt::AlignRight;
    const double before = isCentred ? item.width() / 2 : isRight ? item.width() : 0.0;
    const QPointF at = m_transform.map(position + QPointF(before, 0));
    const QFont font = item.font();
    m_body += "<text" + attribute("x", at.x()) + attribute("y", at.y()) +
              attribute("font-size", font.pixelSize() * scale()) +
              (font.weight() >= QFont::DemiBold ? " font-weight=\"600\"" : "") +
              (font.italic() ? " font-style=\"italic\"" : "") +
              (isCentred ? " text-anchor=\"middle\""
               : isRight ? " text-anchor=\"end\""
                         : "") +
              attribute("textLength", item.width() * scale()) + color("fill", m_pen.color()) + opacity() +
              '>' + escaped(item.text()) + "</text>\n";
}

void SvgPaintEngine::beginGroup(const QString& id, const QString& title) {
    m_body += "<g id=\"" + escaped(id) + "\"><title>" + escaped(title) + "</title>\n";
}

void SvgPaintEngine::endGroup() {
    m_body += "</g>\n";
}

int SvgDevice::metric(PaintDeviceMetric metric) const {
    switch (metric) {
        case PdmWidth:
            return int(m_size.width());
        case PdmHeight:
            return int(m_size.height());
        case PdmWidthMM:
            return int(m_size.width() * 25.4 / 96);
        case PdmHeightMM:
            return int(m_size.height() * 25.4 / 96);
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDepth:
            return 32;
        case PdmNumColors:
            return 1 << 24;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return int(devicePixelRatioFScale());
        default:
            return 0;
    }
}

}  // namespace resnet::ui

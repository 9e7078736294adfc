#include "ui/exports/SvgPaintEngine.h"

#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgParts.h"

#include <QImage>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

// Many viewers smooth an image that they enlarge, whatever it says of itself. Of cells this many pixels wide
// only a sixteenth is smoothed.
constexpr int widestCell = 16;
constexpr int largestEnlarged = 448;  // side in pixels, which keeps files small

QImage withLargeCells(const QImage& image) {
    const int cell =
        std::clamp(largestEnlarged / std::max({1, image.width(), image.height()}), 1, widestCell);
    return cell == 1 ? image : image.scaled(image.size() * cell);
}

bool isRectangle(const QPainterPath& path) {
    QPainterPath box;
    box.addRect(path.controlPointRect());
    return path == box;
}

bool holds(const QPainterPath& path, const QRectF& bounds) {
    constexpr double tolerance = 0.01;
    if (isRectangle(path))
        return path.controlPointRect()
            .adjusted(-tolerance, -tolerance, tolerance, tolerance)
            .contains(bounds);
    return path.contains(bounds);
}

}  // namespace

// What is not named here QPainter paints into an image, and hands over that.
SvgPaintEngine::SvgPaintEngine()
    : QPaintEngine(PrimitiveTransform | PatternTransform | PixmapTransform | PatternBrush |
                   LinearGradientFill | AlphaBlend | PorterDuff | BlendModes | RasterOpModes | PainterPaths |
                   Antialiasing | ConstantOpacity | PaintOutsidePaintEvent) {}

bool SvgPaintEngine::begin(QPaintDevice*) {
    setActive(true);
    return true;
}

bool SvgPaintEngine::end() {
    setOpenClip({});
    setActive(false);
    return true;
}

void SvgPaintEngine::updateState(const QPaintEngineState& changed) {
    const DirtyFlags dirty = changed.state();
    if (dirty & DirtyTransform) {
        m_transform = changed.transform();
        m_isPlaced = m_transform.type() <= QTransform::TxScale && m_transform.m11() > 0.0 &&
                     qFuzzyCompare(m_transform.m11(), m_transform.m22());
    }
    if (dirty & DirtyPen)
        m_pen = changed.pen();
    if (dirty & DirtyBrush)
        m_brush = changed.brush();
    if (dirty & DirtyHints)
        m_isSmooth = changed.renderHints() & QPainter::SmoothPixmapTransform;
    if (dirty & DirtyOpacity)
        m_opacity = changed.opacity();
    if ((dirty & DirtyCompositionMode) && changed.compositionMode() != QPainter::CompositionMode_SourceOver &&
        changed.compositionMode() != QPainter::CompositionMode_Source)
        m_refused = QStringLiteral("composition modes");
}

QByteArray SvgPaintEngine::addDefinition(const char* name, const QByteArray& start,
                                         const QByteArray& content) {
    QByteArray& id = m_ids[start + content];
    if (id.isEmpty()) {
        id = name + QByteArray::number(m_ids.size());
        const QByteArray element = start.split(' ').first();
        m_definitions += '<' + element + " id=\"" + id + '"' + start.mid(element.size()) + '>' + content +
                         "</" + element + ">\n";
    }
    return "url(#" + id + ')';
}

QByteArray SvgPaintEngine::gradient(const QBrush& brush) {
    const auto* linear = static_cast<const QLinearGradient*>(brush.gradient());
    const QPointF start = placement().map(linear->start());
    const QPointF end = placement().map(linear->finalStop());
    QByteArray stops;
    for (const auto& [at, stop] : linear->stops())
        stops += "<stop" + svgAttribute("offset", at) + svgColor("stop-color", stop) + "/>";
    return addDefinition("gradient",
                         "linearGradient gradientUnits=\"userSpaceOnUse\"" + svgAttribute("x1", start.x()) +
                             svgAttribute("y1", start.y()) + svgAttribute("x2", end.x()) +
                             svgAttribute("y2", end.y()),
                         stops);
}

QByteArray SvgPaintEngine::hatching(const QBrush& brush) {
    const QPainterPath lines = QTransform::fromScale(scale(), scale()).map(hatchTile(brush.style()));
    const double side = hatchSide * scale();
    return addDefinition("hatching",
                         "pattern patternUnits=\"userSpaceOnUse\"" + svgAttribute("width", side) +
                             svgAttribute("height", side),
                         "<path d=\"" + svgPathData(lines) + "\" fill=\"none\"" +
                             svgColor("stroke", brush.color()) + svgAttribute("stroke-width", scale()) +
                             "/>");
}

QByteArray SvgPaintEngine::fill() {
    if (m_brush.style() == Qt::NoBrush)
        return " fill=\"none\"";
    if (m_brush.style() == Qt::SolidPattern)
        return svgColor("fill", m_brush.color());
    if (m_brush.style() == Qt::LinearGradientPattern)
        return " fill=\"" + gradient(m_brush) + '"';
    if (!hatchTile(m_brush.style()).isEmpty())
        return " fill=\"" + hatching(m_brush) + '"';
    m_refused = QStringLiteral("brushes of pixels");
    return " fill=\"none\"";
}

QByteArray SvgPaintEngine::opacity() const {
    return m_opacity < 1.0 ? svgAttribute("opacity", m_opacity) : QByteArray();
}

double SvgPaintEngine::strokeWidth() const {
    return m_pen.style() == Qt::NoPen ? 0.0 : m_pen.widthF() * (m_pen.isCosmetic() ? 1.0 : scale());
}

QByteArray SvgPaintEngine::style(bool hasFill) {
    QByteArray text = hasFill ? fill() : QByteArray(" fill=\"none\"");
    if (m_pen.style() != Qt::NoPen) {
        const double width = strokeWidth();
        text += svgColor("stroke", m_pen.color()) + svgAttribute("stroke-width", width);
        const QList<qreal> dashes = m_pen.dashPattern();
        for (qsizetype i = 0; i < dashes.size(); ++i)
            text += (i == 0 ? " stroke-dasharray=\"" : " ") + svgNumber(dashes[i] * width);
        if (!dashes.isEmpty())
            text += '"';
        if (m_pen.capStyle() == Qt::RoundCap)
            text += " stroke-linecap=\"round\"";
    }
    return text + opacity() + transform();
}

QByteArray SvgPaintEngine::transform() const {
    return m_isPlaced ? QByteArray() : svgTransform(m_transform);
}

std::optional<QPainterPath> SvgPaintEngine::clip() const {
    std::optional<QPainterPath> shown;
    if (painter()->hasClipping())
        shown = m_transform.map(painter()->clipPath());
    if (const QRegion system = systemClip(); !system.isEmpty()) {  // of widgets that are being rendered
        QPainterPath region;
        region.addRegion(system);
        shown = shown ? shown->intersected(region) : region;
    }
    return shown;
}

void SvgPaintEngine::add(const QRectF& bounds, const QByteArray& element) {
    const std::optional<QPainterPath> shown = clip();
    if (!shown) {
        setOpenClip({});
        m_body += element;
        return;
    }
    const double stroke = strokeWidth() / 2 + 0.01;  // and what is flat has an extent, too
    const QRectF wide = bounds.adjusted(-stroke, -stroke, stroke, stroke);
    const QRectF placed = m_isPlaced ? wide : m_transform.mapRect(wide);
    if (!shown->intersects(placed))
        return;
    QByteArray id;
    if (!holds(*shown, placed))
        id = addDefinition("clip", "clipPath",
                           isRectangle(*shown)
                               ? "<rect" + svgRect(shown->controlPointRect()) + "/>"
                               : "<path d=\"" + svgPathData(*shown) + "\" clip-rule=\"evenodd\"/>");
    setOpenClip(id);
    m_body += element;
}

void SvgPaintEngine::setOpenClip(const QByteArray& id) {
    if (id == m_openClip)
        return;
    if (!m_openClip.isEmpty())
        m_body += "</g>\n";
    if (!id.isEmpty())
        m_body += "<g clip-path=\"" + id + "\">\n";
    m_openClip = id;
}

void SvgPaintEngine::drawPath(const QPainterPath& path) {
    if (path.isEmpty())
        return;
    const QPainterPath placed = placement().map(path);
    // Where contours lie in each other SVG fills the holes, too.
    const bool hasHoles = path.fillRule() == Qt::OddEvenFill && path.toSubpathPolygons().size() > 1;
    add(placed.boundingRect(), "<path d=\"" + svgPathData(placed) + '"' +
                                   (hasHoles ? " fill-rule=\"evenodd\"" : "") + style(true) + "/>\n");
}

void SvgPaintEngine::drawRects(const QRectF* rects, int count) {
    for (int i = 0; i < count; ++i) {
        const QRectF rect = placement().mapRect(rects[i]);
        add(rect, "<rect" + svgRect(rect) + style(true) + "/>\n");
    }
}

void SvgPaintEngine::drawRects(const QRect* rects, int count) {
    for (int i = 0; i < count; ++i) {
        const QRectF rect(rects[i]);
        drawRects(&rect, 1);
    }
}

void SvgPaintEngine::drawLines(const QLineF* lines, int count) {
    for (int i = 0; i < count; ++i) {
        const QLineF line = placement().map(lines[i]);
        add(QRectF(line.p1(), line.p2()).normalized(),
            "<path d=\"M" + svgPoint(line.p1()) + 'L' + svgPoint(line.p2()) + '"' + style(false) + "/>\n");
    }
}

void SvgPaintEngine::drawLines(const QLine* lines, int count) {
    for (int i = 0; i < count; ++i) {
        const QLineF line(lines[i]);
        drawLines(&line, 1);
    }
}

void SvgPaintEngine::drawEllipse(const QRectF& rect) {
    const QRectF placed = placement().mapRect(rect);
    add(placed, "<ellipse" + svgAttribute("cx", placed.center().x()) +
                    svgAttribute("cy", placed.center().y()) + svgAttribute("rx", placed.width() / 2) +
                    svgAttribute("ry", placed.height() / 2) + style(true) + "/>\n");
}

void SvgPaintEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
    QPolygonF polygon;
    QByteArray data;
    for (int i = 0; i < count; ++i) {
        polygon << placement().map(points[i]);
        data += (i == 0 ? 'M' : 'L') + svgPoint(polygon.back());
    }
    if (mode != PolylineMode)
        data += 'Z';
    add(polygon.boundingRect(), "<path d=\"" + data + '"' +
                                    (mode == OddEvenMode && count > 4 ? " fill-rule=\"evenodd\"" : "") +
                                    style(mode != PolylineMode) + "/>\n");
}

void SvgPaintEngine::drawPixmap(const QRectF& rect, const QPixmap& pixmap, const QRectF& source) {
    drawImage(rect, pixmap.toImage(), source, Qt::AutoColor);
}

void SvgPaintEngine::drawImage(const QRectF& rect, const QImage& image, const QRectF& source,
                               Qt::ImageConversionFlags) {
    const QRect part = source.toAlignedRect();
    const QImage shown = part == image.rect() ? image : image.copy(part);
    const QRectF placed = placement().mapRect(rect);
    add(placed, "<image" + svgRect(placed) + " preserveAspectRatio=\"none\"" +
                    (m_isSmooth ? "" : " style=\"image-rendering:pixelated\"") + opacity() + transform() +
                    " xlink:href=\"data:image/png;base64," +
                    pngBytes(m_isSmooth ? shown : withLargeCells(shown)).toBase64() + "\"/>\n");
}

void SvgPaintEngine::drawTextItem(const QPointF& position, const QTextItem& item) {
    const bool isCentred = m_anchor & Qt::AlignHCenter;
    const bool isRight = m_anchor & Qt::AlignRight;
    const double before = isCentred ? item.width() / 2 : isRight ? item.width() : 0.0;
    const QPointF at = placement().map(position + QPointF(before, 0));
    const QFont font = item.font();
    const QRectF box(position.x(), position.y() - item.ascent(), item.width(),
                     item.ascent() + item.descent());
    add(placement().mapRect(box), "<text" + svgAttribute("x", at.x()) + svgAttribute("y", at.y()) +
                                      svgAttribute("font-size", font.pixelSize() * scale()) +
                                      (font.weight() >= QFont::DemiBold ? " font-weight=\"600\"" : "") +
                                      (font.italic() ? " font-style=\"italic\"" : "") +
                                      (isCentred ? " text-anchor=\"middle\""
                                       : isRight ? " text-anchor=\"end\""
                                                 : "") +
                                      svgAttribute("textLength", item.width() * scale()) +
                                      svgColor("fill", m_pen.color()) + opacity() + transform() + '>' +
                                      svgEscaped(item.text()) + "</text>\n");
}

void SvgPaintEngine::beginGroup(const QString& id, const QString& title) {
    setOpenClip({});
    m_body += "<g id=\"" + svgEscaped(id) + "\"><title>" + svgEscaped(title) + "</title>\n";
}

void SvgPaintEngine::endGroup() {
    setOpenClip({});
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

#pragma once

#include "ui/painting/ClassScope.h"

#include <QByteArray>
#include <QPaintDevice>

namespace resnet::ui {

// Paints into SVG elements: short, the same bytes for the same strokes, text as <text>, named groups as <g>
// with an id and a <title>. QSvgGenerator does none of the three. Takes transforms of translation and
// scale; leaves clipping out.
class SvgPaintEngine : public QPaintEngine, public NamedGroups, public AnchoredText {
public:
    SvgPaintEngine();

    bool begin(QPaintDevice* device) override;
    bool end() override;
    void updateState(const QPaintEngineState& changed) override;
    void drawPath(const QPainterPath& path) override;
    void drawRects(const QRectF* rects, int count) override;
    void drawRects(const QRect* rects, int count) override;
    void drawLines(const QLineF* lines, int count) override;
    void drawLines(const QLine* lines, int count) override;
    void drawEllipse(const QRectF& rect) override;
    void drawEllipse(const QRect& rect) override { drawEllipse(QRectF(rect)); }
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawPixmap(const QRectF& rect, const QPixmap& pixmap, const QRectF& source) override;
    void drawImage(const QRectF& rect, const QImage& image, const QRectF& source,
                   Qt::ImageConversionFlags flags) override;
    void drawTextItem(const QPointF& position, const QTextItem& item) override;
    Type type() const override { return User; }

    void beginGroup(const QString& id, const QString& title) override;
    void endGroup() override;
    void setAnchor(Qt::Alignment anchor) override { m_anchor = anchor; }

    // Elements painted so far, and the gradients they use.
    const QByteArray& body() const { return m_body; }
    const QByteArray& definitions() const { return m_definitions; }

private:
    QByteArray style(bool hasFill);
    QByteArray fill();
    QByteArray opacity() const;
    QByteArray gradient(const QBrush& brush);
    double scale() const { return m_transform.m11(); }

    QByteArray m_body;
    QByteArray m_definitions;
    int m_gradients = 0;
    QTransform m_transform;
    QPen m_pen;
    QBrush m_brush;
    QFont m_font;
    Qt::Alignment m_anchor = Qt::AlignLeft;
    double m_opacity = 1.0;
    bool m_isSmooth = false;  // images are enlarged smoothly, else cell by cell
};

// A paint device for it.
class SvgDevice : public QPaintDevice {
public:
    explicit SvgDevice(const QSizeF& size) : m_size(size) {}

    QPaintEngine* paintEngine() const override { return &m_engine; }
    const SvgPaintEngine& engine() const { return m_engine; }

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    mutable SvgPaintEngine m_engine;
};

}  // namespace resnet::ui

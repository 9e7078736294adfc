#pragma once

#include "ui/painting/ClassScope.h"

#include <QByteArray>
#include <QHash>
#include <QPaintDevice>
#include <QPainterPath>

#include <optional>

namespace resnet::ui {

// Paints into SVG elements: short, the same bytes for the same strokes, text as <text>, named groups as <g>
// with an id and a <title>, clips as <clipPath>. QSvgGenerator does none of the four. What neither it nor
// QPainter can put into an SVG it remembers and leaves out: see refused().
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

    // Elements painted so far, and the gradients, patterns and clips they use.
    const QByteArray& body() const { return m_body; }
    const QByteArray& definitions() const { return m_definitions; }
    // The first thing that was asked for and is not in the file, such as "composition modes"; empty: none.
    const QString& refused() const { return m_refused; }

private:
    QByteArray style(bool hasFill);
    QByteArray fill();
    QByteArray opacity() const;
    QByteArray gradient(const QBrush& brush);
    QByteArray hatching(const QBrush& brush);
    QByteArray addDefinition(const char* name, const QByteArray& start, const QByteArray& content);

    // Translation and the same scale on both axes go into the coordinates; other transforms are told.
    bool isPlaced() const { return m_isPlaced; }
    QTransform placement() const { return m_isPlaced ? m_transform : QTransform(); }
    QByteArray transform() const;
    double scale() const { return m_isPlaced ? m_transform.m11() : 1.0; }
    double strokeWidth() const;

    // The clip in the coordinates of the file; none: everything is seen.
    std::optional<QPainterPath> clip() const;
    // Puts an element into the file, under the clip if that cuts something off `bounds`, which are in the
    // coordinates that the element has before its transform.
    void add(const QRectF& bounds, const QByteArray& element);
    void setOpenClip(const QByteArray& id);

    QByteArray m_body;
    QByteArray m_definitions;
    QHash<QByteArray, QByteArray> m_ids;  // of definitions, to give each once
    QByteArray m_openClip;                // of the group that is open; empty: none
    QString m_refused;
    QTransform m_transform;
    bool m_isPlaced = true;
    QPen m_pen;
    QBrush m_brush;
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

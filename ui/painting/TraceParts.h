#pragma once

// What the painters of the single kinds of steps share; behind TracePainter.h.

#include "ui/painting/TracePainter.h"

#include <QColor>

namespace resnet::ui {

// A term of the equation below a trace: "+", "channel 12", −0.120.
struct EquationTerm {
    QString sign;  // before it; empty for the first
    QString label;
    double value = 0.0;
    QColor color;  // of the bar under it; none if not valid
    bool isCount = false;

    QString valueText() const;
};

// Row heights that the painters keep to.
inline constexpr double traceLabelHeight = 18.0;

// "channel 12", or "green" where the input is the image.
QString inputChannelLabel(const TracePicture& picture, int channel);

// Where `range` is the largest magnitude: the diverging map's colour, and ink that can be read on it.
QColor divergingColor(double value, double range);
QColor inkOn(const QColor& fill);

// A number on a ground of its colour, as wide as fits: fewer decimals in small cells.
void paintNumber(QPainter& painter, const QRectF& cell, const QString& prefix, double value,
                 const QColor& fill, const Theme& theme);
// A cell outside the map.
void paintPadding(QPainter& painter, const QRectF& cell, const Theme& theme);
void paintCaption(QPainter& painter, const QRectF& rect, const QString& text, const Theme& theme,
                  int alignment = Qt::AlignLeft | Qt::AlignVCenter);

// The picture of each kind.
void paintParts(QPainter& painter, const QRectF& rect, const ConvolutionTrace& how,
                const TracePicture& picture, const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const AffineTrace& how, const TracePicture& picture,
                const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const ReluTrace& how, const TracePicture& picture,
                const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const MaxPoolTrace& how, const TracePicture& picture,
                const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const SumTrace& how, const TracePicture& picture,
                const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const MeanTrace& how, const TracePicture& picture,
                const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const DenseTrace& how, const TracePicture& picture,
                const Theme& theme);
void paintParts(QPainter& painter, const QRectF& rect, const SoftmaxTrace& how, const TracePicture& picture,
                const Theme& theme);

// What is drawn at a point of it.
std::optional<TraceSource> sourceAt(const QRectF& rect, const ConvolutionTrace& how,
                                    const TracePicture& picture, const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const MaxPoolTrace& how, const TracePicture& picture,
                                    const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const SumTrace& how, const TracePicture& picture,
                                    const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const MeanTrace& how, const TracePicture& picture,
                                    const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const DenseTrace& how, const TracePicture& picture,
                                    const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const SoftmaxTrace& how, const TracePicture& picture,
                                    const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const AffineTrace& how, const TracePicture& picture,
                                    const QPointF& point);
std::optional<TraceSource> sourceAt(const QRectF& rect, const ReluTrace& how, const TracePicture& picture,
                                    const QPointF& point);

// The terms that add up to the value, of which `shown` may be named; the last is the sum.
std::vector<EquationTerm> equationOf(const TracePicture& picture, const Theme& theme, std::size_t shown);

}  // namespace resnet::ui

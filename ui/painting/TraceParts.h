#pragma once

// What the painters of the single kinds of steps share; behind TracePainter.h.

#include "ui/painting/NumberCells.h"
#include "ui/painting/TracePainter.h"

#include <QColor>

namespace resnet::ui {

// A term of the equation below a trace: "+", "channel 12", −0.120.
struct EquationTerm {
    QString sign;  // before it; empty for the first
    QString label;
    double value = 0.0;
    QColor color;              // of the bar under it; none if not valid
    double sensitivity = 1.0;  // by how much the sum moves with this term
    int decimals = 3;          // negative: as many as valueText() gives

    QString text() const;
};

// Row heights that the painters keep to.
inline constexpr double traceLabelHeight = 18.0;

// "channel 12", or "green" where the input is the image.
QString inputChannelLabel(const TracePicture& picture, int channel);

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

// The terms that add up to the value, of which `shown` may be named; the last is the sum. They have as many
// decimals as it takes that the numbers shown give the sum within 1e-4 of the map's largest magnitude.
std::vector<EquationTerm> equationOf(const TracePicture& picture, const Theme& theme, std::size_t shown);

}  // namespace resnet::ui

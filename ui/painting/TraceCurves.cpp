#include "ui/painting/TraceParts.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

QString words(const char* text) {
    return QCoreApplication::translate("TracePainter", text);
}

// Values before (to the right) and after (upwards), zero in the middle.
struct Plot {
    QRectF rect;
    double extentX = 1.0;
    double extentY = 1.0;

    QPointF at(double before, double after) const {
        return {rect.center().x() + before / extentX * rect.width() / 2,
                rect.center().y() - after / extentY * rect.height() / 2};
    }
};

Plot plotOf(const QRectF& rect, double extentX, double extentY) {
    const QRectF area(rect.left(), rect.top(), std::min(rect.width() * 0.5, 380.0), rect.height());
    const auto finite = [](double extent) { return std::isfinite(extent) ? std::max(extent, 1e-6) : 1.0; };
    return {area.adjusted(0.5, 0.5, -0.5, -0.5), finite(extentX), finite(extentY)};
}

void paintAxes(QPainter& painter, const Plot& plot, const Theme& theme) {
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.background);
    painter.drawRoundedRect(plot.rect, 6, 6);
    painter.setPen(QPen(theme.inactive, 1));
    painter.drawLine(plot.at(-plot.extentX, 0), plot.at(plot.extentX, 0));
    painter.drawLine(plot.at(0, -plot.extentY), plot.at(0, plot.extentY));
    const QRectF labels = plot.rect.adjusted(6, 4, -6, -4);
    paintCaption(painter, {labels.left(), plot.rect.center().y(), labels.width(), 16}, words("before"), theme,
                 Qt::AlignRight | Qt::AlignVCenter);
    paintCaption(painter, {plot.rect.center().x() + 6, labels.top(), 80, 14}, words("after"), theme);
}

// The value's way: up from the axis to the curve, and over to the result.
void paintPoint(QPainter& painter, const Plot& plot, double before, double after, const Theme& theme) {
    const QPointF point = plot.at(before, after);
    painter.setPen(QPen(theme.mainPath, 1, Qt::DashLine));
    painter.drawLine(plot.at(before, 0), point);
    painter.drawLine(point, plot.at(0, after));
    painter.setPen(QPen(theme.panel, 2));
    painter.setBrush(theme.mainPath);
    painter.drawEllipse(point, 6, 6);
    // The numbers on the far side of the axes, where nothing else is.
    const QPointF onX = plot.at(before, 0);
    const QPointF onY = plot.at(0, after);
    painter.setFont(font(TextRole::BodyBold));
    painter.setPen(theme.mainPath);
    painter.drawText(QRectF(onX.x() - 40, onX.y() + (after < 0 ? -20 : 4), 80, 16), Qt::AlignCenter,
                     valueText(before));
    if (std::abs(after) > 0.02 * plot.extentY)
        painter.drawText(QRectF(onY.x() + (before < 0 ? 6 : -86), onY.y() - 8, 80, 16),
                         (before < 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, valueText(after));
}

void paintFacts(QPainter& painter, const QRectF& rect, const std::vector<std::pair<QString, QString>>& facts,
                const Theme& theme) {
    constexpr double rowHeight = 24.0;
    double y = rect.top();
    for (const auto& [name, value] : facts) {
        const QRectF row(rect.left(), y, rect.width(), rowHeight);
        painter.setFont(font(TextRole::Body));
        painter.setPen(theme.secondaryText);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setPen(theme.ink);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, value);
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(row.bottomLeft(), row.bottomRight());
        y += rowHeight;
    }
}

QRectF besidePlot(const QRectF& rect, const Plot& plot) {
    const double left = plot.rect.right() + 24;
    return {left, rect.top(), std::min(rect.right() - left, 320.0), rect.height()};
}

// The whole plot stands for the value before.
std::optional<TraceSource> sourceInPlot(const QRectF& rect, const TracePicture& picture,
                                        const QPointF& point) {
    if (!plotOf(rect, 1.0, 1.0).rect.contains(point))
        return std::nullopt;
    return strongestSource(picture.graph, picture.trace);
}

}  // namespace

void paintParts(QPainter& painter, const QRectF& rect, const AffineTrace& how, const TracePicture& picture,
                const Theme& theme) {
    const double extent = 2.0 * std::max(std::abs(double(how.before)), 0.1);
    const Plot plot = plotOf(rect, extent,
                             std::max(1.5 * std::abs(picture.trace.sum),
                                      0.7 * std::abs(how.scale) * extent + std::abs(how.shift)));
    paintAxes(painter, plot, theme);
    const auto onLine = [&](double before) { return plot.at(before, how.scale * before + how.shift); };
    painter.save();
    painter.setClipRect(plot.rect);
    painter.setPen(QPen(theme.ink, 2));
    painter.drawLine(onLine(-plot.extentX), onLine(plot.extentX));
    painter.restore();
    paintPoint(painter, plot, how.before, picture.trace.sum, theme);
    paintFacts(painter, besidePlot(rect, plot),
               {{words("gamma γ, learned"), valueText(how.gamma)},
                {words("beta β, learned"), valueText(how.beta)},
                {words("running mean μ"), valueText(how.mean)},
                {words("running variance σ²"), valueText(how.variance)},
                {words("epsilon ε"), valueText(how.epsilon)},
                {words("scale = γ ÷ √(σ² + ε)"), valueText(how.scale)},
                {words("shift = β − μ × scale"), valueText(how.shift)}},
               theme);
}

void paintParts(QPainter& painter, const QRectF& rect, const ReluTrace& how, const TracePicture& picture,
                const Theme& theme) {
    const double extent = 2.0 * std::max(std::abs(double(how.before)), 0.1);
    const Plot plot = plotOf(rect, extent, extent);
    paintAxes(painter, plot, theme);
    painter.setPen(QPen(theme.ink, 2));
    painter.drawLine(plot.at(-plot.extentX, 0), plot.at(0, 0));
    const double end = std::min(plot.extentX, plot.extentY);
    painter.drawLine(plot.at(0, 0), plot.at(end, end));
    paintPoint(painter, plot, how.before, picture.trace.sum, theme);
    paintFacts(painter, besidePlot(rect, plot),
               {{words("before"), valueText(how.before)}, {words("after"), valueText(picture.trace.sum)}},
               theme);
}

std::optional<TraceSource> sourceAt(const QRectF& rect, const AffineTrace&, const TracePicture& picture,
                                    const QPointF& point) {
    return sourceInPlot(rect, picture, point);
}

std::optional<TraceSource> sourceAt(const QRectF& rect, const ReluTrace&, const TracePicture& picture,
                                    const QPointF& point) {
    return sourceInPlot(rect, picture, point);
}

}  // namespace resnet::ui

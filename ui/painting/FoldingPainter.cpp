#include "ui/painting/FoldingPainter.h"

#include "core/explain/Difference.h"
#include "ui/Words.h"
#include "ui/painting/MapPainter.h"
#include "ui/painting/NumberCells.h"
#include "ui/words/NumberText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr double lineHeight = 24.0;
constexpr double captionHeight = 18.0;
constexpr double partGap = 20.0;

// Negative numbers in brackets: "0.1 − (−0.2) · 3".
QString factor(double value) {
    return value < 0.0 ? QStringLiteral("(%1)").arg(valueText(value)) : valueText(value);
}

double largestMagnitude(const ValueRange& range) {
    return range.isEmpty() ? 0.0 : std::max(std::abs(range.low), std::abs(range.high));
}

double paintAlgebra(QPainter& painter, const QRectF& rect, const BatchNormLine& line, const Theme& theme) {
    double y = rect.top();
    const auto row = [&](const QString& text, const QString& meaning, TextRole role) {
        painter.setFont(font(role));
        painter.setPen(theme.ink);
        painter.drawText(QRectF(rect.left(), y, rect.width(), lineHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         text);
        painter.setFont(font(TextRole::Secondary));
        painter.setPen(theme.secondaryText);
        painter.drawText(QRectF(rect.left(), y, rect.width(), lineHeight), Qt::AlignRight | Qt::AlignVCenter,
                         meaning);
        y += lineHeight;
    };
    row(QStringLiteral("y = γ (w ∗ x − μ) / √(σ² + ε) + β"), Words::tr("convolution, then batch norm"),
        TextRole::Title);
    row(QStringLiteral("y = w′ ∗ x + b′"), Words::tr("one convolution with a bias: the same, multiplied out"),
        TextRole::Title);
    const QString meanings[] = {Words::tr("the channel's scale"), Words::tr("every weight of the channel"),
                                Words::tr("the bias it did not have")};
    const QStringList lines = foldingAlgebra(line);
    for (int i = 0; i < lines.size(); ++i)
        row(lines[i], meanings[i], TextRole::Body);
    return y;
}

// A kernel with its numbers, or only its colours where cells are small.
void paintKernel(QPainter& painter, const QRectF& rect, const FeatureMapView& kernel, double times,
                 const Theme& theme) {
    const double range = largestMagnitude(rangeOf(kernel)) * std::abs(times);
    for (int y = 0; y < kernel.height; ++y)
        for (int x = 0; x < kernel.width; ++x) {
            const QRectF cell = cellRect(rect, kernel.height, kernel.width, y, x);
            const double value = kernel.at(y, x) * times;
            if (cell.width() >= 30.0)
                paintNumber(painter, cell, {}, value, divergingColor(value, range, theme), theme);
            else
                painter.fillRect(cell, divergingColor(value, range, theme));
        }
    paintGridLines(painter, rect, kernel.height, kernel.width, theme);
}

void paintSign(QPainter& painter, const QRectF& rect, const QString& text, const Theme& theme) {
    painter.setFont(font(TextRole::BodyBold));
    painter.setPen(theme.ink);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void paintKernels(QPainter& painter, const QRectF& rect, const FoldingPicture& picture, const Theme& theme) {
    constexpr double signWidth = 84.0;
    const double side = std::min({rect.height() - captionHeight, (rect.width() - signWidth) / 2, 160.0});
    const QRectF before(rect.left(), rect.top() + captionHeight, side, side);
    const QRectF after = before.translated(side + signWidth, 0);
    paintCaption(painter, {before.left(), rect.top(), side + signWidth, captionHeight},
                 Words::tr("w, input channel %1").arg(picture.inputChannel), theme);
    paintCaption(painter, {after.left(), rect.top(), side, captionHeight}, Words::tr("w′"), theme);
    const FeatureMapView kernel = picture.kernels->channel(picture.inputChannel);
    paintKernel(painter, before, kernel, 1.0, theme);
    paintKernel(painter, after, kernel, picture.line.scale, theme);
    paintSign(painter, {before.right(), before.top(), signWidth, side},
              QStringLiteral("× %1 =").arg(valueText(picture.line.scale)), theme);
}

void paintMaps(QPainter& painter, const QRectF& rect, const FoldingPicture& picture, const Theme& theme) {
    const double side = std::min((rect.width() - 2 * partGap) / 3, rect.height() - captionHeight);
    const auto tile = [&](int index) {
        return QRectF(rect.left() + index * (side + partGap), rect.top() + captionHeight, side, side);
    };
    const auto caption = [&](int index, const QString& text) {
        paintCaption(painter, {tile(index).left(), rect.top(), side + partGap, captionHeight}, text, theme);
    };
    const FeatureMapView unfolded = picture.unfolded->channel(picture.channel);
    const ValueRange scale = scaleFor(ColorMap::Diverging, rangeOf(unfolded));
    caption(0, Words::tr("one after the other"));
    paintMap(painter, tile(0), unfolded, ColorMap::Diverging, scale, theme);
    if (!picture.folded) {
        caption(1, Words::tr("measuring …"));
        return;
    }
    caption(1, Words::tr("folded"));
    paintMap(painter, tile(1), picture.folded->output->channel(picture.channel), ColorMap::Diverging, scale,
             theme);
    const FeatureMaps apart = difference(*picture.folded->output, *picture.unfolded, picture.channel);
    const ValueRange range = rangeOf(apart);
    caption(2, Words::tr("±%1").arg(valueText(largestMagnitude(range))));
    paintMap(painter, tile(2), apart.channel(0), ColorMap::Diverging, scaleFor(ColorMap::Diverging, range),
             theme);
    paintSign(painter, {tile(0).right(), tile(0).top(), partGap, side}, QStringLiteral("≈"), theme);
}

}  // namespace

QStringList foldingAlgebra(const BatchNormLine& line) {
    const QString scale = factor(line.scale);
    return {QStringLiteral("s = γ / √(σ² + ε) = %1 / √(%2 + %3) = %4")
                .arg(valueText(line.gamma), valueText(line.variance), valueText(line.epsilon),
                     valueText(line.scale)),
            QStringLiteral("w′ = w · s = w · %1").arg(scale),
            QStringLiteral("b′ = β − μ · s = %1 − %2 · %3 = %4")
                .arg(valueText(line.beta), factor(line.mean), scale, valueText(line.shift))};
}

QString foldingMeasure(const FoldedConvolution& folded) {
    if (folded.largestMagnitude == 0.0)
        return Words::tr("Measured here: the two are the same.");
    return Words::
        tr("Measured here: at most %1 apart (channel %2, row %3, column %4), rounding: %5 of the largest value.")
            .arg(valueText(folded.largestDifference))
            .arg(folded.channel)
            .arg(folded.y)
            .arg(folded.x)
            .arg(valueText(folded.largestDifference / folded.largestMagnitude));
}

void paintFolding(QPainter& painter, const QRectF& rect, const FoldingPicture& picture, const Theme& theme) {
    painter.save();
    const double top = paintAlgebra(painter, rect, picture.line, theme) + partGap / 2;
    const QRectF room(rect.left(), top, rect.width(), rect.bottom() - top - lineHeight);
    const double kernelWidth = std::min(0.52 * room.width(), 2 * 160.0 + 84.0);
    paintKernels(painter, {room.left(), room.top(), kernelWidth, room.height()}, picture, theme);
    if (picture.unfolded)
        paintMaps(painter, room.adjusted(kernelWidth + partGap, 0, 0, 0), picture, theme);
    painter.setFont(font(TextRole::Body));
    painter.setPen(theme.ink);
    const QString measured = picture.folded     ? foldingMeasure(*picture.folded)
                             : picture.unfolded ? QString()
                                                : Words::tr("Not computed yet: nothing to measure.");
    painter.drawText(QRectF(rect.left(), rect.bottom() - lineHeight, rect.width(), lineHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(measured, Qt::ElideRight, int(rect.width())));
    painter.restore();
}

}  // namespace resnet::ui

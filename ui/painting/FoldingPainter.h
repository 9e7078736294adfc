#pragma once

#include "core/explain/BatchNormFolding.h"
#include "ui/painting/Theme.h"

#include <QStringList>

#include <optional>

class QPainter;
class QRectF;

namespace resnet::ui {

// One channel of a convolution and its batch norm, to be folded.
struct FoldingPicture {
    int channel = 0;
    BatchNormLine line;
    FeatureMapsPtr kernels;   // that make the channel, one per input channel
    int inputChannel = 0;     // whose kernel is shown
    FeatureMapsPtr unfolded;  // the batch norm's output; null while not computed
    std::optional<FoldedConvolution> folded;
};

// The algebra with the channel's numbers put in, a kernel before and after, and the channel's map both ways
// with their difference.
void paintFolding(QPainter& painter, const QRectF& rect, const FoldingPicture& picture, const Theme& theme);

// "s = γ / √(σ² + ε) = 0.412 / √(0.012 + 1e−05) = 3.742", and what becomes of weights and bias.
QStringList foldingAlgebra(const BatchNormLine& line);
// How much the two ways differ on this picture, in a sentence.
QString foldingMeasure(const FoldedConvolution& folded);

}  // namespace resnet::ui

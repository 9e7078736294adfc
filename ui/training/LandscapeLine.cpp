#include "ui/training/LandscapeLine.h"

#include "ui/Words.h"
#include "ui/painting/LandscapePainter.h"
#include "ui/words/NumberText.h"

#include <algorithm>

namespace resnet::ui {

std::vector<LineChart> landscapeLine(const std::vector<MeasuredPlane>& planes, int stride,
                                     bool isDivergence) {
    if (stride == 0)
        return {};
    LineChart loss;
    LineChart accuracy;
    loss.title = isDivergence ? Words::tr("Divergence along the first direction")
                              : Words::tr("Loss along the first direction");
    accuracy.title = isDivergence ? Words::tr("Same answers") : Words::tr("Right answers");
    loss.high = 1e-6;
    for (int column = 0; column < planes.front().side; column += stride)
        loss.places.push_back(planes.front().at(column));
    accuracy.places = loss.places;
    for (const MeasuredPlane& plane : planes) {
        const bool isFirst = &plane == &planes.front();
        const LineChart::Tone tone = isFirst ? LineChart::Tone::Accent : LineChart::Tone::Ink;
        LineChart::Line losses{plane.title, tone, !isFirst, {}};
        LineChart::Line shares = losses;
        for (int column = 0; column < plane.side; column += stride) {
            const LandscapePoint& point = *plane.point(plane.side / 2, column);
            losses.values.emplace_back(point.loss);
            shares.values.emplace_back(point.accuracy);
            loss.high = std::max(loss.high, std::min(point.loss, largestDrawnLoss));
        }
        loss.lines.push_back(std::move(losses));
        accuracy.lines.push_back(std::move(shares));
    }
    for (LineChart* chart : {&loss, &accuracy}) {
        chart->mark = 0.0;
        chart->firstLabel = axisText(chart->places.front());
        chart->lastLabel = axisText(chart->places.back());
    }
    return {loss, accuracy};
}

}  // namespace resnet::ui

#include "ui/training/LandscapeContent.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <QDir>

#include <algorithm>

namespace resnet::ui {

LandscapePicture landscapePicture(const std::vector<MeasuredPlane>& planes, int stride, bool isDivergence) {
    LandscapePicture picture;
    picture.measure = isDivergence ? Words::tr("divergence") : Words::tr("loss");
    if (stride == 0)
        return picture;
    const int side = planes.front().side;
    for (int i = 0; i < side; ++i)
        picture.axis.push_back(planes.front().at(i));
    for (const MeasuredPlane& plane : planes) {
        const LandscapePoint& centre = *plane.point(plane.half(), plane.half());
        picture.panels.push_back({plane.title,
                                  isDivergence
                                      ? Words::tr("in the middle the network itself: 0")
                                      : Words::tr("in the middle the network itself: loss %1, %2 right")
                                            .arg(valueText(centre.loss), percentText(centre.accuracy)),
                                  plane.losses(stride)});
    }
    return picture;
}

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
            const LandscapePoint& point = *plane.point(plane.half(), column);
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

QString planeGrid(int side, int stride) {
    const int points = (side - 1) / stride + 1;
    return extentText(points, points);
}

QString planeProgress(const std::vector<MeasuredPlane>& planes, int side, bool isStopped) {
    const int finest = finestStride(planes);
    if (planes.empty() || finest == 1)
        return planes.empty() ? QString()
                              : Words::tr("two random directions, each filter as long as the network's");
    int next = MeasuredPlane::stridesOf(side).front();
    for (const int stride : MeasuredPlane::stridesOf(side))
        if (finest == 0 || stride < finest) {
            next = stride;
            break;
        }
    return (isStopped ? Words::tr("stopped at %1 of %2 points of %3") : Words::tr("%1 of %2 points of %3"))
        .arg(measuredOf(planes, next))
        .arg(pointsOf(side, next) * int(planes.size()))
        .arg(planeGrid(side, next));
}

QString placeText(const MeasuredPlane& plane, int row, int column, bool isDivergence) {
    const LandscapePoint& point = *plane.point(row, column);
    const QString what =
        isDivergence ? Words::tr("%1, measured at (%2, %3): divergence %4, %5 of the answers are the same")
                     : Words::tr("%1, measured at (%2, %3): loss %4, %5 right");
    return what.arg(plane.title, axisText(plane.at(column)), axisText(plane.at(row)), valueText(point.loss),
                    percentText(point.accuracy));
}

QString landscapeSentence(const LandscapeSaid& said) {
    const QString of =
        said.folder.isEmpty()
            ? Words::tr("%1 squares of the sample pictures").arg(said.of.pictures)
            : Words::tr("%1 pictures of %2").arg(said.of.pictures).arg(QDir(said.folder).dirName());
    QString text;
    if (!said.walkedTo.isEmpty())
        text = Words::tr("<b>You walked</b>: the whole window shows %1. ").arg(said.walkedTo.toHtmlEscaped());
    text +=
        (said.of.isDivergence
             ? Words::tr(
                   "<b>Divergence</b> from the network's own answers (KL, in nats), not the loss: how fast the answers change as the weights move. Mean of %1.")
             : Words::tr("<b>Loss</b>: cross-entropy of the right classes, mean of %1."))
            .arg(of.toHtmlEscaped());
    text += Words::tr(" Two random directions hide most others.");
    if (said.isTwin)
        text += Words::tr(
            " Neither twin is the famous chaos: at 34 layers with batch norm both valleys are smooth.");
    if (!said.isTrained)
        text += Words::tr(" The network is untrained.");
    if (said.hasEdits)
        text += Words::tr(" It is that of the network without what is changed under What if.");
    for (const QString& note : said.of.notes)
        text += QLatin1Char(' ') + note.toHtmlEscaped() + QLatin1Char('.');
    return text;
}

}  // namespace resnet::ui

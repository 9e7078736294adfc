#include "ui/training/LandscapeSentence.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

#include <QDir>

namespace resnet::ui {

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

#include "ui/training/LandscapePlanes.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"

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
        const LandscapePoint& centre = *plane.point(side / 2, side / 2);
        picture.panels.push_back({plane.title,
                                  isDivergence
                                      ? Words::tr("in the middle the network itself: 0")
                                      : Words::tr("in the middle the network itself: loss %1, %2 right")
                                            .arg(valueText(centre.loss), percentText(centre.accuracy)),
                                  plane.losses(stride)});
    }
    return picture;
}

}  // namespace resnet::ui

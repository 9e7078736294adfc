#include "app/cli/Subject.h"

#include "app/cli/InputFile.h"
#include "app/cli/OpenNetwork.h"
#include "core/model/ModelInput.h"
#include "ui/images/QtImage.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace resnet::app {

namespace {

// pixel = (value * deviation[c] + mean[c]) / scale; opacity is left out.
QImage pictureOf(const FeatureMaps& input, const Preprocessing& preprocessing) {
    QImage picture(input.width(), input.height(), QImage::Format_RGB32);
    const auto pixel = [&](int color, int y, int x) {
        const int channel = input.channels() == 1                             ? 0
                            : preprocessing.channelOrder == ChannelOrder::BGR ? 2 - color
                                                                              : color;
        const float value = input.at(channel, y, x) * preprocessing.deviation[std::size_t(channel)] +
                            preprocessing.mean[std::size_t(channel)];
        return std::isfinite(value) ? int(std::lround(std::clamp(value / preprocessing.scale, 0.0f, 255.0f)))
                                    : 0;
    };
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb(pixel(0, y, x), pixel(1, y, x), pixel(2, y, x)));
    return picture;
}

}  // namespace

Subject subjectOf(const Invocation& invocation) {
    const QString path = invocation.arguments().first();
    if (!isInputFile(path)) {
        const ModelPtr model = openNetwork(invocation);
        const ui::PicturePtr picture = openPicture(path);
        const Image seen = seenBy(*model, picture->image);
        return {model, picture->name, inputOfSeen(*model, seen), ui::toQImage(seen)};
    }
    const std::string file = QFile::encodeName(path).toStdString();
    const Tensor tensor = readInputFile(file);
    const ModelPtr model = openNetwork(optionsFor(tensor, invocation.network()), invocation.stop());
    const FeatureMapsPtr input = inputFrom(tensor, model->graph().outputShape(inputStep), file);
    return {model, QFileInfo(path).fileName(), input, pictureOf(*input, model->preprocessing)};
}

Run runSubject(Executor& executor, const Subject& subject, StepId last, const Invocation& invocation) {
    Run run = executor.start(subject.input, editsOf(invocation, subject.model->graph()));
    if (executor.run(run, last, invocation.stop()) == RunOutcome::Cancelled)
        throw Interrupted();
    return run;
}

}  // namespace resnet::app

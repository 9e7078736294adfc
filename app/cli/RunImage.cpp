#include "app/cli/RunImage.h"

#include "app/cli/Command.h"
#include "app/cli/Console.h"
#include "ui/images/PictureReader.h"
#include "ui/images/QtImage.h"

namespace resnet::app {

ui::PicturePtr openPicture(const QString& path) {
    const ui::PicturePtr picture = ui::readPicture(path);
    for (const QString& note : picture->notes)
        tell(QStringLiteral("note: %1: %2").arg(path, note));
    return picture;
}

namespace {

Image cropped(const Model& model, const Image& image) {
    const NetworkSpec& spec = model.graph().spec();
    return cropForNetwork(image, model.preprocessing, spec.inputHeight, spec.inputWidth);
}

}  // namespace

QImage cropOf(const Model& model, const Image& image) {
    return ui::toQImage(cropped(model, image));
}

FeatureMapsPtr inputOf(const Model& model, const Image& image) {
    return std::make_shared<FeatureMaps>(normalise(cropped(model, image), model.preprocessing));
}

Activations runImage(Executor& executor, const Model& model, const Image& image, StepId last,
                     const std::stop_token& stop) {
    Activations activations = executor.start(inputOf(model, image));
    if (executor.run(activations, last, stop) == RunOutcome::Cancelled)
        throw Interrupted();
    return activations;
}

}  // namespace resnet::app

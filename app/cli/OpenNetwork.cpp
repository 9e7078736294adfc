#include "app/cli/OpenNetwork.h"

#include "app/ResourcePaths.h"
#include "app/cli/Console.h"
#include "core/Error.h"

#include <QFile>

namespace resnet::app {

ModelPtr openNetwork(const NetworkOptions& options) {
    ModelPtr model;
    if (options.isNew) {
        model = newModel(options.request);
    } else {
        const QString path = options.weights.isEmpty() ? bundledWeights() : options.weights;
        if (path.isEmpty())
            throw Error("the bundled network is missing; name a file with --weights");
        model = openModel(QFile::encodeName(path).toStdString(), options.request);
    }
    for (const std::string& note : model->notes)
        tell(QStringLiteral("note: ") + QString::fromStdString(note));
    if (options.hasSeed && model->isTrained())
        tell(QStringLiteral("note: --seed changes nothing, as the weights come from a file"));
    return model;
}

}  // namespace resnet::app

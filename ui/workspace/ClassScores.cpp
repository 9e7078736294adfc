#include "ui/workspace/ClassScores.h"

#include "ui/workspace/Workspace.h"

namespace resnet::ui {

QStringList classNames(const Workspace& workspace) {
    QStringList names;
    if (workspace.model())
        for (const std::string& name : workspace.model()->classNames)
            names << QString::fromStdString(name);
    return names;
}

std::vector<float> classScores(const Workspace& workspace) {
    const ModelPtr& model = workspace.model();
    const FeatureMapsPtr shares = model ? workspace.session().output(model->graph().softmaxStep()) : nullptr;
    return shares ? std::vector<float>(shares->data(), shares->data() + shares->size())
                  : std::vector<float>();
}

}  // namespace resnet::ui

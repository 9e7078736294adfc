#include "ui/training/TrainingViews.h"

#include "ui/training/LandscapeView.h"
#include "ui/training/ShortcutsView.h"
#include "ui/training/TrainingView.h"

#include <QCoreApplication>

namespace resnet::ui {

ViewEntries trainingViews(const TrainingResources& resources, const QString& whatIf) {
    return {
        {QStringLiteral("landscape"),
         QCoreApplication::translate("TrainingViews", "&Loss landscape"),
         QCoreApplication::translate("TrainingViews",
                                     "How the loss changes as the weights move along two random directions"),
         {},
         [resources](Workspace& workspace) { return QList<View*>{new LandscapeView(workspace, resources)}; }},
        {QStringLiteral("training"),
         QCoreApplication::translate("TrainingViews", "&Curves and epochs"),
         QCoreApplication::translate("TrainingViews",
                                     "Loss and accuracy over the epochs, and the network after each of them"),
         {},
         [resources](Workspace& workspace) { return QList<View*>{new TrainingView(workspace, resources)}; }},
        {QStringLiteral("shortcuts"),
         QCoreApplication::translate("TrainingViews", "&Why shortcuts help"),
         QCoreApplication::translate("TrainingViews", "Five claims, each beside the figure that shows it"),
         {},
         [resources, whatIf](Workspace& workspace) {
             return QList<View*>{new ShortcutsView(workspace, resources, whatIf)};
         }},
    };
}

}  // namespace resnet::ui

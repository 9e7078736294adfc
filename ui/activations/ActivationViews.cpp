#include "ui/activations/ActivationViews.h"

#include "ui/activations/ChannelsView.h"
#include "ui/activations/ChartsView.h"
#include "ui/activations/WeightsView.h"

#include <QCoreApplication>

namespace resnet::ui {

ViewEntries activationViews() {
    return {
        {ViewSettings::maps,
         QCoreApplication::translate("ActivationViews", "Maps"),
         QCoreApplication::translate("ActivationViews", "The maps of this step"),
         {},
         [](Workspace& workspace) { return QList<View*>{new FeatureMapsView(workspace)}; }},
        {ViewSettings::unit,
         QCoreApplication::translate("ActivationViews", "Unit"),
         QCoreApplication::translate("ActivationViews",
                                     "What this step's residual unit does to each channel"),
         {},
         [](Workspace& workspace) { return QList<View*>{new UnitMapsView(workspace)}; }},
        {QStringLiteral("steps"),
         QCoreApplication::translate("ActivationViews", "All steps"),
         QCoreApplication::translate("ActivationViews", "Figures of all steps"),
         {},
         [](Workspace& workspace) { return QList<View*>{new StepChartsView(workspace)}; }},
        {QStringLiteral("units"),
         QCoreApplication::translate("ActivationViews", "All units"),
         QCoreApplication::translate("ActivationViews", "Figures of all residual units"),
         {},
         [](Workspace& workspace) { return QList<View*>{new UnitChartsView(workspace)}; }},
        {QStringLiteral("weights"),
         QCoreApplication::translate("ActivationViews", "Weights"),
         QCoreApplication::translate("ActivationViews", "The weights of this step"),
         {},
         [](Workspace& workspace) { return QList<View*>{new WeightsView(workspace)}; }},
    };
}

}  // namespace resnet::ui

#include "ui/activations/ActivationViews.h"

#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChannelsView.h"
#include "ui/activations/ChartsView.h"
#include "ui/activations/StageChartsView.h"
#include "ui/activations/WeightsView.h"

#include <QCoreApplication>

namespace resnet::ui {

ViewEntries activationViews() {
    const auto tr = [](const char* text) { return QCoreApplication::translate("ActivationViews", text); };
    return {
        {ViewSettings::maps,
         tr("Maps of the step"),
         tr("Every channel of this step, and the selected one large"),
         {},
         [](Workspace& workspace) {
             return QList<View*>{new FeatureMapsView(workspace),
                                 new ChannelDetail(workspace, ChannelDetail::About::Step)};
         }},
        {ViewSettings::unitMaps,
         tr("Unit by channel"),
         tr("What this step's residual unit does to each channel"),
         {},
         [](Workspace& workspace) {
             return QList<View*>{new UnitMapsView(workspace),
                                 new ChannelDetail(workspace, ChannelDetail::About::Unit)};
         }},
        {QStringLiteral("steps"),
         tr("All steps"),
         tr("Figures of all steps"),
         {},
         [](Workspace& workspace) { return QList<View*>{new StepChartsView(workspace)}; }},
        {QStringLiteral("units"),
         tr("All units"),
         tr("Figures of all residual units"),
         {},
         [](Workspace& workspace) { return QList<View*>{new UnitChartsView(workspace)}; }},
        {QStringLiteral("stages"),
         tr("Costs of the stages"),
         tr("Parameters and multiply-adds of the stages"),
         {},
         [](Workspace& workspace) { return QList<View*>{new StageChartsView(workspace)}; }},
        {QStringLiteral("weights"),
         tr("Weights of the step"),
         tr("The weights of this step"),
         {},
         [](Workspace& workspace) { return QList<View*>{new WeightsView(workspace)}; }},
    };
}

}  // namespace resnet::ui

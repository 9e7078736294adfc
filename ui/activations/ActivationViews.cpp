#include "ui/activations/ActivationViews.h"

#include "ui/Words.h"
#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChannelsView.h"
#include "ui/activations/ChartsView.h"
#include "ui/activations/StageChartsView.h"
#include "ui/activations/WeightsView.h"

namespace resnet::ui {

ViewEntries activationViews() {
    return {
        {ViewSettings::maps,
         Words::tr("Maps of the step"),
         Words::tr("Every channel of this step, and the selected one large"),
         {},
         [](Workspace& workspace) {
             return QList<View*>{new FeatureMapsView(workspace),
                                 new ChannelDetail(workspace, ChannelDetail::About::Step)};
         }},
        {ViewSettings::unitMaps,
         Words::tr("Unit by channel"),
         Words::tr("What this step's residual unit does to each channel"),
         {},
         [](Workspace& workspace) {
             return QList<View*>{new UnitMapsView(workspace),
                                 new ChannelDetail(workspace, ChannelDetail::About::Unit)};
         }},
        {QStringLiteral("steps"),
         Words::tr("All steps"),
         Words::tr("Figures of all steps"),
         {},
         [](Workspace& workspace) { return QList<View*>{new StepChartsView(workspace)}; }},
        {QStringLiteral("units"),
         Words::tr("All units"),
         Words::tr("Figures of all residual units"),
         {},
         [](Workspace& workspace) { return QList<View*>{new UnitChartsView(workspace)}; }},
        {QStringLiteral("stages"),
         Words::tr("Costs of the stages"),
         Words::tr("Parameters and multiply-adds of the stages"),
         {},
         [](Workspace& workspace) { return QList<View*>{new StageChartsView(workspace)}; }},
        {QStringLiteral("weights"),
         Words::tr("Weights of the step"),
         Words::tr("The weights of this step"),
         {},
         [](Workspace& workspace) { return QList<View*>{new WeightsView(workspace)}; }},
    };
}

}  // namespace resnet::ui

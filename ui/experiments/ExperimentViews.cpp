#include "ui/experiments/ExperimentViews.h"

#include "ui/experiments/CompareView.h"
#include "ui/experiments/ScoreView.h"
#include "ui/experiments/SweepView.h"
#include "ui/experiments/WhatIfView.h"

#include <QCoreApplication>

namespace resnet::ui {

ViewEntries experimentViews() {
    return {
        {QStringLiteral("whatif"),
         QCoreApplication::translate("ExperimentViews", "What if"),
         QCoreApplication::translate("ExperimentViews",
                                     "Switch parts of the network off, and see what changes"),
         {},
         [](Workspace& workspace) { return QList<View*>{new WhatIfView(workspace)}; }},
        {QStringLiteral("score"),
         QCoreApplication::translate("ExperimentViews", "Score"),
         QCoreApplication::translate(
             "ExperimentViews", "Who wrote the score, and what the network would say if it ended sooner"),
         {},
         [](Workspace& workspace) { return QList<View*>{new ScoreView(workspace)}; }},
        {QStringLiteral("sweeps"),
         QCoreApplication::translate("ExperimentViews", "Sweeps"),
         QCoreApplication::translate(
             "ExperimentViews",
             "Many changes one after the other, over this picture or a folder of pictures"),
         {},
         [](Workspace& workspace) { return QList<View*>{new SweepView(workspace)}; }},
        {QStringLiteral("compare"),
         QCoreApplication::translate("ExperimentViews", "Compare"),
         QCoreApplication::translate("ExperimentViews",
                                     "Two runs step by step: where they begin to differ, how much, and why"),
         {},
         [](Workspace& workspace) { return QList<View*>{new CompareView(workspace)}; }},
    };
}

}  // namespace resnet::ui

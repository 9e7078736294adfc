#include "ui/experiments/ExperimentViews.h"

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
    };
}

}  // namespace resnet::ui

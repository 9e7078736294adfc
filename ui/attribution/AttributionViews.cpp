#include "ui/attribution/AttributionViews.h"

#include "ui/attribution/EffectiveFieldView.h"
#include "ui/attribution/GradientNormsView.h"
#include "ui/attribution/PathLengthsView.h"
#include "ui/attribution/PixelsView.h"
#include "ui/attribution/TrustView.h"
#include "ui/attribution/UnitCamsView.h"

#include <QCoreApplication>

namespace resnet::ui {

ViewEntries attributionViews(const QStringList& photographs) {
    return {
        {QStringLiteral("unitcams"),
         QCoreApplication::translate("AttributionViews", "&Grad-CAM at every unit"),
         QCoreApplication::translate("AttributionViews",
                                     "Where each residual unit speaks for a class, and where against it"),
         {},
         [](Workspace& workspace) { return QList<View*>{new UnitCamsView(workspace)}; }},
        {QStringLiteral("pixels"),
         QCoreApplication::translate("AttributionViews", "Down to the &pixels"),
         QCoreApplication::translate("AttributionViews", "What a score owes to each pixel, by five methods"),
         {},
         [](Workspace& workspace) { return QList<View*>{new PixelsView(workspace)}; }},
        {QStringLiteral("trust"),
         QCoreApplication::translate("AttributionViews", "Can this map be &trusted?"),
         QCoreApplication::translate(
             "AttributionViews",
             "Whether a map tells what was learned, and whether the network needs what it marks"),
         {},
         [](Workspace& workspace) { return QList<View*>{new TrustView(workspace)}; }},
        {QStringLiteral("paths"),
         QCoreApplication::translate("AttributionViews", "&How many units does the gradient pass through?"),
         QCoreApplication::translate("AttributionViews",
                                     "The gradient at the picture, split by the units that it has passed"),
         {},
         [](Workspace& workspace) { return QList<View*>{new PathLengthsView(workspace)}; }},
        {QStringLiteral("gradientnorms"),
         QCoreApplication::translate("AttributionViews", "How &large is the gradient, and where?"),
         QCoreApplication::translate(
             "AttributionViews",
             "The gradient's norm at every unit, by F(x) and by the shortcut, and at every step"),
         {},
         [](Workspace& workspace) { return QList<View*>{new GradientNormsView(workspace)}; }},
        {QStringLiteral("receptive"),
         QCoreApplication::translate("AttributionViews", "What has it &seen, really?"),
         QCoreApplication::translate(
             "AttributionViews", "How much each pixel can change the selected cell, trained and untrained"),
         {},
         [photographs](Workspace& workspace) {
             return QList<View*>{new EffectiveFieldView(workspace, photographs)};
         }},
    };
}

}  // namespace resnet::ui

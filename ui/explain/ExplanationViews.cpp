#include "ui/explain/ExplanationViews.h"

#include "ui/explain/ClassEvidenceView.h"
#include "ui/explain/FoldingView.h"
#include "ui/explain/PlaceView.h"
#include "ui/explain/TraceView.h"

#include <QCoreApplication>

namespace resnet::ui {

ViewEntries explanationViews() {
    return {
        {QStringLiteral("number"),
         QCoreApplication::translate("ExplanationViews", "Where does this &number come from?"),
         QCoreApplication::translate("ExplanationViews", "The arithmetic behind the selected cell"),
         Qt::CTRL | Qt::Key_T,
         [](Workspace& workspace) {
             // All views mark the same cell: without one, that which the map says most at.
             if (!workspace.cell())
                 workspace.selectCell(tracedCell(workspace));
             return QList<View*>{new TraceView(workspace), new PlaceView(workspace)};
         }},
        {QStringLiteral("class"), QCoreApplication::translate("ExplanationViews", "Wh&y this class?"),
         QCoreApplication::translate("ExplanationViews",
                                     "Which parts of the picture speak for a class, and which against it"),
         Qt::CTRL | Qt::Key_Y,
         [](Workspace& workspace) { return QList<View*>{new ClassEvidenceView(workspace)}; }, false},
        {QStringLiteral("folding"), QCoreApplication::translate("ExplanationViews", "&Fold batch norm"),
         QCoreApplication::translate(
             "ExplanationViews",
             "Batch norm and convolution as one: the algebra with this channel's numbers, and the measured difference"),
         Qt::CTRL | Qt::Key_B, [](Workspace& workspace) { return QList<View*>{new FoldingView(workspace)}; }},
    };
}

}  // namespace resnet::ui

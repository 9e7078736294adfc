#pragma once

#include "ui/diagram/LiveContent.h"
#include "ui/workspace/Workspace.h"

#include <QWidget>

namespace resnet::ui {

class DiagramCanvas;
class ElidedLabel;

// What the open network is compared with, as a second row: the other network, or the other picture in the
// same one. A click on a block goes to the step of the same name.
class OtherRiver : public QWidget {
    Q_OBJECT
public:
    explicit OtherRiver(Workspace& workspace, QWidget* parent = nullptr);

    DiagramCanvas* canvas() const { return m_canvas; }
    QString caption() const;
    // It is to be seen while there is a run that was chosen to compare with.
    void refresh(const Changes& changes);
    void setDetail(Detail detail);

private:
    void takeRun();
    void showContent();
    void goTo(StepId step);
    QString captionText() const;

    Workspace& m_workspace;
    Run m_run;  // keeps the graph that everything here refers to
    LiveContent m_live;
    ElidedLabel* m_caption;
    DiagramCanvas* m_canvas;
};

}  // namespace resnet::ui

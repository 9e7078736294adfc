#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>

namespace resnet::ui {

class PlaneWalk;

// "weights moved  Back", for the status bar; hidden while the open network is as it was opened. Its tooltip
// says where the weights are.
class WalkBadge : public QFrame {
    Q_OBJECT
public:
    WalkBadge(Workspace& workspace, PlaneWalk& walk, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    Workspace& m_workspace;
    PlaneWalk& m_walk;
};

}  // namespace resnet::ui

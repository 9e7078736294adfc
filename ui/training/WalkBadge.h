#pragma once

#include "ui/widgets/Badge.h"
#include "ui/workspace/Workspace.h"

namespace resnet::ui {

class PlaneWalk;

// "weights moved  Back", for the status bar; hidden while the open network is as it was opened. Its tooltip
// says where the weights are.
class WalkBadge : public Badge {
    Q_OBJECT
public:
    WalkBadge(Workspace& workspace, PlaneWalk& walk, QWidget* parent = nullptr);

private:
    void refresh();

    Workspace& m_workspace;
    PlaneWalk& m_walk;
};

}  // namespace resnet::ui

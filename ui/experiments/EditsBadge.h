#pragma once

#include "ui/widgets/Badge.h"
#include "ui/workspace/Workspace.h"

namespace resnet::ui {

// "2 parts changed  Reset", for the status bar; hidden while the network is as it was opened. Its tooltip
// says which parts.
class EditsBadge : public Badge {
    Q_OBJECT
public:
    explicit EditsBadge(Workspace& workspace, QWidget* parent = nullptr);

private:
    void follow(const Changes& changes);
    void refresh();

    Workspace& m_workspace;
};

}  // namespace resnet::ui

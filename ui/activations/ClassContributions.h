#pragma once

#include "ui/activations/VectorBars.h"
#include "ui/workspace/Workspace.h"

namespace resnet::ui {

// The features that add most to a class's logit or take most from it, as many as there is room for. A click
// on one shows its map.
class ClassContributions : public VectorBars {
    Q_OBJECT
public:
    explicit ClassContributions(Workspace& workspace, QWidget* parent = nullptr);

    // Those of the workspace's channel, which is a class.
    void refresh();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    Workspace& m_workspace;
};

}  // namespace resnet::ui

#pragma once

#include "core/network/Graph.h"

#include <QTreeView>

namespace resnet::ui {

class StepTreeModel;
class Workspace;

// The tree of all steps, always at the current one.
class StepTree : public QTreeView {
    Q_OBJECT
public:
    explicit StepTree(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void showStep(StepId step);

    Workspace& m_workspace;
    StepTreeModel* m_tree;
    bool m_isFollowing = false;
};

}  // namespace resnet::ui

#include "ui/steps/StepTree.h"

#include "ui/steps/StepTreeModel.h"
#include "ui/workspace/Workspace.h"

#include <QHeaderView>
#include <QScopedValueRollback>

namespace resnet::ui {

StepTree::StepTree(Workspace& workspace, QWidget* parent)
    : QTreeView(parent), m_workspace(workspace), m_tree(new StepTreeModel(this)) {
    setModel(m_tree);
    setUniformRowHeights(true);
    setAccessibleName(tr("All steps"));
    setToolTip(tr("All steps of the network"));
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
    const auto takeModel = [this] {
        {
            const QScopedValueRollback following(m_isFollowing, true);
            m_tree->setModel(m_workspace.model());
        }
        showStep(m_workspace.currentStep());
    };
    connect(&workspace, &Workspace::changed, this, [this, takeModel](const Changes& changes) {
        if (changes.have(Changes::Model))
            takeModel();
        else if (changes.have(Changes::Step))
            showStep(m_workspace.currentStep());
    });
    takeModel();
}

void StepTree::showStep(StepId step) {
    const QModelIndex index = m_tree->indexOf(step);
    if (!index.isValid() || m_tree->stepAt(currentIndex()) == step)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    setCurrentIndex(index);
    scrollTo(index);
}

// The cursor keys walk the tree, and the diagram follows.
void StepTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    if (!m_isFollowing && current.isValid())
        m_workspace.goToStep(m_tree->stepAt(current));
}

}  // namespace resnet::ui

#include "ui/training/WalkBadge.h"

#include "ui/training/PlaneWalk.h"

namespace resnet::ui {

WalkBadge::WalkBadge(Workspace& workspace, PlaneWalk& walk, QWidget* parent)
    : Badge(tr("Back"), tr("Back to the network that was opened"),
            tr("The network as it was before you walked in its loss landscape"), workspace.theme(), parent),
      m_workspace(workspace),
      m_walk(walk) {
    connect(this, &Badge::backRequested, &m_walk, &PlaneWalk::back);
    connect(&m_walk, &PlaneWalk::moved, this, &WalkBadge::refresh);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Theme))
            setTheme(m_workspace.theme());
    });
    refresh();
}

void WalkBadge::refresh() {
    setVisible(m_walk.isAway());
    setWords(tr("weights moved"),
             m_walk.isAway() ? QString::fromStdString(m_workspace.model()->title) : QString());
}

}  // namespace resnet::ui

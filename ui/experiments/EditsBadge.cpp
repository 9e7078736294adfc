#include "ui/experiments/EditsBadge.h"

#include "ui/words/EditWords.h"

namespace resnet::ui {

EditsBadge::EditsBadge(Workspace& workspace, QWidget* parent)
    : Badge(tr("Reset"), tr("Reset all parts of the network"), tr("The network as it was opened"),
            workspace.theme(), parent),
      m_workspace(workspace) {
    connect(this, &Badge::backRequested, this, [this] { m_workspace.setEdits({}); });
    connect(&m_workspace, &Workspace::changed, this, &EditsBadge::follow);
    refresh();
}

void EditsBadge::follow(const Changes& changes) {
    if (changes.have(Changes::Edits | Changes::Model))
        refresh();
    if (changes.have(Changes::Theme))
        setTheme(m_workspace.theme());
}

void EditsBadge::refresh() {
    constexpr int mostUnits = 12;
    const Edits& edits = m_workspace.edits();
    setWords(changedPartsWords(edits),
             editsWords(edits, mostUnits).replace(QStringLiteral("; "), QStringLiteral("\n")));
    setVisible(!edits.isEmpty());
}

}  // namespace resnet::ui

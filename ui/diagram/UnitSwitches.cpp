#include "ui/diagram/UnitSwitches.h"

#include "core/experiments/EditSweep.h"
#include "ui/widgets/Labels.h"
#include "ui/words/EditWords.h"
#include "ui/words/Wording.h"

#include <QMenu>

namespace resnet::ui {

UnitSwitches::UnitSwitches(Workspace& workspace, QWidget* parent)
    : QObject(parent), m_workspace(workspace), m_menu(new QMenu(parent)) {
    m_menu->setToolTipsVisible(true);
}

const ResidualUnit* UnitSwitches::current() const {
    return m_workspace.model() ? m_workspace.session().graph().unitOf(m_workspace.currentStep()) : nullptr;
}

void UnitSwitches::toggle(Way way) {
    const ResidualUnit* unit = current();
    if (!unit || !unit->hasAddition()) {
        m_workspace.post(
            {Notice::Kind::Information,
             unit ? tr("A plain network has no shortcut and no sum: nothing of a unit can be "
                       "switched off.")
                  : tr("Go to a residual unit to switch its F(x) (X) or its shortcut (Shift+X) off."),
             {}});
        return;
    }
    const Edits& edits = m_workspace.editsAskedFor();
    m_workspace.setEdits(way == Way::Shortcut ? withShortcutToggled(edits, idOf(*unit))
                                              : withMainPathToggled(edits, idOf(*unit)));
}

void UnitSwitches::showMenuOfCurrent(const QPoint& global) {
    if (const ResidualUnit* unit = current())
        showMenu(idOf(*unit), global);
}

void UnitSwitches::showMenu(UnitId unit, const QPoint& global) {
    m_menu->clear();
    addHeading(*m_menu, capitalised(unitName(unit)));
    const UnitEdit edit = m_workspace.editsAskedFor().of(unit);
    const bool hasSum = m_workspace.session().graph().unit(unit.stage, unit.unit)->hasAddition();
    const auto add = [&](const QString& text, auto changed) {
        QAction* action = m_menu->addAction(text);
        connect(action, &QAction::triggered, this,
                [this, unit, changed] { m_workspace.setEdits(changed(m_workspace.editsAskedFor(), unit)); });
        return action;
    };
    QAction* mainPath =
        add(edit.mainPathGain == 0.0f ? tr("Switch F(x) on") : tr("Switch F(x) off"), withMainPathToggled);
    QAction* shortcut =
        add(edit.shortcutGain == 0.0f ? tr("Switch the shortcut on") : tr("Switch the shortcut off"),
            withShortcutToggled);
    for (QAction* action : {mainPath, shortcut}) {
        action->setEnabled(hasSum);
        action->setToolTip(hasSum ? QString() : tr("A plain network has no shortcut and no sum"));
    }
    m_menu->addSeparator();
    QAction* reset = add(tr("Reset this unit"), [](Edits edits, UnitId id) {
        edits.set(id, {});
        return edits;
    });
    reset->setEnabled(edit != UnitEdit{});
    reset->setToolTip(edit != UnitEdit{} ? editWords(edit) : tr("Nothing of this unit is changed"));
    m_menu->popup(global);
}

}  // namespace resnet::ui

#include "ui/window/ExperimentActions.h"

#include "ui/diagram/UnitSwitches.h"

#include <QAction>

namespace resnet::ui {

ExperimentActions::ExperimentActions(Workspace& workspace, UnitSwitches& switches, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_mainPath(new QAction(this)),
      m_shortcut(new QAction(this)),
      m_reset(new QAction(tr("&Reset: all as it was opened"), this)) {
    connect(m_mainPath, &QAction::triggered, &switches, [&switches] { switches.toggle(Way::MainPath); });
    connect(m_shortcut, &QAction::triggered, &switches, [&switches] { switches.toggle(Way::Shortcut); });
    connect(m_reset, &QAction::triggered, &m_workspace, [this] { m_workspace.setEdits({}); });
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model | Changes::Step | Changes::Edits))
            updateState();
    });
    updateState();
}

void ExperimentActions::updateState() {
    const ResidualUnit* unit =
        m_workspace.model() ? m_workspace.session().graph().unitOf(m_workspace.currentStep()) : nullptr;
    const bool hasSum = unit && unit->hasAddition();
    const UnitEdit edit = unit ? m_workspace.edits().of(idOf(*unit)) : UnitEdit{};
    m_mainPath->setText(edit.mainPathGain == 0.0f ? tr("Switch F(x) of this unit &on")
                                                  : tr("Switch &F(x) of this unit off"));
    m_shortcut->setText(edit.shortcutGain == 0.0f ? tr("Switch the shortcut of this unit o&n")
                                                  : tr("Switch the &shortcut of this unit off"));
    const QString whyNot = unit ? tr("A plain network has no shortcut and no sum")
                                : tr("The current step is in no residual unit");
    m_mainPath->setToolTip(hasSum ? tr("What follows is computed anew (in the diagram: X)") : whyNot);
    m_shortcut->setToolTip(hasSum ? tr("What follows is computed anew (in the diagram: Shift+X)") : whyNot);
    for (QAction* each : {m_mainPath, m_shortcut})
        each->setEnabled(hasSum);
    const bool isChanged = !m_workspace.edits().isEmpty();
    m_reset->setEnabled(isChanged);
    m_reset->setToolTip(isChanged ? tr("Takes every change back") : tr("Nothing is changed"));
}

}  // namespace resnet::ui

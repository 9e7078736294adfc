#pragma once

#include "ui/workspace/Workspace.h"

#include <QList>
#include <QObject>

class QAction;

namespace resnet::ui {

class UnitSwitches;

// What can be changed about the running network, as commands: the ways of the current unit, and all of it as
// it was opened.
class ExperimentActions : public QObject {
    Q_OBJECT
public:
    ExperimentActions(Workspace& workspace, UnitSwitches& switches, QObject* parent);

    QList<QAction*> all() const { return {m_mainPath, m_shortcut, m_reset}; }

private:
    void updateState();

    Workspace& m_workspace;
    QAction* m_mainPath;
    QAction* m_shortcut;
    QAction* m_reset;
};

}  // namespace resnet::ui

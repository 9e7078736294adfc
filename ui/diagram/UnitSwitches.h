#pragma once

#include "ui/workspace/Workspace.h"

#include <QObject>

class QMenu;

namespace resnet::ui {

// Switches the ways of residual units off and on, by keys and by a menu at the unit.
class UnitSwitches : public QObject {
    Q_OBJECT
public:
    UnitSwitches(Workspace& workspace, QWidget* parent);

    // Of the unit of the current step; elsewhere a line says what to do.
    void toggle(Way way);
    // At a place of the screen, for the unit there.
    void showMenu(UnitId unit, const QPoint& global);
    void showMenuOfCurrent(const QPoint& global);

private:
    const ResidualUnit* current() const;

    Workspace& m_workspace;
    QMenu* m_menu;
};

}  // namespace resnet::ui

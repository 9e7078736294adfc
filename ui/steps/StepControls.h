#pragma once

#include "ui/workspace/Workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace resnet::ui {

class StepActions;

// The transport: first, back, play, forward, last, where we are, a slider over all steps, and the speed.
class StepControls : public QWidget {
    Q_OBJECT
public:
    StepControls(Workspace& workspace, const StepActions& actions, QWidget* parent = nullptr);

private:
    void showStep();

    Workspace& m_workspace;
    QLabel* m_count;
    QLabel* m_name;
    QComboBox* m_speed;
};

}  // namespace resnet::ui

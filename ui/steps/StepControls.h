#pragma once

#include "ui/workspace/Workspace.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QLabel;

namespace resnet::ui {

class StepActions;

// The transport: first, back, play, forward, last, where we are, a slider over all steps, and the speed.
// Where there is no room for all of it, what the Run menu has as well is left out.
class StepControls : public QWidget {
    Q_OBJECT
public:
    StepControls(Workspace& workspace, const StepActions& actions, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showStep();
    void tellSpeed();
    int widthOfNames() const;

    Workspace& m_workspace;
    QLabel* m_count;
    QLabel* m_name;
    QComboBox* m_speed;
    QWidget* m_slider;
    QList<QWidget*> m_spared;  // where room is short, in this order
};

}  // namespace resnet::ui

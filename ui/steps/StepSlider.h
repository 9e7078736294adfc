#pragma once

#include "ui/workspace/Workspace.h"

#include <QSlider>

namespace resnet::ui {

// A slider over all steps, with a tick where each stage begins.
class StepSlider : public QSlider {
    Q_OBJECT
public:
    explicit StepSlider(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void showModel();
    double positionOf(int value) const;
    int valueAt(double x) const;

    Workspace& m_workspace;
    std::vector<int> m_ticks;
};

}  // namespace resnet::ui

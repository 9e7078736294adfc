#pragma once

#include "core/explain/Occlusion.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace resnet::ui {

// Patch, stride, start and cancel of an occlusion, its progress and how long it will take.
class OcclusionControls : public QWidget {
    Q_OBJECT
public:
    explicit OcclusionControls(QWidget* parent = nullptr);

    // Class and value are left as they are.
    OcclusionRequest request() const;
    // What is going to be hidden. How long it takes is told once a run has measured it.
    void setInput(const FeatureShape& input);
    // Something can be started; else the button says why not.
    void setReady(bool ready, const QString& reason = {});

    void showRunning();
    void showProgress(const OcclusionProgress& progress, double millisecondsOfPatch);
    void showIdle();

Q_SIGNALS:
    void started();
    void cancelled();

private:
    void tellEstimate();

    FeatureShape m_input;
    double m_millisecondsOfPatch = 0.0;
    bool m_isRunning = false;
    QSpinBox* m_patch;
    QSpinBox* m_stride;
    QPushButton* m_button;
    QProgressBar* m_progress;
    QLabel* m_label;
};

}  // namespace resnet::ui

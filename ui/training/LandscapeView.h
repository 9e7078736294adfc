#pragma once

#include "ui/training/LandscapeCanvas.h"
#include "ui/training/PlaneMeasuring.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace resnet::ui {

// "Loss landscape": the loss over a plane of two random directions through the weights, coarse first and
// finer while one looks; of both twins on one scale where one of them is open. Without classes the divergence
// from the network's own answers. It measures while it can be seen.
class LandscapeView : public View {
    Q_OBJECT
public:
    LandscapeView(Workspace& workspace, TrainingResources resources, QWidget* parent = nullptr);

    bool isComputing() const { return m_job.isRunning(); }
    // All of the finest grid is measured.
    bool isWhole() const;
    LandscapeCanvas* canvas() const { return m_canvas; }
    const std::vector<MeasuredPlane>& planes() const { return m_planes; }
    // What is shown, and of what.
    QString sentence() const;
    // The sample photographs again, for an empty name.
    void usePictures(const QString& folder);
    // What is known of a place: of the one measured that is nearest to it.
    QString pointText(const LandscapeCanvas::Place& place) const;

    QSize sizeHint() const override { return {900, 520}; }
    QSize minimumSizeHint() const override { return {scaled(560), scaled(320)}; }

protected:
    void refresh(const Changes& changes) override;
    Figure paintedFigure(const FigureTitle& title) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void addControls();
    void forget();
    void measure();
    void stop();
    void begin(PlaneBeginning beginning);
    void take(int plane, int index, const LandscapePoint& point);
    // Of the finest grid that is whole; 0: none is.
    int stride() const;
    void showPlanes();
    void tellState();
    QString progressText() const;
    QString state() const;
    void chooseFolder();

    TrainingResources m_resources;
    QString m_folder;
    std::vector<MeasuredPlane> m_planes;
    PlaneBeginning m_of;  // but for the planes
    QString m_error;
    bool m_isStopped = false;

    QSpinBox* m_seed;
    QPushButton* m_samples;
    QPushButton* m_pictures;
    QPushButton* m_button;
    QProgressBar* m_progress;
    QLabel* m_sentence;
    LandscapeCanvas* m_canvas;
    BackgroundJob m_job;  // last: its work ends before the rest goes
};

}  // namespace resnet::ui

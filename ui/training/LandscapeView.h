#pragma once

#include "ui/training/LandscapeCanvas.h"
#include "ui/training/PlaneMeasuring.h"
#include "ui/training/PlaneWalk.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QButtonGroup;
class QComboBox;
class QHBoxLayout;
class QStackedWidget;

namespace resnet::ui {

class EpochChart;

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
    // Along the first direction, through the middle: the loss, and the accuracy.
    EpochChart* line() const { return m_line; }
    const std::vector<MeasuredPlane>& planes() const { return m_planes; }
    // What is shown, and of what.
    QString sentence() const;
    // The sample photographs again, for an empty name.
    void usePictures(const QString& folder);
    // Opens the network at a place: the one measured that is nearest. In the middle the network itself.
    void walkTo(const LandscapeCanvas::Place& place);
    PlaneWalk* walk() const { return m_walk; }
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
    enum class Shape { Map, Relief, Line };
    void addControls();
    QHBoxLayout* choices();
    void choose(Shape shape);
    // The network that is measured: the open one, or that from which the open one was reached.
    const ModelPtr& subject() const { return m_walk->origin(); }
    int side() const;
    LandscapeCanvas::Place measuredNear(const LandscapeCanvas::Place& place) const;
    QString lineText(int place) const;
    void forget();
    void measure();
    void stop();
    void begin(PlaneBeginning beginning);
    void take(int plane, int index, const LandscapePoint& point);
    // Of the finest grid that is whole; 0: none is.
    int stride() const;
    void showPlanes();
    void tellState();
    QString state() const;
    void chooseFolder();

    TrainingResources m_resources;
    QString m_folder;
    ModelPtr m_measured;  // what the planes go through; the other twin beside it
    std::vector<MeasuredPlane> m_planes;
    PlaneBeginning m_of;  // but for the planes
    QString m_error;
    bool m_isStopped = false;
    PlaneWalk* m_walk;

    QButtonGroup* m_shape;
    QComboBox* m_grid;
    QPushButton* m_back;
    QPushButton* m_save;
    QStackedWidget* m_pages;
    EpochChart* m_line;
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

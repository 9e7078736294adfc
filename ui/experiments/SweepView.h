#pragma once

#include "core/experiments/Experiment.h"
#include "core/model/Model.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"

#include <optional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace resnet::ui {

class ChartCanvas;
class Paragraph;

// Many changes, one after the other, each made on the network as it was opened: over the picture that is
// open, or over a folder of them, and with batch norm measured anew beside it.
class SweepView : public View {
    Q_OBJECT
public:
    explicit SweepView(Workspace& workspace);

    QString name() const override { return tr("Sweeps"); }
    bool isRunning() const { return m_job.isRunning(); }
    const std::optional<ExperimentReport>& report() const { return m_report; }
    QString sentence() const;

    void setKind(SweepKind kind);
    // Empty: the picture that is open.
    void setFolder(const QString& folder);
    void setMeasuredAnew(bool isMeasuredAnew);
    void start();

protected:
    void refresh(const Changes& changes) override;
    Figure paintedFigure(const FigureTitle& title) override;

private:
    void makeControls();
    void askForFolder();
    void follow();
    void showState();
    void showChart();
    void take(const ExperimentReport& report, const QStringList& notes);
    QString whyNot() const;
    QString meaning() const;

    SweepRequest m_request;
    QString m_folder;
    std::optional<ExperimentReport> m_report;
    ModelPtr m_model;  // that the report is of
    FeatureMapsPtr m_input;
    QString m_error;
    QStringList m_notes;
    QButtonGroup* m_kinds = nullptr;
    QPushButton* m_over = nullptr;
    QCheckBox* m_anew;
    QPushButton* m_start;
    QProgressBar* m_progress;
    Paragraph* m_sentence;
    ChartCanvas* m_canvas;
    BackgroundJob m_job;
};

}  // namespace resnet::ui

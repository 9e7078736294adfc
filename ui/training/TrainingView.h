#pragma once

#include "ui/training/TrainingFolder.h"
#include "ui/training/TrainingResources.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"

#include <optional>

class QLabel;
class QPushButton;
class QSlider;

namespace resnet::ui {

class EpochChart;

// "Training": curves of loss and accuracy with the open file's epoch marked, and a slider over the files of
// its training, which opens them. Where the open file has no history beside it, the curves of the twins that
// come with the program are shown.
class TrainingView : public View {
    Q_OBJECT
public:
    TrainingView(Workspace& workspace, TrainingResources resources, QWidget* parent = nullptr);

    bool isReading() const { return m_job.isRunning(); }
    EpochChart* chart() const { return m_chart; }
    QSlider* slider() const { return m_slider; }
    // One file after the other, from the first if the last is open, until the last or a click.
    bool isPlaying() const { return m_isPlaying; }
    void play(bool isPlaying);
    // The maps of the current step at each epoch, of the open picture: FILE.gif, or a new folder ending in /.
    void exportEpochs(const QString& path);
    bool isExporting() const { return m_export.isRunning(); }
    // What is shown, and which file is open.
    QString sentence() const;
    QString epochText(int epoch) const;

    QSize sizeHint() const override { return {900, 440}; }
    QSize minimumSizeHint() const override { return {scaled(560), scaled(300)}; }

protected:
    void refresh(const Changes& changes) override;

private:
    void follow();
    void read();
    void showTrainings();
    void openAt(int index);
    void playOn();
    void askForExport();
    void openEpoch(int epoch);
    // Of the open file among those of its training.
    std::optional<int> openIndex() const;
    // The trainings whose curves are shown.
    const std::vector<Training>& shown() const;
    QString state() const;

    TrainingResources m_resources;
    QString m_file;                 // whose folder was read, or is
    std::vector<Training> m_own;    // that of the open file first
    std::vector<Training> m_twins;  // with their histories
    QString m_error;
    QString m_asked;  // opened by the slider, and not there yet

    QLabel* m_sentence;
    QSlider* m_slider;
    QLabel* m_epoch;
    QPushButton* m_play;
    QPushButton* m_save;
    bool m_isPlaying = false;
    EpochChart* m_chart;
    BackgroundJob m_export;
    BackgroundJob m_job;  // last: its work ends before the rest goes
};

}  // namespace resnet::ui

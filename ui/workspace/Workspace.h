#pragma once

#include "core/Error.h"
#include "core/inference/EngineOptions.h"
#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "core/network/Pace.h"
#include "ui/images/Picture.h"
#include "ui/painting/Theme.h"
#include "ui/workspace/Focus.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/Notice.h"
#include "ui/workspace/PointedCell.h"
#include "ui/workspace/ViewSettings.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>

namespace resnet::ui {

class HistoryKeeper;
class InferenceRunner;
class Opening;
class Playback;
struct PreparedInput;

// The one mutable state of the window: the model, the picture, what has been computed of it, and what is
// being looked at. Views read it, call its slots, and follow its signals; they never talk to each other.
// Lives in the GUI thread and never waits.
//
// Opening is a transaction: a new picture or model is read, prepared and computed off the GUI thread and
// takes the place of the old one when all of it is there; on failure or cancel everything stays as it was.
class Workspace : public QObject {
    Q_OBJECT
public:
    explicit Workspace(int threads = 0, QObject* parent = nullptr);
    ~Workspace() override;

    const ModelPtr& model() const { return m_model; }        // null until the first is open
    const PicturePtr& picture() const { return m_picture; }  // null until the first is open
    // The picture in the network's input size, 8-bit; empty until both are there.
    const Image& croppedImage() const { return m_croppedImage; }
    // What has been computed of the picture in the model; grows step by step while a run is under way.
    const Run& activations() const { return m_activations; }

    const Focus& focus() const { return m_focus; }
    // The step being looked at, or `inputStep`.
    StepId currentStep() const { return m_focus.step; }
    // A channel of the current step's output.
    int channel() const { return m_focus.channel; }
    // The class that explanations are about: the selected one at the head, elsewhere the one with the highest
    // score; 0 while that is not computed.
    int classInQuestion() const;
    // The selected cell; the only one of a vector.
    std::optional<Cell> cell() const { return m_model ? m_focus.cell(m_model->graph()) : std::nullopt; }
    // How the views show it.
    const ViewSettings& settings() const { return m_settings; }
    HistoryKeeper& history() { return *m_history; }

    // Reading, preparing or computing something.
    bool isBusy() const;
    // Steps finished and to be finished by the run under way; {0, 0} without one.
    std::pair<int, int> progress() const { return m_progress; }
    // A step was asked for that is still being computed.
    bool isAwaitingStep() const { return m_awaited.has_value(); }
    Playback& playback() { return *m_playback; }
    PointedCell& pointedCell() { return m_pointedCell; }
    // What explanations compute with, as runs do.
    const EngineOptions& engineOptions() const { return m_engineOptions; }
    // The model's weights as the engine holds them, to be shared; null before its first run.
    std::shared_ptr<const PackedNetwork> packedNetwork() const;
    const Theme& theme() const { return Theme::of(m_themeKind); }

public Q_SLOTS:
    // Opening: the latest request of each kind wins.
    void openWeightsFile(const QString& path);
    void openPictureFile(const QString& path, const QString& title = {}, const Caption& caption = {});
    void openPicture(const QImage& image, const QString& name);
    // A picture or weights, whichever the content says.
    void openFile(const QString& path);
    void createModel(const ModelRequest& request);
    void setPicture(const PicturePtr& picture);
    void setModel(const ModelPtr& model);
    // What the command line or the window says of weights files to be opened from now on.
    void setModelRequest(const ModelRequest& request);

    // Settings that the user gave files opened from now on are put in again.
    void setModelMemory(const ModelMemory& memory);
    // The same network with other settings (core/model/ModelSettings.h), remembered for its file.
    void setModelSettings(const ModelRequest& settings);

    // Looking: a step that is not computed yet is computed first (and all before it).
    void lookAt(const Focus& focus);
    void goToStep(StepId step);
    void goToFirst() { goToStep(0); }
    void goToLast() {
        if (m_model)
            goToStep(m_model->graph().softmaxStep());
    }
    void goForward() { goToStep(m_awaited.value_or(m_focus).step + 1); }
    void goBack() { goToStep(m_focus.step - 1); }
    // To the end of the unit (or of stem and head), and back to the end of the one before.
    void goForwardUnit() { goForwardBy(Pace::Unit); }
    void goBackUnit() { goBackBy(Pace::Unit); }
    void goForwardStage() { goForwardBy(Pace::Stage); }
    void goBackStage() { goBackBy(Pace::Stage); }
    void selectChannel(int channel);
    void selectCell(std::optional<Cell> cell);
    void setSettings(const ViewSettings& settings);

    // Forgets the results and goes to the input; from there every step forward executes that step.
    void restart();
    // Computes whatever is missing.
    void computeAll();
    void cancel();

    void setThemeKind(Theme::Kind kind);
    void post(const Notice& notice) { Q_EMIT noticePosted(notice); }

Q_SIGNALS:
    void modelChanged();
    void pictureChanged();           // picture or cropped image
    void activationsReset();         // activations() is another one
    void stepComputed(StepId step);  // its output is in activations() now
    void currentStepChanged(StepId step);
    void channelChanged(int channel);
    void cellChanged();
    void settingsChanged();
    void busyChanged(bool busy);
    void progressChanged(int finished, int total);
    void themeChanged();
    void noticePosted(const resnet::ui::Notice& notice);

private:
    void goForwardBy(Pace pace) {
        if (m_model)
            goToStep(paceForward(m_model->graph(), m_focus.step, pace));
    }
    void goBackBy(Pace pace) {
        if (m_model)
            goToStep(paceBack(m_model->graph(), m_focus.step, pace));
    }
    void take(const PreparedInput& input);
    void adopt(const PreparedInput& input, Run activations);
    void tellOfModel(const ModelPtr& before);
    void run(Run activations, StepId last);
    void onStepFinished(quint64 run, const FinishedStep& finished);
    void onRunEnded(quint64 run, const Run& activations);
    void onRunFailed(const Error& error);
    void onUnusable(const Error& error);
    void stopRun();
    void tell(const Error& error);
    void show(const Focus& focus);
    void setFocus(const Focus& focus);
    void announceFocus(const Focus& before);
    void chooseFirstChannel();
    void setProgress(int finished, int total);
    void updateBusy();

    EngineOptions m_engineOptions;

    // What is open, and what is computed of it.
    ModelPtr m_model;
    PicturePtr m_picture;
    Image m_croppedImage;
    Run m_activations;

    Focus m_focus;
    std::optional<Focus> m_awaited;  // shown as soon as its step is computed
    bool m_isChannelChosen = false;  // by the person, or for the first picture
    ViewSettings m_settings;

    std::unique_ptr<PreparedInput> m_next;  // takes the place of what is open when its run has ended
    struct UnderWay {
        quint64 id = 0;
        StepId last = inputStep;  // where it ends
        bool isOfNext = false;    // else of what is open
    };
    UnderWay m_run;
    std::pair<int, int> m_progress{0, 0};
    bool m_wasBusy = false;

    Theme::Kind m_themeKind = Theme::Kind::Light;
    PointedCell m_pointedCell;
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<HistoryKeeper> m_history;
    std::unique_ptr<InferenceRunner> m_runner;
    std::unique_ptr<Opening> m_opening;
};

}  // namespace resnet::ui

#pragma once

#include "core/Error.h"
#include "core/inference/EngineOptions.h"
#include "core/inference/Executor.h"
#include "core/network/Pace.h"
#include "ui/painting/Theme.h"
#include "ui/workspace/Changes.h"
#include "ui/workspace/Focus.h"
#include "ui/workspace/Highlight.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/Notice.h"
#include "ui/workspace/PointedCell.h"
#include "ui/workspace/Session.h"
#include "ui/workspace/ShownMaps.h"
#include "ui/workspace/ViewSettings.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace resnet::ui {

class Comparing;
struct ComparedWith;
class FileDialogs;
class HistoryKeeper;
class Opening;
class Playback;
class RunDifferences;
class RunStatistics;
class ScoreGradients;
class SessionRunner;

// The one mutable state of the window: which session is open, what of it is looked at, and how. Views read
// it, call its slots, and follow changed(); they never talk to each other. Lives in the GUI thread and never
// waits.
//
// A session, a selection and settings are swapped at once and then announced once: what is selected always
// lies in the session that is there.
//
// Opening is a transaction: a new picture or model is read, prepared and computed in the background and takes
// the place of the old one when all of it is there; on failure or cancel everything stays as it was.
class Workspace : public QObject {
    Q_OBJECT
public:
    explicit Workspace(int threads = 0, QObject* parent = nullptr);
    ~Workspace() override;

    const Session& session() const { return *m_state.session; }
    // The session's parts.
    const ModelPtr& model() const { return session().model; }
    const PicturePtr& picture() const { return session().picture; }
    const Run& activations() const { return session().run; }
    // The picture in the network's input size, 8-bit; empty until both are there.
    const Image& croppedImage() const;

    // What is different from the network as it was opened, and what it says without: the same as
    // activations() while there are no edits. The edits asked for are those that are being computed.
    const Edits& edits() const { return session().edits(); }
    const Run& reference() const { return session().reference(); }
    const Edits& editsAskedFor() const;

    // The other run, B: of what was chosen to compare with, else the one without edits while there are some.
    // Of no network while there is none.
    Run compared() const;
    const ComparedWith& comparedWith() const;
    // What the other network sees, as croppedImage(); while there is a run that was chosen.
    const Image& comparedImage() const;
    // What the views show of every step, by the settings' quantity and side.
    const ShownMaps& shown() const { return m_shown; }

    const Focus& focus() const { return m_state.focus; }
    // The step being looked at, or `inputStep`.
    StepId currentStep() const { return focus().step; }
    // A channel of the current step's output.
    int channel() const { return focus().channel; }
    // The class that explanations are about: the selected one, else the one with the highest score; 0 while
    // that is not computed.
    int classInQuestion() const { return m_state.classInQuestion; }
    // The selected cell; the only one of a vector.
    std::optional<Cell> cell() const { return model() ? focus().cell(session().graph()) : std::nullopt; }
    // How the views show it.
    const ViewSettings& settings() const { return m_state.settings; }
    const Theme& theme() const { return Theme::of(m_state.theme); }
    HistoryKeeper& history() { return *m_history; }
    // Of what is shown.
    RunStatistics& statistics() { return *m_statistics; }
    // Of compared().
    RunDifferences& differences() { return *m_differences; }

    // Reading, preparing or computing something.
    bool isBusy() const;
    // Steps finished and to be finished by the run under way; {0, 0} without one.
    std::pair<int, int> progress() const;
    // A step was asked for that is still being computed.
    bool isAwaitingStep() const { return m_awaited.has_value(); }
    Playback& playback() { return *m_playback; }
    PointedCell& pointedCell() { return m_pointedCell; }
    FileDialogs& files() { return *m_files; }
    Highlight& highlight() { return m_highlight; }
    // What explanations compute with, as runs do.
    const EngineOptions& engineOptions() const { return m_engineOptions; }
    // The model's weights as the engine holds them, to be shared; null before its first run.
    std::shared_ptr<const PackedNetwork> packedNetwork() const;

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

    // The same network with these edits: what follows the first difference is computed anew, and takes the
    // place of what is there when all of it is there. While one set of edits is computed the next waits, and
    // of those that wait the latest wins. What cannot be made is told in a line and changes nothing. Edits
    // stay with another picture, and go with another network.
    void setEdits(const resnet::Edits& edits);

    // Chooses the other run: of a picture or weights file, of whatever is there, or none any more.
    void compareWithFile(const QString& path);
    void compareWith(const resnet::ui::ComparedWith& with);

    // Looking: a step that is not computed yet is computed first (and all before it).
    void lookAt(const Focus& focus);
    void goToStep(StepId step);
    // A step, a channel and a cell of it at once.
    void goTo(StepId step, int channel, std::optional<Cell> cell = {});
    void goToFirst() { goToStep(0); }
    void goToLast() {
        if (model())
            goToStep(session().graph().softmaxStep());
    }
    void goForward() { goToStep(m_awaited.value_or(focus()).step + 1); }
    void goBack() { goToStep(focus().step - 1); }
    // To the end of the unit (or of stem and head), and back to the end of the one before.
    void goForwardUnit() { goForwardBy(Pace::Unit); }
    void goBackUnit() { goBackBy(Pace::Unit); }
    void goForwardStage() { goForwardBy(Pace::Stage); }
    void goBackStage() { goBackBy(Pace::Stage); }
    void selectChannel(int channel);
    // That explanations are to be about from now on; the one with the highest score is followed.
    void selectClass(int index);
    void selectCell(std::optional<Cell> cell);
    void setSettings(const ViewSettings& settings);
    // What undo and redo bring back, at once.
    void restore(const Focus& focus, const ViewSettings& settings, const resnet::Edits& edits);

    // Forgets the results and goes to the input; from there every step forward executes that step.
    void restart();
    // Computes whatever is missing.
    void computeAll();
    void cancel();

    void setThemeKind(Theme::Kind kind);
    void post(const Notice& notice) { Q_EMIT noticePosted(notice); }
    void post(const Error& error);

Q_SIGNALS:
    // All of it is there already, whatever part of it is looked at.
    void changed(const resnet::ui::Changes& changes);
    void busyChanged(bool busy);
    void progressChanged(int finished, int total);
    void noticePosted(const resnet::ui::Notice& notice);

private:
    struct State {
        SessionPtr session = std::make_shared<const Session>();
        Focus focus;
        int classInQuestion = 0;  // follows from the two
        ViewSettings settings;
        Theme::Kind theme = Theme::Kind::Light;
    };
    // Swaps what is there and announces what differs, with what else there is to announce.
    void change(State next, Changes changes = {});
    void show(const Focus& focus);
    void showNext(SessionPtr next);

    void goForwardBy(Pace pace) {
        if (model())
            goToStep(paceForward(session().graph(), currentStep(), pace));
    }
    void goBackBy(Pace pace) {
        if (model())
            goToStep(paceBack(session().graph(), currentStep(), pace));
    }
    void followShown(Changes& changes);
    void take(const SessionPtr& prepared);
    void tellOfModel(const ModelPtr& before);
    SessionPtr withKeptEdits(const SessionPtr& prepared) const;
    void computeShown(StepId last);
    void computeNext(const SessionPtr& next, StepId last);
    bool isNextOfEdits() const;
    void startEdits(const Edits& edits);
    void onStepsFinished(const std::vector<FinishedStep>& finished);
    void onRunEnded(const SessionPtr& next);
    void onRunFailed(const Error& error);
    void onUnusable(const Error& error);
    void stopRun();
    Focus withStrongest(const Session& session, const Focus& focus) const;
    void updateBusy();

    const EngineOptions m_engineOptions;
    State m_state;
    std::optional<Focus> m_awaited;  // shown as soon as its step is computed
    SessionPtr m_next;               // being computed to take the place of the session; null while none is
    StepId m_nextLast = inputStep;   // up to where
    std::optional<Edits> m_edits;    // asked for while others are being computed
    bool m_wasBusy = false;

    PointedCell m_pointedCell;
    Highlight m_highlight;
    ShownMaps m_shown;
    std::unique_ptr<RunStatistics> m_statistics;
    std::unique_ptr<RunDifferences> m_differences;
    std::unique_ptr<Comparing> m_comparing;
    std::unique_ptr<ScoreGradients> m_gradients;
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<HistoryKeeper> m_history;
    std::unique_ptr<SessionRunner> m_runner;
    std::unique_ptr<Opening> m_opening;
    std::unique_ptr<FileDialogs> m_files;
};

}  // namespace resnet::ui

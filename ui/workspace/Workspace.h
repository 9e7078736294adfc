#pragma once

#include "core/Error.h"
#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/painting/Theme.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/OpeningQueue.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>

namespace resnet::ui {

class InferenceRunner;
class Playback;

// A cell of a feature map.
struct Cell {
    int y = 0;
    int x = 0;
    bool operator==(const Cell&) const = default;
};

// Something to tell the person at the window: one line, with more on demand.
struct Notice {
    enum class Kind { Information, Warning, Error };
    Kind kind = Kind::Information;
    QString text;
    QStringList details;
};

// A picture in a model, ready to be run: what the network sees of it, and the same as a tensor.
struct PreparedInput {
    ModelPtr model;
    PicturePtr picture;
    Image croppedImage;
    FeatureMapsPtr tensor;
};

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
    const Activations& activations() const { return m_activations; }

    // The step being looked at, or `inputStep`.
    StepId currentStep() const { return m_currentStep; }
    // A channel of the current step's output.
    int channel() const { return m_channel; }
    // The selected cell; the only one of a vector.
    std::optional<Cell> cell() const;

    // Reading, preparing or computing something.
    bool isBusy() const;
    // Steps finished and to be finished by the run under way; {0, 0} without one.
    std::pair<int, int> progress() const { return m_progress; }
    // A step was asked for that is still being computed.
    bool isAwaitingStep() const { return m_awaitedStep.has_value(); }
    Playback& playback() { return *m_playback; }
    const Theme& theme() const { return Theme::of(m_themeKind); }

public Q_SLOTS:
    // Opening: the latest request of each kind wins.
    void openWeightsFile(const QString& path);
    void openPictureFile(const QString& path, const QString& title = {}, const QString& caption = {});
    void openPicture(const QImage& image, const QString& name);
    // A picture or weights, whichever the content says.
    void openFile(const QString& path);
    void createModel(const ModelRequest& request);
    void setPicture(const PicturePtr& picture);
    void setModel(const ModelPtr& model);
    // What the command line or the window says of weights files to be opened from now on.
    void setModelRequest(const ModelRequest& request) { m_request = request; }

    // Settings that the user gave files opened from now on are put in again.
    void setModelMemory(const ModelMemory& memory) { m_memory = memory; }
    // The same network with other settings (core/model/ModelSettings.h), remembered for its file.
    void setModelSettings(const ModelRequest& settings);

    // Looking: a step that is not computed yet is computed first (and all before it).
    void goToStep(StepId step);
    void goToFirst() { goToStep(0); }
    void goToLast();
    void goForward();
    void goBack();
    // To the end of the unit (or of stem and head), and back to the end of the one before.
    void goForwardUnit();
    void goBackUnit();
    void selectChannel(int channel);
    void selectCell(std::optional<Cell> cell);

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
    void busyChanged(bool busy);
    void progressChanged(int finished, int total);
    void themeChanged();
    void noticePosted(const resnet::ui::Notice& notice);

private:
    // What a file turned out to hold: one of the two.
    struct Opened {
        ModelPtr model;
        PicturePtr picture;
    };
    void startOpening(OpeningQueue::Kind kind, std::function<Opened()> read);
    void prepare(const ModelPtr& model, const PicturePtr& picture);
    void onPrepared(PreparedInput prepared);
    void adopt(const PreparedInput& input, Activations activations);
    void tellOfModel(const ModelPtr& before);
    void run(Activations activations, StepId last);
    void onStepFinished(const FinishedStep& finished);
    void onRunEnded(const Activations& activations);
    void tell(const Error& error);
    // Gives up what was being opened or computed.
    void fail(const Error& error);
    void showStep(StepId step);
    void chooseFirstChannel();
    void setProgress(int finished, int total);
    void updateBusy();

    ModelPtr m_model;
    PicturePtr m_picture;
    Image m_croppedImage;
    Activations m_activations;
    ModelRequest m_request;
    ModelMemory m_memory;

    // What is being opened: the latest model and picture asked for, and the input whose run is under way.
    ModelPtr m_nextModel;
    PicturePtr m_nextPicture;
    std::optional<PreparedInput> m_opening;

    StepId m_currentStep = inputStep;
    std::optional<StepId> m_awaitedStep;  // shown as soon as it is computed
    StepId m_runLast = inputStep;         // where the run under way ends
    int m_channel = 0;
    bool m_isChannelChosen = false;  // by the person, or for the first picture
    std::optional<Cell> m_cell;      // in a map of m_cellShape, the last that was no vector
    FeatureShape m_cellShape;
    std::pair<int, int> m_progress{0, 0};
    bool m_wasBusy = false;
    Theme::Kind m_themeKind = Theme::Kind::Light;
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<InferenceRunner> m_runner;
    std::unique_ptr<OpeningQueue> m_opener;
};

}  // namespace resnet::ui

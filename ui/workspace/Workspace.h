#pragma once

#include "core/inference/Activations.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/painting/Theme.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace resnet::ui {

class InferenceRunner;
class FileLoader;

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

// The one mutable state of the window: the model, the picture, what has been computed of it, and what is
// being looked at. Views read it, call its slots, and follow its signals; they never talk to each other.
// Lives in the GUI thread and never waits.
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
    std::optional<Cell> cell() const { return m_cell; }

    bool isRunning() const;
    bool isLoading() const;
    bool isPlaying() const { return m_isPlaying; }
    double stepsPerSecond() const { return m_stepsPerSecond; }
    const Theme& theme() const { return Theme::of(m_themeKind); }

public Q_SLOTS:
    // Opening: reads off the GUI thread; the latest request wins; a failure is told and changes nothing.
    void openWeightsFile(const QString& path);
    void openPictureFile(const QString& path, const QString& title = {}, const QString& caption = {});
    void setPicture(PicturePtr picture);
    void setModel(ModelPtr model);
    // What the command line or the window says of files to be opened from now on.
    void setModelRequest(const ModelRequest& request);

    // Looking: a step that is not computed yet is computed first (and all before it).
    void goToStep(StepId step);
    void goToFirst() { goToStep(0); }
    void goToLast();
    void goForward();
    void goBack();
    void goForwardUnit();
    void goBackUnit();
    void selectChannel(int channel);
    void selectCell(std::optional<Cell> cell);

    void setPlaying(bool playing);
    void setStepsPerSecond(double stepsPerSecond);
    // Forgets the results and goes to the input; from there every step forward executes that step.
    void restart();
    // Computes whatever is missing.
    void computeAll();
    void cancel();

    void setThemeKind(Theme::Kind kind);
    void post(Notice notice);

Q_SIGNALS:
    void modelChanged();
    void pictureChanged();           // picture or cropped image
    void activationsReset();         // none of the results before is valid any more
    void stepComputed(StepId step);  // its output is in activations() now
    void currentStepChanged(StepId step);
    void channelChanged(int channel);
    void cellChanged();
    void runningChanged(bool running);
    void loadingChanged(bool loading);
    void playingChanged(bool playing);
    void stepsPerSecondChanged(double stepsPerSecond);
    void themeChanged();
    void noticePosted(const resnet::ui::Notice& notice);

private:
    void beginRun(StepId last);
    void prepareInput();
    void showStep(StepId step);
    void advancePlayback();

    ModelPtr m_model;
    PicturePtr m_picture;
    Image m_croppedImage;
    Activations m_activations;
    ModelRequest m_request;
    StepId m_currentStep = inputStep;
    int m_channel = 0;
    std::optional<Cell> m_cell;
    bool m_isPlaying = false;
    double m_stepsPerSecond = 4.0;
    Theme::Kind m_themeKind = Theme::Kind::Light;
    std::unique_ptr<InferenceRunner> m_runner;
    std::unique_ptr<FileLoader> m_loader;
};

}  // namespace resnet::ui

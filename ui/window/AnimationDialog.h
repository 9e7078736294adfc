#pragma once

#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/Workspace.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <memory>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace resnet::ui {

class FigurePreview;
class PassFrames;
struct PassOptions;

// Asks how the forward pass is to be shown, with the pass running beside as it will be, and writes it in the
// background.
class AnimationDialog : public QDialog {
    Q_OBJECT
public:
    // The pass must be complete.
    AnimationDialog(Workspace& workspace, QWidget* parent);

    // Writes to a file or folder that was chosen.
    void write(const QString& path);
    bool isWriting() const { return m_writing.isRunning(); }

private:
    QWidget* makeControls();
    PassOptions options() const;
    // Makes the pictures of the pass; in the background.
    using Maker = std::function<std::shared_ptr<const PassFrames>(const std::stop_token&)>;
    Maker maker() const;
    void updatePreview();
    void showFrame();
    void save();
    void showWriting(bool isWriting);

    Workspace& m_workspace;
    QComboBox* m_kind;
    QComboBox* m_pace;
    QComboBox* m_size;
    QComboBox* m_theme;
    QSpinBox* m_delay;
    QLabel* m_summary;
    QProgressBar* m_progress;
    QPushButton* m_save;
    QPushButton* m_cancel;
    FigurePreview* m_preview;
    std::shared_ptr<const PassFrames> m_frames;  // of the preview
    int m_frame = 0;
    QTimer m_playing;
    BackgroundJob m_preparing;  // the preview
    BackgroundJob m_writing;
};

}  // namespace resnet::ui

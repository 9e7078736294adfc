#pragma once

#include "ui/workspace/Workspace.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace resnet::ui {

class FactList;
class InputRange;
class SettingsForm;

// What was detected of the model, and the settings that no tensor tells, to be changed. Shows what the
// network gets with them and what it answers, so that a wrong guess is seen. Stays open beside the window.
class ModelPanel : public QDialog {
    Q_OBJECT
public:
    explicit ModelPanel(Workspace& workspace, QWidget* parent = nullptr);

private:
    void buildRows();
    void follow(const Changes& changes);
    void showModel();
    void showInput();
    void showPrediction();
    void check();
    void showDraft();
    void disableApply(const QString& why);
    void say(const QString& text, bool isProblem);
    void apply();
    void reset();

    Workspace& m_workspace;
    FactList* m_detected;
    InputRange* m_range;
    FactList* m_predictions;
    SettingsForm* m_form;
    QLabel* m_status;
    QPushButton* m_apply = nullptr;
    QPushButton* m_reset = nullptr;

    ModelPtr m_shown;
    PicturePtr m_picture;
    ModelPtr m_draft;  // with what is in the fields; null while that cannot be used
    QString m_before;  // the prediction before the settings changed
    QString m_now;
};

// Opens the panel, or brings it to the front, without waiting for it.
void showModelSettings(Workspace& workspace, QWidget* parent);

}  // namespace resnet::ui

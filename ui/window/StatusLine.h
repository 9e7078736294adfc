#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>
#include <QTimer>

class QAction;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QToolButton;

namespace resnet::ui {

// The foot of the window: the number at the cell under the cursor (or at the selected one), what is computed
// or being computed, and what was done last; what was saved can be shown in its folder. Nothing moves for it.
class StatusLine : public QFrame {
    Q_OBJECT
public:
    StatusLine(Workspace& workspace, QAction* cancel, QWidget* parent = nullptr);

    // At the right end.
    void addBadge(QWidget* badge);
    QString message() const;
    // Shows what was saved last in this run, also when the message is gone.
    QAction* showSavedAction() const { return m_showSaved; }

private:
    void showReading();
    void showProgress();
    void showMessage(const Notice& notice);
    void forgetMessage();
    void showSaved();

    Workspace& m_workspace;
    QTimer m_progressDelay;
    QTimer m_fade;
    QLabel* m_reading;
    QLabel* m_computed;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QLabel* m_message;
    QAction* m_showSaved;
    QToolButton* m_inFolder;  // beside the message
    QString m_saved;
    QHBoxLayout* m_row;
    bool m_showsProgress = false;
};

}  // namespace resnet::ui

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
// or being computed, and what was done last. Nothing moves for it.
class StatusLine : public QFrame {
    Q_OBJECT
public:
    StatusLine(Workspace& workspace, QAction* cancel, QWidget* parent = nullptr);

    // At the right end.
    void addBadge(QWidget* badge);
    QString message() const;

private:
    void showReading();
    void showProgress();
    void showMessage(const Notice& notice);

    Workspace& m_workspace;
    QTimer m_progressDelay;
    QTimer m_fade;
    QLabel* m_reading;
    QLabel* m_computed;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QLabel* m_message;
    QHBoxLayout* m_row;
    bool m_showsProgress = false;
};

}  // namespace resnet::ui

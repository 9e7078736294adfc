#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>
#include <QTimer>

class QAction;
class QLabel;
class QProgressBar;
class QToolButton;

namespace resnet::ui {

// One line below the toolbar: what is being computed, with progress and cancel, or the latest notice. It
// takes no room while there is nothing to tell.
class NoticeStrip : public QFrame {
    Q_OBJECT
public:
    NoticeStrip(Workspace& workspace, QAction* cancel, QWidget* parent = nullptr);

    const Notice* notice() const { return m_notices.isEmpty() ? nullptr : &m_notices.back(); }

private:
    void showNotice(const Notice& notice);
    void dismiss();
    void refresh();
    void showDetails();

    Workspace& m_workspace;
    QList<Notice> m_notices;  // the latest is the one shown
    bool m_showsProgress = false;
    QTimer m_progressDelay;
    QTimer m_fade;
    QLabel* m_text;
    QProgressBar* m_progress;
    QToolButton* m_details;
    QToolButton* m_cancel;
    QToolButton* m_close;
};

}  // namespace resnet::ui

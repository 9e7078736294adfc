#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace resnet::ui {

// The latest warning or error, over the left foot of the window until it is closed. What was done without
// any is told by the status line. Nothing moves for it.
class NoticeStrip : public QFrame {
    Q_OBJECT
public:
    // `over` is what it lies on.
    NoticeStrip(Workspace& workspace, QWidget* over);

    const Notice* notice() const { return m_notices.isEmpty() ? nullptr : &m_notices.back(); }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void showNotice(const Notice& notice);
    void dismiss();
    void refresh();
    void place();
    void showDetails();

    QList<Notice> m_notices;  // the latest is the one shown
    QLabel* m_text;
    QToolButton* m_details;
    QToolButton* m_close;
};

}  // namespace resnet::ui

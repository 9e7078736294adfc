#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace resnet::ui {

// The latest warning or error, over the foot of a rail until it is closed, so that it covers nothing of the
// diagram and the workbench. What was done without any is told by the status line. Nothing moves for it.
class NoticeStrip : public QFrame {
    Q_OBJECT
public:
    // It lies on `over`, above the first of the rails that is open, and where none is, at the left foot.
    NoticeStrip(Workspace& workspace, QWidget* over, const QList<QWidget*>& rails);

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
    QList<QWidget*> m_rails;
    QLabel* m_text;
    QToolButton* m_details;
    QToolButton* m_close;
};

}  // namespace resnet::ui

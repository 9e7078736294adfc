#pragma once

#include "ui/workspace/Workspace.h"

#include <QLineEdit>
#include <QPointer>

#include <vector>

class QLabel;

namespace resnet::ui {

// Finds steps by name, kind or shape. Enter goes to the step of exactly this name, if there is one, then to
// the next match; Shift+Enter to the match before. Escape returns the focus to the widget that had it.
class StepSearchBox : public QLineEdit {
    Q_OBJECT
public:
    explicit StepSearchBox(Workspace& workspace, QWidget* parent = nullptr);

Q_SIGNALS:
    // What fits the text now, in order; empty for an empty text.
    void found(const std::vector<resnet::StepId>& steps);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void search();
    void goToMatch(int offset);
    void leave();
    void showCount();

    Workspace& m_workspace;
    QLabel* m_count;
    std::vector<StepId> m_matches;
    bool m_isNew = true;  // no match of this text was gone to yet
    QPointer<QWidget> m_hadFocus;
};

}  // namespace resnet::ui

#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace resnet::ui {

// "2 parts changed  Reset", for the status bar; hidden while the network is as it was opened. Its tooltip
// says which parts.
class EditsBadge : public QFrame {
    Q_OBJECT
public:
    explicit EditsBadge(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow(const Changes& changes);
    void refresh();

    Workspace& m_workspace;
    QLabel* m_words;
    QPushButton* m_reset;
};

}  // namespace resnet::ui

#pragma once

#include "ui/workspace/Workspace.h"

#include <QFrame>
#include <QTimer>

class QLabel;

namespace resnet::ui {

// Above what explains a run: says how much of it is computed, and computes the rest. Seen only while some of
// it is missing.
class MissingLine : public QFrame {
    Q_OBJECT
public:
    explicit MissingLine(Workspace& workspace, QWidget* parent = nullptr);

    // Whether what stands below it is about a run at all.
    void setOfRun(bool isOfRun);

private:
    bool isMissing() const;
    void refresh();

    Workspace& m_workspace;
    bool m_isOfRun = true;
    bool m_isShown = false;
    QTimer m_delay;  // what is being opened is computed in a moment
    QLabel* m_text;
};

}  // namespace resnet::ui

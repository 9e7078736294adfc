#pragma once

#include "ui/workspace/History.h"
#include "ui/workspace/Workspace.h"

#include <QObject>

class QAction;

namespace resnet::ui {

// Undo and redo with what they would change: "Undo: channel 22".
class HistoryActions : public QObject {
    Q_OBJECT
public:
    HistoryActions(Workspace& workspace, QObject* parent);

    QAction* undo;
    QAction* redo;

private:
    void updateState();
    void tell(QAction* action, const QString& does, const History::Entry* entry, const QString& whyNot);
    QString describe(const History::Entry& entry) const;

    Workspace& m_workspace;
};

}  // namespace resnet::ui

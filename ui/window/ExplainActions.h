#pragma once

#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <vector>

class QAction;
class QDialog;
class QWidget;

namespace resnet::ui {

// Opens the views that explain, each in a window of its own beside the main one, which stays usable: what is
// selected there is what they explain.
class ExplainActions : public QObject {
    Q_OBJECT
public:
    ExplainActions(Workspace& workspace, ViewEntries views, QWidget* window);

    // One for each view, in their order.
    QList<QAction*> all() const;
    // That of a view by its key.
    QAction* action(const QString& key) const { return m_actions.at(key); }

private:
    void open(const ViewEntry& view);
    void updateState();

    Workspace& m_workspace;
    const ViewEntries m_views;
    QWidget* m_window;
    std::map<QString, QAction*> m_actions;
    std::map<QString, QPointer<QDialog>> m_dialogs;
};

}  // namespace resnet::ui

#pragma once

#include "ui/window/WindowResources.h"
#include "ui/workspace/Workspace.h"

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace resnet::ui {

// What the network and the picture that are open can be compared with.
class CompareActions : public QObject {
    Q_OBJECT
public:
    CompareActions(Workspace& workspace, const WindowResources& resources, QWidget* window);

    QMenu* menu() const { return m_menu; }

private:
    QAction* add(const QString& text, const QString& toolTip, std::function<void()> run);
    void addTwin(const QString& text, const QString& file);
    void askForFile();
    void updateState();

    Workspace& m_workspace;
    QWidget* m_window;
    QMenu* m_menu;
    QAction* m_network = nullptr;
    QAction* m_picture = nullptr;
    QAction* m_stop = nullptr;
};

}  // namespace resnet::ui

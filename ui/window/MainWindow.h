#pragma once

#include "ui/window/WindowResources.h"
#include "ui/workspace/Workspace.h"

#include <QMainWindow>

class QSplitter;
class QToolButton;

namespace resnet::ui {

class DiagramPanel;
class ExplainActions;
class OpenActions;
class StepActions;
class TourStrip;

// Creates the panels, places them, and connects them to the workspace. It decides nothing.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Workspace& workspace, const WindowResources& resources, QWidget* parent = nullptr);

    // Sizes of the panels, to be kept from one start to the next.
    QByteArray panelState() const;
    void restorePanelState(const QByteArray& state);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeToolbar();
    QWidget* makePanels();
    QToolButton* menuButton(QMenu* menu, const QString& toolTip);
    QMenu* makeRunMenu();
    QMenu* makeViewMenu();
    void showTitle();

    Workspace& m_workspace;
    OpenActions* m_openActions;
    StepActions* m_stepActions;
    ExplainActions* m_explainActions;
    TourStrip* m_tour;
    DiagramPanel* m_diagram = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_rows = nullptr;
};

}  // namespace resnet::ui

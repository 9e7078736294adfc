#pragma once

#include "ui/window/WindowResources.h"
#include "ui/workspace/Workspace.h"

#include <QMainWindow>

class QLabel;
class QSplitter;

namespace resnet::ui {

class Appearance;
class DiagramPanel;
class LastSession;
class OpenActions;
class PlaneWalk;
class Preferences;
class Rails;
class StatusLine;
class StepActions;
class TourCard;
class Workbench;
class WordsShelf;

// Creates the panels, places them, and connects them to the workspace. It decides nothing.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Workspace& workspace, const WindowResources& resources, QWidget* parent = nullptr);

    // What was open last; false: nothing is kept of it.
    bool reopenSession();

    // Sizes of the panels, to be kept from one start to the next.
    QByteArray panelState() const;
    void restorePanelState(const QByteArray& state);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makePanels(const TrainingResources& training);
    void setUsualSizes();
    QWidget* makeToolBar();
    void place(QWidget* toolBar);
    void connectPanels();
    void showTitle();
    void showNetworkIfItFits();

    Workspace& m_workspace;
    Preferences* m_preferences;
    Appearance* m_appearance;
    OpenActions* m_openActions;
    StepActions* m_stepActions;
    QLabel* m_network;
    PlaneWalk* m_walk = nullptr;
    DiagramPanel* m_diagram = nullptr;
    Workbench* m_workbench = nullptr;
    TourCard* m_tour = nullptr;
    WordsShelf* m_words = nullptr;
    QSplitter* m_centre = nullptr;
    QSplitter* m_right = nullptr;
    Rails* m_rails = nullptr;
    StatusLine* m_status = nullptr;
    LastSession* m_session = nullptr;
};

}  // namespace resnet::ui

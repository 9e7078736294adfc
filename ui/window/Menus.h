#pragma once

class QAction;
class QMenuBar;

namespace resnet::ui {

class DiagramPanel;
class CompareActions;
class ExperimentActions;
class ExportActions;
class FindBox;
class HelpActions;
class HistoryActions;
class Keyboard;
class LastSession;
class MapActions;
class OpenActions;
class ShownSwitch;
class StepActions;
class ViewActions;
class Workbench;

// Everything that can be done in the window, by who does it.
struct WindowActions {
    OpenActions* open;
    LastSession* session;
    ExportActions* exports;
    HistoryActions* history;
    ViewActions* view;
    Keyboard* keyboard;
    DiagramPanel* diagram;
    StepActions* step;
    Workbench* workbench;
    ExperimentActions* experiment;
    CompareActions* compare;
    ShownSwitch* shown;
    HelpActions* help;
    FindBox* find;
    QAction* preferences;
    MapActions* maps;
    QAction* showSaved;
};

// Puts it into menus. Their keys work while the menus are closed, also where the bar is hidden.
void fillMenuBar(QMenuBar& bar, const WindowActions& actions);

}  // namespace resnet::ui

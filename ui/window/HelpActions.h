#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMenuBar;
class QWidget;

namespace resnet::ui {

class Preferences;
class TourCard;
class Workbench;

// The welcome, the tours, the keys, what a view shows, and about the program.
class HelpActions : public QObject {
    Q_OBJECT
public:
    // The keys are read from the menu bar's actions when they are asked for.
    HelpActions(TourCard& tour, Workbench& workbench, Preferences& preferences, const QMenuBar& menuBar,
                QWidget* window);

    QAction* welcome;
    QAction* tour;
    QAction* whyShortcuts;
    QAction* whatIsThis;
    QAction* keys;
    QAction* about;

private:
    void showKeys();
    void showAbout();

    const QMenuBar& m_menuBar;
    QWidget* m_window;
};

}  // namespace resnet::ui

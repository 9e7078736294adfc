#pragma once

#include <QDialog>
#include <QList>
#include <QObject>
#include <QPointer>

class QAction;
class QMenuBar;
class QWidget;

namespace resnet::ui {

class Preferences;
class TourCard;
class Workbench;

// The welcome, the tours, the keys, the guide, what a view shows, and about the program.
class HelpActions : public QObject {
    Q_OBJECT
public:
    // The keys are read from the menu bar's actions when they are asked for.
    // `guideFile` is empty where the guide is missing.
    HelpActions(TourCard& tour, Workbench& workbench, Preferences& preferences, const QMenuBar& menuBar,
                const QString& guideFile, QWidget* window);

    QAction* welcome;
    QAction* tour;
    QAction* whyShortcuts;
    QAction* whatIsThis;
    QAction* keys;
    QAction* guide;
    QAction* about;

private:
    void showGuide();
    void showKeys();
    void showAbout();

    const QMenuBar& m_menuBar;
    const QString m_guideFile;
    QPointer<QDialog> m_guide;
    QWidget* m_window;
};

}  // namespace resnet::ui

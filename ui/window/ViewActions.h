#pragma once

#include <QList>
#include <QObject>

class QAction;
class QMainWindow;

namespace resnet::ui {

class Appearance;
class Preferences;
class DiagramPanel;
class Rails;

// How the window looks: level of the diagram, rails, the workbench alone, full screen, presentation, colours,
// size of text.
class ViewActions : public QObject {
    Q_OBJECT
public:
    // Parts that presentation hides besides the rails.
    struct Frame {
        QWidget* menuBar;
        QWidget* toolBar;
        QWidget* statusLine;
    };
    ViewActions(Appearance& appearance, Preferences& preferences, DiagramPanel& diagram, Rails& rails,
                const Frame& frame, QMainWindow* window);

    const QList<QAction*>& levels() const { return m_levels; }
    const QList<QAction*>& places() const { return m_places; }
    QAction* resetAction() const { return m_reset; }
    const QList<QAction*>& themes() const { return m_themes; }
    const QList<QAction*>& textSizes() const { return m_textSizes; }

public Q_SLOTS:
    // The workbench has the whole window, and gives it back.
    void toggleWorkbenchAlone();

Q_SIGNALS:
    // Rails are as at first, and nothing has the window alone; everything else is to follow.
    void panelsReset();

private:
    void makeLevels();
    void makePlaces();
    void makeThemes();
    void makeTextSizes();
    void showAppearance();
    QAction* makeSwitch(const QString& text, const QKeySequence& key, const QString& toolTip);
    void arrange();
    void resetPanels();

    Appearance& m_appearance;
    Preferences& m_preferences;
    DiagramPanel& m_diagram;
    Rails& m_rails;
    const Frame m_frame;
    QMainWindow* m_window;
    QList<QAction*> m_levels;
    QList<QAction*> m_places;
    QList<QAction*> m_themes;     // in the order of schemes
    QList<QAction*> m_textSizes;  // larger, smaller, normal
    QAction* m_alone = nullptr;
    QAction* m_fullScreen = nullptr;
    QAction* m_presentation = nullptr;
    QAction* m_reset;
};

}  // namespace resnet::ui

#pragma once

#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QFont>
#include <QFrame>
#include <QPointer>

#include <map>
#include <optional>
#include <vector>

class QAction;
class QBoxLayout;
class QDialog;
class QStackedWidget;
class QTabBar;

namespace resnet::ui {

class ChoiceButton;
class MissingLine;

// A tab: one question, and the views that answer it, of which one is shown.
struct WorkbenchTab {
    QString name;
    QString tip;
    ViewEntries views;
    bool isOfRun = true;  // else nothing is missing in it while there are no results
};

// The place where views explain the current step (and cell, class): one tab at a time, and in it one view
// with what stands beside it. Which it is, the workspace's settings say. Views are made when they are shown
// for the first time. A double click on a tab asks for the whole window; a tab can be opened in a window of
// its own.
class Workbench : public QFrame {
    Q_OBJECT
public:
    Workbench(Workspace& workspace, std::vector<WorkbenchTab> tabs, QWidget* parent = nullptr);

    // A view by its key; false if there is none.
    bool choose(const QString& key);
    // The main one of those that are shown.
    View* view() const { return m_shown; }
    // Of that of a view; its text is the view's name.
    QAction* action(const QString& key) const { return m_actions.at(key); }
    // One for each view, by tabs, and that of the window of its own.
    QList<QAction*> actions(int tab) const;
    int tabCount() const { return int(m_tabs.size()); }
    const WorkbenchTab& tab(int index) const { return m_tabs[std::size_t(index)]; }
    QAction* tearOffAction() const { return m_tearOff; }
    // Closes the windows of their own.
    void putTabsBack();

Q_SIGNALS:
    // Of the whole window, or no more.
    void roomRequested();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Place {
        int tab = 0;
        int view = 0;
    };
    struct Page {
        QWidget* widget = nullptr;
        View* main = nullptr;
    };

    void makeActions();
    void updateActions();
    std::optional<Place> placeOf(const QString& key) const;
    const ViewEntry& entryAt(const Place& place) const;
    Page makePage(const ViewEntry& entry, int margin) const;
    void showChosen();
    void chooseTab(int tab);
    void tearOff();
    void moveChoiceTo(const Place& place);
    void arrangeHead();

    Workspace& m_workspace;
    const std::vector<WorkbenchTab> m_tabs;
    std::map<QString, QAction*> m_actions;
    std::map<QString, Page> m_pages;
    std::map<QString, QPointer<QDialog>> m_dialogs;
    std::vector<QString> m_latest;  // of each tab: the view that was shown last
    View* m_shown = nullptr;
    QBoxLayout* m_head;
    std::optional<std::pair<int, QFont>> m_fitted;  // the room and the font that the tabs have
    QTabBar* m_bar;
    QWidget* m_choices;  // of each tab, one shown
    std::vector<ChoiceButton*> m_choiceOfTab;
    QAction* m_tearOff;
    MissingLine* m_missing;
    QStackedWidget* m_stack;
};

}  // namespace resnet::ui

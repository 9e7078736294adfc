#pragma once

#include "ui/exports/WidgetFigure.h"
#include "ui/widgets/Card.h"
#include "ui/workspace/Changes.h"

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>
#include <vector>

class QLabel;

namespace resnet::ui {

class Workspace;

// Something of the session, shown: a title with a line about what is there and its controls beside it, the
// view itself, and a foot that says what is under the cursor or else what can be done. It knows the workspace
// and no other view, and follows what changes while it can be seen; what it misses while it is hidden it
// follows when it is shown.
class View : public Card {
    Q_OBJECT
public:
    View(Workspace& workspace, const QString& title, QWidget* parent = nullptr);
    // Hears no more of what is in it, nor of the workspace: a window that goes takes the focus and the cursor
    // from what is in it, which says so, when what its kind of view keeps is gone already.
    ~View() override;

    // What it is called where views are listed, whatever its title says at the moment.
    virtual QString name() const { return title(); }
    // What it shows of the steps, by the switch of quantity and side: it says so beside its title unless that
    // is what the network computes now.
    enum class Follows {
        Nothing,  // it is about something else, or says for itself which run it is of
        Run,      // explanations: of the run before where that is shown, else of the run that is open
        Maps
    };
    QString shownText() const;
    // What can be done in it; empty if it has no foot.
    const QString& hint() const { return m_hint; }
    // All that it shows, as a picture with its title above.
    Figure figure();

protected:
    virtual void refresh(const Changes& changes) = 0;
    // What stands below the title of the figure; else the widgets in it are painted as they are.
    virtual Figure paintedFigure(const FigureTitle& title);

    // `isTold` beside the title; figures are told it always.
    void setFollows(Follows follows, bool isTold = true);
    Workspace& workspace() const { return m_workspace; }
    // Whether all that has changed was followed: not while it is hidden.
    bool isUpToDate() const { return m_missed.isEmpty(); }
    // Below the body; `legend` stands at its right.
    void addFoot(QWidget* legend = nullptr);
    void setHint(const QString& hint);
    // What is under the cursor; empty when it has left.
    void tell(const QString& text);

    void showEvent(QShowEvent* event) override;

private:
    void follow(const Changes& changes);
    void tellShown();

    Workspace& m_workspace;
    Changes m_missed = Changes::all();
    QString m_hint;
    QLabel* m_foot = nullptr;
    Follows m_follows = Follows::Nothing;
    QLabel* m_shown = nullptr;
};

// A kind of view, as the lists of them have it: menus and the places where views stand are made from those.
struct ViewEntry {
    QString key;   // what settings call it
    QString name;  // in menus
    QString tip;
    QKeySequence shortcut;  // in the whole window; empty: none
    // Those that stand together, the main one first.
    std::function<QList<View*>(Workspace&)> make;
    bool sharesKeys = true;  // in a window of its own the main window's keys work, too
    // Puts them beside or below each other; null: side by side.
    std::function<QWidget*(const QList<View*>&)> arrange = {};
};
using ViewEntries = std::vector<ViewEntry>;

}  // namespace resnet::ui

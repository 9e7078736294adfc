#pragma once

#include "ui/window/FindList.h"
#include "ui/workspace/Workspace.h"

#include <QLineEdit>
#include <QPointer>
#include <QTimer>

#include <vector>

class QAction;
class QListView;
class QMenuBar;

namespace resnet::ui {

// "Find or do": steps, views, commands, recent files and classes in one list below the box, the best match
// first, with their keys and, where something is not possible now, the reason. Return does what is marked,
// Escape gives the keyboard back to what had it before. The steps that fit are marked in the diagram.
class FindBox : public QLineEdit {
    Q_OBJECT
public:
    // Commands are read from the menu bar's menus whenever a search begins.
    FindBox(Workspace& workspace, const QMenuBar& menuBar, QWidget* parent = nullptr);

    // The marked entry's text and the number of entries; for tests and screen readers.
    QString marked() const;
    int count() const;
    QAction* openAction() const { return m_open; }

Q_SIGNALS:
    // What fits the text, in order, when no letter has come for a moment; empty for an empty text.
    void found(const std::vector<resnet::StepId>& steps);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void search();
    void addSteps(std::vector<FindEntry>& entries, const QString& text);
    void addCommands(std::vector<FindEntry>& entries, const QStringList& words);
    void addClasses(std::vector<FindEntry>& entries, const QStringList& words);
    void place();
    void mark(int offset);
    void runMarked();
    void leave();

    Workspace& m_workspace;
    const QMenuBar& m_menuBar;
    QAction* m_open;
    FindList* m_list;
    QListView* m_view;  // its window's own, over everything else
    std::vector<StepId> m_foundSteps;
    QTimer m_marking;
    QPointer<QWidget> m_hadFocus;
};

}  // namespace resnet::ui

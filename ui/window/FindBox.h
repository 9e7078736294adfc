#pragma once

#include "ui/workspace/Workspace.h"

#include <QLineEdit>
#include <QPointer>

#include <functional>
#include <vector>

class QAction;
class QListWidget;
class QListWidgetItem;
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
    // What fits the text now, in order; empty for an empty text.
    void found(const std::vector<resnet::StepId>& steps);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Entry {
        QString text;
        QString detail;  // the key, or why not, or what kind of thing it is
        bool isPossible = true;
        std::function<void()> run;
    };
    void search();
    void addSteps(const QString& text);
    void addCommands(const QStringList& words);
    void addClasses(const QStringList& words);
    void showEntries();
    void place();
    void mark(int offset);
    void runMarked();
    void leave();

    Workspace& m_workspace;
    const QMenuBar& m_menuBar;
    QAction* m_open;
    std::vector<Entry> m_entries;
    QListWidget* m_list;
    QPointer<QWidget> m_hadFocus;
};

}  // namespace resnet::ui

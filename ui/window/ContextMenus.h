#pragma once

#include "ui/window/FileSaver.h"
#include "ui/window/Spot.h"

#include <QPointer>

class QLabel;
class QMenu;

namespace resnet::ui {

class Workbench;

// What can be done with what lies under the mouse, in a menu, and by dragging: maps (an enlarged one with
// Ctrl), the picture and, by its title, every view can be dragged out of the window.
class ContextMenus : public QObject {
    Q_OBJECT
public:
    ContextMenus(Workspace& workspace, Workbench& workbench, QWidget* window);

    // Null if nothing can be done there.
    QMenu* menuAt(QWidget& widget, const QPoint& position);
    // What is dragged from there; null: nothing.
    QMimeData* draggedFrom(QWidget& widget, const QPoint& position, Qt::KeyboardModifiers modifiers);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void addNumber(QMenu& menu, const Spot& spot);
    void addClass(QMenu& menu, const Spot& spot);
    void addPicture(QMenu& menu, const Spot& spot);
    void addView(QMenu& menu, View& view);
    void save(const QString& name, const FileSaver::MakeBytes& bytes);
    bool isOurs(const QWidget& widget) const;
    bool startDrag(QWidget& widget, const QPoint& position, Qt::KeyboardModifiers modifiers);

    Workspace& m_workspace;
    Workbench& m_workbench;
    QWidget* m_window;
    FileSaver m_saver;
    QPointer<QWidget> m_pressed;
    QPoint m_pressedAt;
};

}  // namespace resnet::ui

#pragma once

#include "ui/workspace/Workspace.h"

#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QMenu;

namespace resnet::ui {

// Order, scale and colours of the maps as a menu: the same choices as beside the maps.
class MapActions : public QObject {
    Q_OBJECT
public:
    MapActions(Workspace& workspace, QWidget* window);

    QMenu* menu() const { return m_menu; }

private:
    using Choose = std::function<void(ViewSettings&, int choice)>;
    void add(const QString& title, const QStringList& choices, const Choose& choose);
    void showChoices();

    Workspace& m_workspace;
    QMenu* m_menu;
    QList<QMenu*> m_menus;  // in it: order, scale, colours
};

}  // namespace resnet::ui

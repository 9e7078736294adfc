#pragma once

#include "ui/workspace/Workspace.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace resnet::ui {

// Everything that saves something. Files are written whole or not at all; a failure is told and changes
// nothing.
class ExportActions : public QObject {
    Q_OBJECT
public:
    // `writeDiagram` saves the diagram as it stands on the screen; the path's extension tells the format.
    ExportActions(Workspace& workspace, std::function<void(const QString& path)> writeDiagram,
                  QWidget* window);

    QMenu* menu() const { return m_menu; }

private:
    QAction* add(const QString& text, const QKeySequence& key, void (ExportActions::*slot)());
    void updateState();
    void exportDiagram();
    void exportSheet();
    void exportMaps();
    void exportInput();
    void exportTensor(StepId step);
    // Asks for a path, then writes; tells what became of it.
    void save(const QString& title, const QString& proposal, const QString& filter,
              const std::function<void(const QString& path)>& write);

    Workspace& m_workspace;
    std::function<void(const QString& path)> m_writeDiagram;
    QWidget* m_window;
    QMenu* m_menu;
    QAction* m_diagram;
    QAction* m_sheet;
    QAction* m_maps;
    QAction* m_input;
};

}  // namespace resnet::ui

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
    // `chooseExport` asks how the diagram is to be saved, and saves it.
    ExportActions(Workspace& workspace, std::function<void()> chooseExport, QWidget* window);

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
    std::function<void()> m_exportDiagram;
    QWidget* m_window;
    QMenu* m_menu;
    QAction* m_diagram;
    QAction* m_sheet;
    QAction* m_maps;
    QAction* m_input;
};

}  // namespace resnet::ui

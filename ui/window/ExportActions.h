#pragma once

#include "ui/workspace/Workspace.h"

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace resnet::ui {

// Everything that saves something. Files are written whole or not at all; a failure is told and changes
// nothing.
class ExportActions : public QObject {
    Q_OBJECT
public:
    ExportActions(Workspace& workspace, QWidget* window);

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
              const std::function<QByteArray()>& bytes);

    Workspace& m_workspace;
    QWidget* m_window;
    QMenu* m_menu;
    QAction* m_diagram;
    QAction* m_sheet;
    QAction* m_maps;
    QAction* m_input;
};

}  // namespace resnet::ui

#pragma once

#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/Workspace.h"

#include <QWidget>

class QPushButton;

namespace resnet::ui {

// What can be done with all edits at once: saved as text, opened, the last one undone, all of them reset.
class EditsFoot : public QWidget {
    Q_OBJECT
public:
    explicit EditsFoot(Workspace& workspace, QWidget* parent = nullptr);

    void refresh();
    // In the background; what cannot be written or read is told in a line.
    void save(const QString& path);
    void open(const QString& path);

private:
    QPushButton* add(const QString& text, const QString& toolTip);

    Workspace& m_workspace;
    QPushButton* m_save;
    QPushButton* m_open;
    QPushButton* m_undo;
    QPushButton* m_reset;
    BackgroundJob m_saving;
    BackgroundJob m_opening;
};

}  // namespace resnet::ui

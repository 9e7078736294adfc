#pragma once

#include "ui/window/WindowResources.h"
#include "ui/workspace/Workspace.h"

#include <QObject>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace resnet::ui {

// Everything that opens a picture or a network: from a file, a sample, the clipboard, a drop, or new.
class OpenActions : public QObject {
    Q_OBJECT
public:
    OpenActions(Workspace& workspace, const WindowResources& resources, QWidget* window);

    QMenu* pictureMenu() const { return m_pictureMenu; }
    QMenu* networkMenu() const { return m_networkMenu; }

    static bool canOpen(const QMimeData& data);
    // Opens what was dropped or pasted: files by their content, or a picture itself.
    void open(const QMimeData& data);

private:
    void fillPictureMenu(const QList<SamplePicture>& samples);
    void fillNetworkMenu(const WindowResources& resources);
    void askForPicture();
    void askForWeights();
    void askForNewNetwork();
    void paste();

    Workspace& m_workspace;
    QWidget* m_window;
    QMenu* m_pictureMenu;
    QMenu* m_networkMenu;
};

}  // namespace resnet::ui

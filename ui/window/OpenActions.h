#pragma once

#include "ui/window/RecentFiles.h"
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

    // Pictures and then networks, into the menu that has them.
    void addTo(QMenu& menu);
    // The files opened last.
    const RecentFiles& recentPictures() const { return m_recentPictures; }
    const RecentFiles& recentNetworks() const { return m_recentNetworks; }

    static bool canOpen(const QMimeData& data);
    // Opens what was dropped or pasted: files by their content, or a picture itself.
    void open(const QMimeData& data, const QString& name);

private:
    QAction* make(const QString& text, const QKeySequence& key, const QString& toolTip);
    void makePictureActions(const QList<SamplePicture>& samples);
    void makeNetworkActions(const WindowResources& resources);
    void makeTwinsAction(const TrainingResources& training);
    void addTwin(const QString& text, const QString& toolTip, const QString& file);
    void connectRecent(RecentFiles& files, void (OpenActions::*openFile)(const QString&));
    void noteOpened(const Changes& changes);
    void openPicture(const QString& path) { m_workspace.openPictureFile(path); }
    void openNetwork(const QString& path) { m_workspace.openWeightsFile(path); }
    void askForPicture();
    void askForWeights();
    void askForNewNetwork();
    void paste();

    Workspace& m_workspace;
    QWidget* m_window;
    QStringList m_bundledWeights;
    QStringList m_samplePaths;
    RecentFiles m_recentPictures;
    RecentFiles m_recentNetworks;
    QMenu* m_samples;
    QList<QAction*> m_pictureActions;
    QList<QAction*> m_networkActions;
    QAction* m_reload = nullptr;
    QAction* m_settings = nullptr;
};

}  // namespace resnet::ui

#include "ui/window/OpenActions.h"

#include "ui/images/PictureReader.h"
#include "ui/model/ModelPanel.h"
#include "ui/window/NewNetworkDialog.h"
#include "ui/workspace/FileDialogs.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

namespace resnet::ui {

namespace {

// Marks the first letter that no entry before has for its key.
QString withMnemonic(const QString& title, QString& taken) {
    for (qsizetype i = 0; i < title.size(); ++i)
        if (title[i].isLetter() && !taken.contains(title[i], Qt::CaseInsensitive)) {
            taken += title[i];
            return QString(title).insert(i, QLatin1Char('&'));
        }
    return title;
}

}  // namespace

OpenActions::OpenActions(Workspace& workspace, const WindowResources& resources, QWidget* window)
    : QObject(window),
      m_workspace(workspace),
      m_window(window),
      m_bundledWeights(resources.bundledWeights),
      m_recentPictures(resources.settings, QStringLiteral("recent/pictures")),
      m_recentNetworks(resources.settings, QStringLiteral("recent/networks")),
      m_samples(new QMenu(tr("&Samples"), window)) {
    m_samples->setToolTipsVisible(true);
    makePictureActions(resources.samples);
    makeNetworkActions(resources);
    connectRecent(m_recentPictures, &OpenActions::openPicture);
    connectRecent(m_recentNetworks, &OpenActions::openNetwork);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model | Changes::Picture))
            noteOpened(changes);
    });
}

QAction* OpenActions::make(const QString& text, const QKeySequence& key, const QString& toolTip) {
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setToolTip(key.isEmpty()
                           ? toolTip
                           : QStringLiteral("%1 (%2)").arg(toolTip, key.toString(QKeySequence::NativeText)));
    return action;
}

void OpenActions::addTo(QMenu& menu) {
    menu.addActions(m_pictureActions);
    menu.addMenu(m_samples);
    menu.addMenu(m_recentPictures.makeMenu(tr("&Recent pictures"), m_window));
    menu.addSeparator();
    menu.addActions(m_networkActions.mid(0, m_networkActions.size() - 2));
    menu.addMenu(m_recentNetworks.makeMenu(tr("Recent net&works"), m_window));
    menu.addActions(m_networkActions.mid(m_networkActions.size() - 2));
}

void OpenActions::connectRecent(RecentFiles& files, void (OpenActions::*openFile)(const QString&)) {
    connect(&files, &RecentFiles::chosen, this, openFile);
    connect(&files, &RecentFiles::gone, this, [this](const QString& path) {
        m_workspace.post({Notice::Kind::Warning, tr("%1: the file is not there any more").arg(path), {}});
    });
}

// What comes with the program is in menus of its own.
void OpenActions::noteOpened(const Changes& changes) {
    const PicturePtr& picture = m_workspace.picture();
    if (changes.have(Changes::Picture) && picture && !picture->path.isEmpty() &&
        !m_samplePaths.contains(picture->path)) {
        m_recentPictures.add(picture->path);
        m_workspace.files().note(FileDialogs::Kind::Pictures, picture->path);
    }
    const ModelPtr& model = m_workspace.model();
    const QString source = model ? QString::fromStdString(model->source) : QString();
    if (changes.have(Changes::Model) && !source.isEmpty() && !m_bundledWeights.contains(source)) {
        m_recentNetworks.add(source);
        m_workspace.files().note(FileDialogs::Kind::Networks, source);
    }
    m_reload->setEnabled(!source.isEmpty());
    m_reload->setToolTip(source.isEmpty() ? tr("The network did not come from a file")
                                          : tr("Read %1 anew (Ctrl+Shift+R)").arg(source));
    m_settings->setEnabled(model != nullptr);
}

void OpenActions::makePictureActions(const QList<SamplePicture>& samples) {
    QAction* opened = make(tr("&Open picture…"), QKeySequence::Open, tr("Open a picture from a file"));
    connect(opened, &QAction::triggered, this, &OpenActions::askForPicture);
    QAction* pasted =
        make(tr("&Paste picture"), QKeySequence::Paste, tr("Open the picture on the clipboard"));
    connect(pasted, &QAction::triggered, this, &OpenActions::paste);
    m_pictureActions = {opened, pasted};
    QString taken;
    for (const SamplePicture& sample : samples) {
        QAction* action = m_samples->addAction(withMnemonic(sample.title, taken));
        action->setToolTip(sample.attribution);
        m_samplePaths << sample.path;
        connect(action, &QAction::triggered, this,
                [this, sample] { m_workspace.openPictureFile(sample.path, sample.title, sample.caption); });
    }
    m_samples->setEnabled(!samples.isEmpty());
}

void OpenActions::makeNetworkActions(const WindowResources& resources) {
    const QString bundledWeights = resources.bundledWeights;
    QAction* opened = make(tr("Open &weights…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O,
                           tr("Open a trained network from a file"));
    connect(opened, &QAction::triggered, this, &OpenActions::askForWeights);
    QAction* made = make(tr("&New network…"), QKeySequence::New, tr("Make a network with random weights"));
    connect(made, &QAction::triggered, this, &OpenActions::askForNewNetwork);
    QAction* bundled = make(tr("&Bundled ResNet-34"), {},
                            tr("The network that comes with the program, trained on Imagenette"));
    bundled->setEnabled(!bundledWeights.isEmpty());
    if (bundledWeights.isEmpty())
        bundled->setToolTip(tr("The bundled weights file is missing"));
    connect(bundled, &QAction::triggered, this,
            [this, bundledWeights] { m_workspace.openWeightsFile(bundledWeights); });
    m_networkActions = {opened, made, bundled};
    makeTwinsAction(resources.training);
    addTwin(tr("Twin with s&hortcuts"), tr("A small ResNet-34, trained like the other twin"),
            resources.training.residualTwin);
    addTwin(tr("Twin without short&cuts"), tr("The same layers without shortcuts, trained alike"),
            resources.training.plainTwin);
    if (resources.showDownload) {
        QAction* download = make(tr("&Get the ImageNet weights…"), {},
                                 tr("Fetch torchvision's ResNet-34 with 1000 classes, 83.3 MiB"));
        connect(download, &QAction::triggered, this,
                [this, show = resources.showDownload] { show(m_workspace, m_window); });
        m_networkActions << download;
    }
    m_reload = make(tr("Re&load the network"), Qt::CTRL | Qt::SHIFT | Qt::Key_R, {});
    connect(m_reload, &QAction::triggered, this,
            [this] { openNetwork(QString::fromStdString(m_workspace.model()->source)); });
    m_settings = make(tr("&Model settings…"), Qt::CTRL | Qt::Key_M,
                      tr("Padding, epsilon, how pictures are prepared, class names"));
    connect(m_settings, &QAction::triggered, this, [this] { showModelSettings(m_workspace, m_window); });
    m_networkActions << m_reload << m_settings;
    noteOpened({});
}

void OpenActions::makeTwinsAction(const TrainingResources& training) {
    QAction* twins = make(tr("T&he twins, side by side"), {},
                          tr("The twin with shortcuts, compared with the one without"));
    const bool areThere = !training.residualTwin.isEmpty() && !training.plainTwin.isEmpty();
    twins->setEnabled(areThere);
    if (!areThere)
        twins->setToolTip(tr("The twins' files are missing"));
    connect(twins, &QAction::triggered, this, [this, training] {
        m_workspace.openWeightsFile(training.residualTwin);
        m_workspace.compareWithFile(training.plainTwin);
    });
    m_networkActions << twins;
}

void OpenActions::addTwin(const QString& text, const QString& toolTip, const QString& file) {
    QAction* twin = make(text, {}, toolTip);
    twin->setEnabled(!file.isEmpty());
    if (file.isEmpty())
        twin->setToolTip(tr("The twin's file is missing"));
    connect(twin, &QAction::triggered, this, [this, file] { m_workspace.openWeightsFile(file); });
    m_networkActions << twin;
    m_bundledWeights << file;
}

void OpenActions::askForPicture() {
    const QString path = m_workspace.files().askForFile(
        FileDialogs::Kind::Pictures, m_window, tr("Open picture"),
        tr("Pictures (%1);;All files (*)").arg(pictureNameFilters().join(QLatin1Char(' '))));
    if (!path.isEmpty())
        m_workspace.openPictureFile(path);
}

void OpenActions::askForWeights() {
    const QString path = m_workspace.files().askForFile(
        FileDialogs::Kind::Networks, m_window, tr("Open weights"),
        tr("Weights (*.safetensors *.pth *.pt *.h5 *.keras *.bin *.ckpt);;All files (*)"));
    if (!path.isEmpty())
        m_workspace.openWeightsFile(path);
}

void OpenActions::askForNewNetwork() {
    NewNetworkDialog dialog(m_window);
    if (dialog.exec() == QDialog::Accepted)
        m_workspace.createModel(dialog.request());
}

void OpenActions::paste() {
    if (const QMimeData* data = QGuiApplication::clipboard()->mimeData(); data && canOpen(*data))
        open(*data, tr("Clipboard"));
    else
        m_workspace.post({Notice::Kind::Information, tr("There is no picture on the clipboard."), {}});
}

bool OpenActions::canOpen(const QMimeData& data) {
    return data.hasUrls() || data.hasImage();
}

void OpenActions::open(const QMimeData& data, const QString& name) {
    if (!data.hasUrls()) {
        m_workspace.openPicture(qvariant_cast<QImage>(data.imageData()), name);
        return;
    }
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            m_workspace.openFile(url.toLocalFile());
        else
            m_workspace.post({Notice::Kind::Error,
                              tr("%1: expected a file of this machine").arg(url.toDisplayString()),
                              {}});
    }
}

}  // namespace resnet::ui

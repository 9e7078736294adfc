#include "ui/window/OpenActions.h"

#include "ui/images/PictureReader.h"
#include "ui/model/ModelPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/window/NewNetworkDialog.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

namespace resnet::ui {

namespace {

QAction* addAction(QMenu* menu, const QString& text, const QKeySequence& key, const QString& toolTip) {
    QAction* action = menu->addAction(text);
    action->setShortcut(key);
    action->setToolTip(key.isEmpty()
                           ? toolTip
                           : QStringLiteral("%1 (%2)").arg(toolTip, key.toString(QKeySequence::NativeText)));
    return action;
}

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
      m_pictureMenu(new QMenu(tr("P&icture"), window)),
      m_networkMenu(new QMenu(tr("&Network"), window)) {
    for (QMenu* menu : {m_pictureMenu, m_networkMenu})
        menu->setToolTipsVisible(true);
    fillPictureMenu(resources.samples);
    fillNetworkMenu(resources);
}

void OpenActions::fillPictureMenu(const QList<SamplePicture>& samples) {
    QAction* open =
        addAction(m_pictureMenu, tr("&Open picture…"), QKeySequence::Open, tr("Open a picture from a file"));
    connect(open, &QAction::triggered, this, &OpenActions::askForPicture);
    QAction* pasted = addAction(m_pictureMenu, tr("&Paste picture"), QKeySequence::Paste,
                                tr("Open the picture on the clipboard"));
    connect(pasted, &QAction::triggered, this, &OpenActions::paste);
    connect(m_pictureMenu, &QMenu::aboutToShow, this, [pasted] {
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        pasted->setEnabled(data && canOpen(*data));
        pasted->setToolTip(pasted->isEnabled() ? tr("Open the picture on the clipboard (Ctrl+V)")
                                               : tr("There is no picture on the clipboard"));
    });
    connect(m_pictureMenu, &QMenu::aboutToHide, pasted, [pasted] { pasted->setEnabled(true); });
    if (samples.isEmpty())
        return;
    addHeading(*m_pictureMenu, tr("Samples"));
    QString taken = QStringLiteral("op");  // by the entries above
    for (const SamplePicture& sample : samples) {
        QAction* action = addAction(m_pictureMenu, withMnemonic(sample.title, taken), {}, sample.attribution);
        connect(action, &QAction::triggered, this,
                [this, sample] { m_workspace.openPictureFile(sample.path, sample.title, sample.caption); });
    }
}

void OpenActions::fillNetworkMenu(const WindowResources& resources) {
    const QString bundledWeights = resources.bundledWeights;
    QAction* open = addAction(m_networkMenu, tr("&Open weights…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O,
                              tr("Open a trained network from a file"));
    connect(open, &QAction::triggered, this, &OpenActions::askForWeights);
    QAction* made = addAction(m_networkMenu, tr("&New network…"), QKeySequence::New,
                              tr("Make a network with random weights"));
    connect(made, &QAction::triggered, this, &OpenActions::askForNewNetwork);
    m_networkMenu->addSeparator();
    QAction* bundled = addAction(m_networkMenu, tr("&Bundled ResNet-34"), {},
                                 tr("The network that comes with the program, trained on Imagenette"));
    bundled->setEnabled(!bundledWeights.isEmpty());
    if (bundledWeights.isEmpty())
        bundled->setToolTip(tr("The bundled weights file is missing"));
    connect(bundled, &QAction::triggered, this,
            [this, bundledWeights] { m_workspace.openWeightsFile(bundledWeights); });
    if (resources.showDownload) {
        QAction* download = addAction(m_networkMenu, tr("&Get the ImageNet weights…"), {},
                                      tr("Fetch torchvision's ResNet-34 with 1000 classes, 83.3 MiB"));
        connect(download, &QAction::triggered, this,
                [this, show = resources.showDownload] { show(m_workspace, m_window); });
    }
    m_networkMenu->addSeparator();
    QAction* settings = addAction(m_networkMenu, tr("&Model settings…"), Qt::CTRL | Qt::Key_M,
                                  tr("Padding, epsilon, how pictures are prepared, class names"));
    connect(settings, &QAction::triggered, this, [this] { showModelSettings(m_workspace, m_window); });
}

void OpenActions::askForPicture() {
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Open picture"), {},
        tr("Pictures (%1);;All files (*)").arg(pictureNameFilters().join(QLatin1Char(' '))));
    if (!path.isEmpty())
        m_workspace.openPictureFile(path);
}

void OpenActions::askForWeights() {
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Open weights"), {},
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
        open(*data);
    else
        m_workspace.post({Notice::Kind::Information, tr("There is no picture on the clipboard."), {}});
}

bool OpenActions::canOpen(const QMimeData& data) {
    return data.hasUrls() || data.hasImage();
}

void OpenActions::open(const QMimeData& data) {
    if (!data.hasUrls()) {
        m_workspace.openPicture(qvariant_cast<QImage>(data.imageData()), tr("Clipboard"));
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

#include "ui/window/CompareActions.h"

#include "ui/workspace/Comparing.h"
#include "ui/workspace/FileDialogs.h"

#include <QAction>
#include <QMenu>

namespace resnet::ui {

CompareActions::CompareActions(Workspace& workspace, const WindowResources& resources, QWidget* window)
    : QObject(window),
      m_workspace(workspace),
      m_window(window),
      m_menu(new QMenu(tr("&Compare with"), window)) {
    m_menu->setToolTipsVisible(true);
    add(tr("Picture or network from a &file…"),
        tr("The other side, B: another picture, or another network on the same picture"),
        [this] { askForFile(); });
    auto* samples = m_menu->addMenu(tr("&Sample"));
    samples->setEnabled(!resources.samples.isEmpty());
    for (const SamplePicture& sample : resources.samples)
        connect(samples->addAction(sample.title), &QAction::triggered, this,
                [this, path = sample.path] { m_workspace.compareWithFile(path); });
    addTwin(tr("Twin &without shortcuts"), resources.training.plainTwin);
    addTwin(tr("Twin with s&hortcuts"), resources.training.residualTwin);
    m_menu->addSeparator();
    m_network = add(
        tr("The &network as it is now"),
        tr("Keeps it as B, with its settings and changed parts, whatever is opened or changed next"), [this] {
            m_workspace.compareWith({tr("%1, kept").arg(QString::fromStdString(m_workspace.model()->title)),
                                     m_workspace.model(), nullptr, m_workspace.edits()});
        });
    m_picture =
        add(tr("The &picture as it is now"), tr("Keeps it as B, whatever picture is opened next"), [this] {
            m_workspace.compareWith({m_workspace.picture()->name, nullptr, m_workspace.picture(), {}});
        });
    m_menu->addSeparator();
    m_stop = add(tr("Nothing &else any more"), {}, [this] { m_workspace.compareWith({}); });
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model | Changes::Picture | Changes::Shown))
            updateState();
    });
    updateState();
}

QAction* CompareActions::add(const QString& text, const QString& toolTip, std::function<void()> run) {
    QAction* action = m_menu->addAction(text);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, std::move(run));
    return action;
}

void CompareActions::addTwin(const QString& text, const QString& file) {
    QAction* twin = add(text, tr("The small network that was trained like the other twin"),
                        [this, file] { m_workspace.compareWithFile(file); });
    twin->setEnabled(!file.isEmpty());
    if (file.isEmpty())
        twin->setToolTip(tr("The twin's file is missing"));
}

void CompareActions::askForFile() {
    const QString path = m_workspace.files().askForFile(FileDialogs::Kind::Pictures, m_window,
                                                        tr("Compare with a picture or a network"));
    if (!path.isEmpty())
        m_workspace.compareWithFile(path);
}

void CompareActions::updateState() {
    m_network->setEnabled(m_workspace.model() != nullptr);
    m_picture->setEnabled(m_workspace.picture() != nullptr);
    const ComparedWith& with = m_workspace.comparedWith();
    m_stop->setEnabled(!with.isEmpty());
    m_stop->setToolTip(with.isEmpty() ? tr("Nothing was chosen")
                                      : tr("Stops comparing with %1").arg(with.name));
}

}  // namespace resnet::ui

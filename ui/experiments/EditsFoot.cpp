#include "ui/experiments/EditsFoot.h"

#include "core/network/EditsFile.h"
#include "ui/exports/WholeFile.h"
#include "ui/workspace/FileDialogs.h"
#include "ui/workspace/HistoryKeeper.h"

#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>

namespace resnet::ui {

namespace {

constexpr qint64 mostBytes = 1 << 20;

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(file.errorString().toStdString());
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        throw Error("expected a small text of changes, found more than 1 MB");
    return bytes;
}

}  // namespace

EditsFoot::EditsFoot(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_saving(tr("not enough memory to save the changes")),
      m_opening(tr("not enough memory to open the changes")) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(3 * Theme::grid);
    m_save = add(tr("Save as text…"), {});
    m_open = add(tr("Open…"), {});
    m_undo = add(tr("Undo"), {});
    m_reset = add(tr("Reset"), {});
    connect(m_save, &QPushButton::clicked, this, [this] {
        const QString path =
            m_workspace.files().askWhereToSave(FileDialogs::Kind::Changes, this, tr("Save the changes"),
                                               QStringLiteral("edits.txt"), tr("Text (*.txt)"));
        if (!path.isEmpty())
            save(path);
    });
    connect(m_open, &QPushButton::clicked, this, [this] {
        const QString path = m_workspace.files().askForFile(
            FileDialogs::Kind::Changes, this, tr("Open changes"), tr("Text (*.txt);;All files (*)"));
        if (!path.isEmpty())
            open(path);
    });
    connect(m_undo, &QPushButton::clicked, &m_workspace.history(), &HistoryKeeper::undo);
    connect(m_reset, &QPushButton::clicked, this, [this] { m_workspace.setEdits({}); });
    connect(&m_workspace.history(), &HistoryKeeper::changed, this, &EditsFoot::refresh);
    refresh();
}

QPushButton* EditsFoot::add(const QString& text, const QString& toolTip) {
    auto* button = new QPushButton(text);
    button->setProperty("role", QStringLiteral("link"));
    button->setAccessibleName(text);
    button->setToolTip(toolTip);
    layout()->addWidget(button);
    return button;
}

void EditsFoot::refresh() {
    const bool isThere = m_workspace.model() != nullptr;
    const bool isChanged = isThere && !m_workspace.edits().isEmpty();
    const History::Entry* last = m_workspace.history().undoable();
    const bool canUndo = last && last->change == Change::Edits;
    const QString unchanged = tr("Nothing is changed");
    m_save->setEnabled(isChanged);
    m_save->setToolTip(isChanged ? tr("A line a change, as --edit reads it: layer3.2:F=0") : unchanged);
    m_open->setEnabled(isThere);
    m_open->setToolTip(isThere ? tr("Changes that were saved as text") : tr("Open a network first"));
    m_undo->setEnabled(canUndo);
    m_undo->setToolTip(canUndo ? tr("Takes back the last change (Ctrl+Z)")
                               : tr("The last thing done was no change of the network"));
    m_reset->setEnabled(isChanged);
    m_reset->setToolTip(isChanged ? tr("The network as it was opened") : unchanged);
}

void EditsFoot::save(const QString& path) {
    const QByteArray text =
        QByteArray::fromStdString(fileTextOf(m_workspace.edits(), m_workspace.session().graph()));
    m_saving.start([path, text](const BackgroundJob::Context&) { writeWholeFile(path, text); },
                   [this, path] { m_workspace.post(savedNotice(path)); },
                   [this](const Error& error) { m_workspace.post(error); });
}

void EditsFoot::open(const QString& path) {
    m_opening.start(
        [path, model = m_workspace.model()](const BackgroundJob::Context&) {
            return editsFromFile(bytesOf(path).toStdString(), model->graph());
        },
        [this](const Edits& edits) { m_workspace.setEdits(edits); },
        [this, path](const Error& error) {
            m_workspace.post(Error(QFileInfo(path).fileName().toStdString() + ": " + error.what()));
        });
}

}  // namespace resnet::ui

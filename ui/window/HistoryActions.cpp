#include "ui/window/HistoryActions.h"

#include "ui/words/EditWords.h"
#include "ui/words/StepWords.h"
#include "ui/words/Wording.h"
#include "ui/workspace/HistoryKeeper.h"

#include <QAction>

namespace resnet::ui {

HistoryActions::HistoryActions(Workspace& workspace, QObject* parent)
    : QObject(parent), undo(new QAction(this)), redo(new QAction(this)), m_workspace(workspace) {
    undo->setShortcut(Qt::CTRL | Qt::Key_Z);
    redo->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    HistoryKeeper& history = m_workspace.history();
    connect(undo, &QAction::triggered, &history, &HistoryKeeper::undo);
    connect(redo, &QAction::triggered, &history, &HistoryKeeper::redo);
    connect(&history, &HistoryKeeper::changed, this, &HistoryActions::updateState);
    updateState();
}

void HistoryActions::updateState() {
    const HistoryKeeper& history = m_workspace.history();
    tell(undo, tr("&Undo"), history.undoable(), tr("Nothing was selected or set yet"));
    tell(redo, tr("R&edo"), history.redoable(), tr("Nothing was undone"));
}

void HistoryActions::tell(QAction* action, const QString& does, const History::Entry* entry,
                          const QString& whyNot) {
    action->setEnabled(entry);
    action->setText(entry ? tr("%1: %2").arg(does, describe(*entry)) : does);
    action->setToolTip(
        entry ? QStringLiteral("%1 (%2)").arg(action->text().remove(QLatin1Char('&')),
                                              action->shortcut().toString(QKeySequence::NativeText))
              : whyNot);
}

QString HistoryActions::describe(const History::Entry& entry) const {
    const Model& model = *m_workspace.model();
    const Focus& focus = entry.state.focus;
    const std::optional<Cell> cell = focus.cell(model.graph());
    switch (entry.change) {
        case Change::Step:
            return tr("step %1").arg(titleOf(model.graph(), focus.step));
        case Change::Channel:
            return channelName(model, focus.step, focus.channel);
        case Change::Cell:
            return cell ? cellName(*cell) : tr("no cell");
        case Change::PanelView:
            return tr("what the panel shows");
        case Change::Sort:
            return tr("order of the channels");
        case Change::Scale:
            return tr("scale of the colours");
        case Change::Colors:
            return tr("colours");
        case Change::Filter:
            return tr("filter");
        case Change::Shading:
            return tr("shading of the blocks");
        case Change::Edits:
            return changeWords(entry.editsBefore, entry.state.edits);
        case Change::Norms:
            return tr("thickness of the lines");
        case Change::Quantity:
            return tr("values or gradients");
        case Change::Side:
            return tr("now or before");
    }
    return {};
}

}  // namespace resnet::ui

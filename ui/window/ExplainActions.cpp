#include "ui/window/ExplainActions.h"

#include <QAction>
#include <QDialog>
#include <QHBoxLayout>
#include <QScreen>

namespace resnet::ui {

ExplainActions::ExplainActions(Workspace& workspace, ViewEntries views, QWidget* window)
    : QObject(window), m_workspace(workspace), m_views(std::move(views)), m_window(window) {
    for (const ViewEntry& view : m_views) {
        auto* action = new QAction(view.name, this);
        action->setShortcut(view.shortcut);
        connect(action, &QAction::triggered, this, [this, &view] { open(view); });
        m_actions[view.key] = action;
    }
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            updateState();
    });
    updateState();
}

QList<QAction*> ExplainActions::all() const {
    QList<QAction*> actions;
    for (const ViewEntry& view : m_views)
        actions << action(view.key);
    return actions;
}

void ExplainActions::updateState() {
    const bool isOpen = m_workspace.model() != nullptr;
    for (const ViewEntry& view : m_views) {
        action(view.key)->setEnabled(isOpen);
        action(view.key)->setToolTip(
            isOpen ? QStringLiteral("%1 (%2)").arg(view.tip, view.shortcut.toString(QKeySequence::NativeText))
                   : tr("No network is open"));
    }
}

void ExplainActions::open(const ViewEntry& view) {
    QPointer<QDialog>& dialog = m_dialogs[view.key];
    if (!dialog) {
        dialog = new QDialog(m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(QString(view.name).remove(QLatin1Char('&')));
        dialog->setProperty("role", QStringLiteral("paper"));
        auto* row = new QHBoxLayout(dialog);
        row->setContentsMargins(0, Theme::grid, 0, Theme::grid);  // the views have margins of their own
        row->setSpacing(0);
        for (View* each : view.make(m_workspace)) {
            each->setProperty("role", QStringLiteral("column"));
            row->addWidget(each, row->isEmpty() ? 1 : 0);
        }
        if (view.sharesKeys)
            dialog->addActions(m_window->actions());
        // Qt would give it two thirds of the screen at most.
        dialog->resize(dialog->sizeHint().boundedTo(m_window->screen()->availableSize() * 0.9));
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

}  // namespace resnet::ui

#include "ui/window/ExplainActions.h"

#include "ui/explain/ClassEvidenceView.h"
#include "ui/explain/FoldingView.h"
#include "ui/explain/PlaceView.h"
#include "ui/explain/TraceView.h"

#include <QAction>
#include <QDialog>
#include <QHBoxLayout>
#include <QScreen>

namespace resnet::ui {

ExplainActions::ExplainActions(Workspace& workspace, QWidget* window)
    : QObject(window),
      whereFrom(new QAction(tr("Where does this &number come from?"), this)),
      whyClass(new QAction(tr("Wh&y this class?"), this)),
      folding(new QAction(tr("Batch norm, &folded"), this)),
      m_workspace(workspace),
      m_window(window) {
    whereFrom->setShortcut(Qt::CTRL | Qt::Key_T);
    whyClass->setShortcut(Qt::CTRL | Qt::Key_Y);
    folding->setShortcut(Qt::CTRL | Qt::Key_B);
    connect(folding, &QAction::triggered, this, &ExplainActions::showFolding);
    connect(whereFrom, &QAction::triggered, this, &ExplainActions::showWhereFrom);
    connect(whyClass, &QAction::triggered, this, &ExplainActions::showWhyClass);
    connect(&m_workspace, &Workspace::modelChanged, this, &ExplainActions::updateState);
    updateState();
}

void ExplainActions::updateState() {
    const bool isOpen = m_workspace.model() != nullptr;
    whereFrom->setEnabled(isOpen);
    whyClass->setEnabled(isOpen);
    folding->setEnabled(isOpen);
    const QString whyNot = tr("No network is open");
    whereFrom->setToolTip(isOpen ? tr("The arithmetic behind the selected cell (Ctrl+T)") : whyNot);
    whyClass->setToolTip(
        isOpen ? tr("Which parts of the picture speak for a class, and which against it (Ctrl+Y)") : whyNot);
    folding->setToolTip(
        isOpen
            ? tr("Batch norm and convolution as one: the algebra with this channel's numbers, and the measured difference (Ctrl+B)")
            : whyNot);
}

void ExplainActions::showWhereFrom() {
    // All views mark the same cell: without one, that which the map says most at.
    if (!m_workspace.cell())
        m_workspace.selectCell(tracedCell(m_workspace));
    open(m_whereFromDialog, tr("Where does this number come from?"), [this] {
        return QList<QWidget*>{new TraceView(m_workspace), new PlaceView(m_workspace)};
    });
    m_whereFromDialog->addActions(m_window->actions());  // steps go on from here as well
}

void ExplainActions::showWhyClass() {
    open(m_whyClassDialog, tr("Why this class?"),
         [this] { return QList<QWidget*>{new ClassEvidenceView(m_workspace)}; });
}

void ExplainActions::showFolding() {
    open(m_foldingDialog, tr("Batch norm, folded into the convolution"),
         [this] { return QList<QWidget*>{new FoldingView(m_workspace)}; });
    m_foldingDialog->addActions(m_window->actions());
}

void ExplainActions::open(QPointer<QDialog>& dialog, const QString& title,
                          const std::function<QList<QWidget*>()>& make) {
    if (!dialog) {
        dialog = new QDialog(m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(title);
        dialog->setProperty("role", QStringLiteral("paper"));
        auto* row = new QHBoxLayout(dialog);
        row->setContentsMargins(0, Theme::grid, 0, Theme::grid);  // the views have margins of their own
        row->setSpacing(0);
        for (QWidget* view : make())
            row->addWidget(view, row->isEmpty() ? 1 : 0);
        // Qt would give it two thirds of the screen at most.
        dialog->resize(dialog->sizeHint().boundedTo(m_window->screen()->availableSize() * 0.9));
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

}  // namespace resnet::ui

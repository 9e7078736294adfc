#include "ui/window/Menus.h"

#include "ui/Words.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/diagram/DiagramViewMenu.h"
#include "ui/experiments/ShownSwitch.h"
#include "ui/steps/StepActions.h"
#include "ui/window/CompareActions.h"
#include "ui/window/ExperimentActions.h"
#include "ui/window/ExportActions.h"
#include "ui/window/FindBox.h"
#include "ui/window/HelpActions.h"
#include "ui/window/HistoryActions.h"
#include "ui/window/Keyboard.h"
#include "ui/window/LastSession.h"
#include "ui/window/MapActions.h"
#include "ui/window/OpenActions.h"
#include "ui/window/ViewActions.h"
#include "ui/window/Workbench.h"

#include <QMenu>
#include <QMenuBar>

namespace resnet::ui {

namespace {

QMenu* add(QMenuBar& bar, const QString& title) {
    QMenu* menu = bar.addMenu(title);
    menu->setToolTipsVisible(true);
    return menu;
}

void fillFile(QMenu& menu, const WindowActions& actions, QWidget* window) {
    actions.open->addTo(menu);
    menu.addAction(actions.session->reopenAction());
    menu.addSeparator();
    menu.addMenu(actions.exports->menu());
    menu.addAction(actions.showSaved);
    menu.addSeparator();
    QAction* quit = menu.addAction(Words::tr("&Quit"), window, &QWidget::close);
    quit->setShortcut(Qt::CTRL | Qt::Key_Q);
    quit->setToolTip(Words::tr("Close the window (Ctrl+Q)"));
}

void fillEdit(QMenu& menu, const WindowActions& actions) {
    menu.addActions({actions.history->undo, actions.history->redo});
    menu.addSeparator();
    menu.addActions({actions.exports->copyAction(), actions.exports->copyNumberAction()});
    menu.addSeparator();
    menu.addAction(actions.find->openAction());
    menu.addSeparator();
    menu.addAction(actions.preferences);
}

void fillView(QMenu& menu, const WindowActions& actions) {
    for (int tab = 0; tab < actions.workbench->tabCount(); ++tab) {
        const QList<QAction*> views = actions.workbench->actions(tab);
        if (views.size() == 1) {
            menu.addActions(views);
            continue;
        }
        QMenu* sub = menu.addMenu(actions.workbench->tab(tab).name);
        sub->setToolTipsVisible(true);
        sub->addActions(views);
    }
    menu.addAction(actions.workbench->tearOffAction());
    menu.addSeparator();
    menu.addMenu(actions.shown->choices());
    menu.addActions(actions.view->levels());
    DiagramViewMenu* diagram = actions.diagram->viewMenu();
    diagram->setTitle(Words::tr("&Diagram"));
    menu.addMenu(diagram);
    menu.addMenu(actions.maps->menu());
    menu.addSeparator();
    menu.addActions(actions.view->places());
    menu.addAction(actions.view->resetAction());
    menu.addSeparator();
    QMenu* themes = menu.addMenu(Words::tr("&Theme"));
    themes->setToolTipsVisible(true);
    themes->addActions(actions.view->themes());
    QMenu* sizes = menu.addMenu(Words::tr("Te&xt size"));
    sizes->setToolTipsVisible(true);
    sizes->addActions(actions.view->textSizes());
}

void fillGo(QMenu& menu, const WindowActions& actions) {
    for (QAction* each : actions.step->all())
        if (each != actions.step->restart)
            menu.addAction(each);
    menu.addSeparator();
    menu.addActions(
        {actions.diagram->backAction(), actions.diagram->forwardAction(), actions.diagram->sideAction()});
    menu.addSeparator();
    menu.addActions(actions.step->paces->actions());
    menu.addSeparator();
    menu.addActions({actions.step->backward, actions.step->loop});
    menu.addSeparator();
    menu.addActions({actions.keyboard->nextAction(), actions.keyboard->backAction()});
}

void fillExplain(QMenu& menu, const WindowActions& actions) {
    menu.addActions({actions.workbench->action(QStringLiteral("number")),
                     actions.workbench->action(QStringLiteral("class")),
                     actions.workbench->action(QStringLiteral("folding"))});
    menu.addSeparator();
    menu.addAction(actions.help->whatIsThis);
}

}  // namespace

void fillMenuBar(QMenuBar& bar, const WindowActions& actions) {
    QWidget* window = bar.window();
    fillFile(*add(bar, Words::tr("&File")), actions, window);
    fillEdit(*add(bar, Words::tr("&Edit")), actions);
    fillView(*add(bar, Words::tr("&View")), actions);
    fillGo(*add(bar, Words::tr("&Go")), actions);
    fillExplain(*add(bar, Words::tr("E&xplain")), actions);
    QMenu& experiment = *add(bar, Words::tr("Ex&periment"));
    experiment.addAction(actions.workbench->action(QStringLiteral("whatif")));
    experiment.addAction(actions.workbench->action(QStringLiteral("compare")));
    experiment.addSeparator();
    experiment.addActions(actions.experiment->all());
    experiment.addSeparator();
    experiment.addMenu(actions.compare->menu());
    experiment.addSeparator();
    experiment.addAction(actions.step->restart);
    add(bar, Words::tr("&Help"))
        ->addActions({actions.help->welcome, actions.help->tour, actions.help->whyShortcuts,
                      actions.help->whatIsThis, actions.help->keys, actions.help->guide,
                      actions.help->about});
    const auto share = [window](const auto& self, const QMenu& menu) -> void {
        for (QAction* each : menu.actions())
            if (each->menu())
                self(self, *each->menu());
            else
                window->addAction(each);
    };
    for (const QAction* menu : bar.actions())
        share(share, *menu->menu());
}

}  // namespace resnet::ui

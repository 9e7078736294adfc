#include "ui/window/MapActions.h"

#include "ui/activations/MapControls.h"

#include <QActionGroup>
#include <QMenu>

namespace resnet::ui {

MapActions::MapActions(Workspace& workspace, QWidget* window)
    : QObject(window), m_workspace(workspace), m_menu(new QMenu(tr("&Order, scale and colours"), window)) {
    add(tr("Order of the &channels"), MapControls::sortNames(),
        [](ViewSettings& settings, int choice) { settings.sortKey = SortKey(choice); });
    add(tr("Sca&le of the maps"), MapControls::scaleNames(),
        [](ViewSettings& settings, int choice) { settings.scope = ScaleScope(choice); });
    add(tr("Colou&rs of the maps"), MapControls::colorNames(),
        [](ViewSettings& settings, int choice) { settings.colors = MapControls::colorsNamed(choice); });
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model | Changes::Step | Changes::Settings))
            showChoices();
    });
    showChoices();
}

void MapActions::add(const QString& title, const QStringList& choices, const Choose& choose) {
    QMenu* menu = m_menu->addMenu(title);
    menu->setToolTipsVisible(true);
    auto* group = new QActionGroup(this);
    for (int choice = 0; choice < choices.size(); ++choice) {
        QAction* action = menu->addAction(choices[choice]);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choose, choice] {
            ViewSettings settings = m_workspace.settings();
            choose(settings, choice);
            m_workspace.setSettings(settings);
        });
    }
    m_menus << menu;
}

// Of single values, some choices mean nothing.
void MapActions::showChoices() {
    const ViewSettings& settings = m_workspace.settings();
    const int chosen[] = {int(settings.sortKey), int(settings.scope),
                          MapControls::colorNumber(settings.colors)};
    const ModelPtr& model = m_workspace.model();
    const bool isVector = model && model->graph().outputShape(m_workspace.currentStep()).isVector();
    const auto allow = [&](QAction* action, bool isAllowed, const QString& whyNot) {
        action->setEnabled(isAllowed);
        action->setToolTip(isAllowed ? QString() : whyNot);
    };
    for (int menu = 0; menu < m_menus.size(); ++menu) {
        const QList<QAction*> actions = m_menus[menu]->actions();
        actions[chosen[menu]]->setChecked(true);
        for (QAction* action : actions)
            allow(action, model && (menu == 0 || !isVector),
                  !model ? tr("No network is open") : tr("This step has single values, shown as bars"));
    }
    if (model)
        allow(m_menus[0]->actions()[int(SortKey::Similarity)], !isVector,
              tr("Single values have no likeness"));
}

}  // namespace resnet::ui

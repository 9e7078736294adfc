#include "ui/diagram/DiagramViewMenu.h"

#include "ui/diagram/DiagramCanvas.h"

#include <QActionGroup>

namespace resnet::ui {

DiagramViewMenu::DiagramViewMenu(DiagramCanvas* canvas, QWidget* parent) : QMenu(parent) {
    setToolTipsVisible(true);
    addAction(tr("Fit the diagram\tF"), canvas, &DiagramCanvas::fit);
    addAction(tr("Zoom in\t+"), canvas, [canvas] { canvas->zoomBy(DiagramCanvas::keyZoom); });
    addAction(tr("Zoom out\t−"), canvas, [canvas] { canvas->zoomBy(1.0 / DiagramCanvas::keyZoom); });
    addSeparator();
    connect(addSwitch(tr("Overview map when zoomed in"), true), &QAction::toggled, canvas,
            &DiagramCanvas::setMinimapShown);
    m_norms = addSwitch(tr("Line thickness shows norms"), false);
    connect(m_norms, &QAction::toggled, this, &DiagramViewMenu::normsToggled);
    addSeparator();
    addShadings();
}

QAction* DiagramViewMenu::addSwitch(const QString& name, bool isOn) {
    QAction* action = addAction(name);
    action->setCheckable(true);
    action->setChecked(isOn);
    return action;
}

void DiagramViewMenu::addShadings() {
    m_shadings = new QActionGroup(this);
    for (const auto& [name, by] : {std::pair(tr("Blocks show feature maps"), ShadedBy::Nothing),
                                   {tr("Shade by time of this run"), ShadedBy::Time},
                                   {tr("Shade by parameters"), ShadedBy::Parameters},
                                   {tr("Shade by multiply-adds"), ShadedBy::MultiplyAdds},
                                   {tr("Shade by output size"), ShadedBy::Memory},
                                   {tr("Shade by the difference from B"), ShadedBy::Difference}}) {
        QAction* action = addSwitch(name, by == ShadedBy::Nothing);
        m_shadings->addAction(action);
        connect(action, &QAction::triggered, this, [this, by = by] { Q_EMIT shadingChosen(by); });
    }
}

void DiagramViewMenu::setComparable(bool isComparable) {
    QAction* difference = m_shadings->actions().at(int(ShadedBy::Difference));
    difference->setEnabled(isComparable);
    difference->setToolTip(
        isComparable
            ? QString()
            : tr("There is nothing to compare with: change a part, or choose Experiment > Compare with"));
}

void DiagramViewMenu::showSettings(const ViewSettings& settings) {
    m_norms->setChecked(settings.areNormsShown);
    m_shadings->actions().at(int(settings.shadedBy))->setChecked(true);
}

}  // namespace resnet::ui

#include "ui/experiments/ShownSwitch.h"

#include "ui/words/Wording.h"
#include "ui/workspace/Comparing.h"

#include <QActionGroup>
#include <QMenu>

namespace resnet::ui {

namespace {

void choose(Workspace& workspace, Quantity quantity) {
    ViewSettings settings = workspace.settings();
    settings.quantity = quantity;
    workspace.setSettings(settings);
}

void choose(Workspace& workspace, Side side) {
    ViewSettings settings = workspace.settings();
    settings.side = side;
    workspace.setSettings(settings);
}

}  // namespace

ShownSwitch::ShownSwitch(Workspace& workspace, QWidget* parent)
    : QToolButton(parent), m_workspace(workspace), m_choices(new QMenu(tr("What is s&hown"), this)) {
    setProperty("role", QStringLiteral("chip"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setCheckable(true);
    m_choices->setToolTipsVisible(true);
    auto* quantities = new QActionGroup(this);
    add(quantities, Quantity::Values, tr("What the network computes"));
    add(quantities, Quantity::Gradient,
        tr("By how much the score of the class in question grows for each unit that a value is larger"));
    add(quantities, Quantity::ValueTimesGradient,
        tr("Each value times its gradient: its share of the score, were all else held"));
    QAction* nextQuantity =
        m_choices->addAction(tr("Next &quantity"), this, &ShownSwitch::chooseNextQuantity);
    nextQuantity->setShortcut(Qt::CTRL | Qt::Key_G);
    m_choices->addSeparator();
    auto* sides = new QActionGroup(this);
    add(sides, Side::Now, tr("Of the network and the picture that are open"));
    add(sides, Side::Before, {});
    add(sides, Side::Difference, {});
    m_nextSide = m_choices->addAction(tr("Ne&xt side"), this, &ShownSwitch::chooseNextSide);
    m_nextSide->setShortcut(Qt::CTRL | Qt::Key_D);
    setMenu(m_choices);
    connect(&m_workspace, &Workspace::changed, this, &ShownSwitch::follow);
    showChoice();
}

template <typename Choice>
QAction* ShownSwitch::add(QActionGroup* group, Choice choice, const QString& toolTip) {
    QAction* action = m_choices->addAction(capitalised(nameOf(choice)));
    action->setCheckable(true);
    action->setToolTip(toolTip);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, choice] { choose(m_workspace, choice); });
    if constexpr (std::is_same_v<Choice, Quantity>)
        m_quantities[std::size_t(choice)] = action;
    else
        m_sides[std::size_t(choice)] = action;
    return action;
}

void ShownSwitch::follow(const Changes& changes) {
    if (changes.have(Changes::anySession | Changes::Settings | Changes::Shown | Changes::Edits))
        showChoice();
}

QString ShownSwitch::whyNoOther() const {
    if (m_workspace.shown().hasBefore())
        return {};
    return m_workspace.comparedWith().isEmpty()
               ? tr("There is nothing to compare with: change a part of the network, or choose Experiment > Compare with")
               : tr("%1 is not computed yet").arg(m_workspace.comparedWith().name);
}

void ShownSwitch::showChoice() {
    const ShownMaps& shown = m_workspace.shown();
    const QString whyNot = whyNoOther();
    const bool isChosen = !m_workspace.comparedWith().isEmpty();
    action(shown.quantity())->setChecked(true);
    action(shown.side())->setChecked(true);
    for (const Side side : {Side::Before, Side::Difference})
        action(side)->setEnabled(whyNot.isEmpty());
    m_nextSide->setEnabled(whyNot.isEmpty());
    m_nextSide->setToolTip(whyNot);
    const QString other = isChosen ? m_workspace.comparedWith().name : tr("the network as it was opened");
    action(Side::Before)->setText(isChosen ? tr("&B: %1").arg(other) : tr("&Before"));
    action(Side::Before)->setToolTip(whyNot.isEmpty() ? tr("Of %1").arg(other) : whyNot);
    action(Side::Difference)
        ->setToolTip(whyNot.isEmpty() ? tr("Now minus %1, on the same scale").arg(other) : whyNot);
    const QString name = nameOf(shown.quantity(), shown.side());
    setText(name.isEmpty() ? tr("Values") : capitalised(name));
    setChecked(!name.isEmpty());
    setAccessibleName(tr("What is shown of the steps: %1").arg(name.isEmpty() ? tr("values, now") : name));
    setToolTip(tr(
        "What all views show: values, gradients or their products (Ctrl+G); now, before or the difference (Ctrl+D)"));
}

void ShownSwitch::chooseNextQuantity() {
    choose(m_workspace, Quantity((int(m_workspace.settings().quantity) + 1) % int(m_quantities.size())));
}

void ShownSwitch::chooseNextSide() {
    choose(m_workspace, Side((int(m_workspace.shown().side()) + 1) % int(m_sides.size())));
}

}  // namespace resnet::ui

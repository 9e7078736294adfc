#include "ui/activations/ChoiceButton.h"

#include <QActionGroup>
#include <QMenu>

namespace resnet::ui {

ChoiceButton::ChoiceButton(const QString& label, const QStringList& choices, QWidget* parent)
    : QToolButton(parent), m_label(label), m_choices(choices), m_group(new QActionGroup(this)) {
    setProperty("role", QStringLiteral("compact"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    for (int i = 0; i < choices.size(); ++i) {
        QAction* action = menu->addAction(choices[i]);
        action->setCheckable(true);
        m_group->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] {
            setChoice(i);
            Q_EMIT chosen(i);
        });
    }
    setMenu(menu);
    setChoice(0);
}

void ChoiceButton::setChoice(int choice) {
    m_choice = choice;
    m_group->actions().at(choice)->setChecked(true);
    updateText();
}

void ChoiceButton::setShownChoice(const QString& text) {
    m_shown = text;
    updateText();
}

void ChoiceButton::setChoiceEnabled(int choice, bool enabled, const QString& reason) {
    QAction* action = m_group->actions().at(choice);
    action->setEnabled(enabled);
    action->setToolTip(enabled ? QString() : reason);
}

void ChoiceButton::updateText() {
    const QString shown = m_shown.isEmpty() ? m_choices[m_choice] : m_shown;
    const QString text = QStringLiteral("%1: %2").arg(m_label, shown.toLower());
    setText(text);
    setAccessibleName(QString(text).remove(QLatin1Char('&')));
}

}  // namespace resnet::ui

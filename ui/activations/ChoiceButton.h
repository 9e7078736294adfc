#pragma once

#include <QStringList>
#include <QToolButton>

class QActionGroup;

namespace resnet::ui {

// A compact button that says what is chosen and opens a menu of the choices: "Sort: deviation".
class ChoiceButton : public QToolButton {
    Q_OBJECT
public:
    // `label` may hold a mnemonic: "S&ort".
    ChoiceButton(const QString& label, const QStringList& choices, QWidget* parent = nullptr);

    int choice() const { return m_choice; }
    void setChoice(int choice);
    // What the button says instead of the choice's own name; empty: the name.
    void setShownChoice(const QString& text);
    // A disabled choice says why in its tooltip.
    void setChoiceEnabled(int choice, bool enabled, const QString& reason = {});

Q_SIGNALS:
    void chosen(int choice);

private:
    void updateText();

    QString m_label;
    QStringList m_choices;
    QString m_shown;
    QActionGroup* m_group;
    int m_choice = 0;
};

}  // namespace resnet::ui

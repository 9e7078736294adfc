#pragma once

#include "ui/widgets/ChoiceBox.h"

#include <optional>
#include <vector>

namespace resnet::ui {

// A choice of a class, the best first, with a search that finds any part of a name; "none" comes first where
// there is such a choice. Places in the list are not classes: ask for currentClass().
class ClassBox : public ChoiceBox {
    Q_OBJECT
public:
    // `none` stands for no class; empty: there is always one.
    explicit ClassBox(const QString& none, QWidget* parent = nullptr);

    // Of each class; with no scores, or fewer, they keep their order. Keeps what is chosen, if it is there.
    void setClasses(const QStringList& names, const std::vector<float>& scores);
    std::optional<int> currentClass() const;
    // Tells nobody. Nothing, or a class there is not: none, or the first.
    void setCurrentClass(std::optional<int> index);

Q_SIGNALS:
    // By the person.
    void classChosen();

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    const QString m_none;
    QStringList m_names;
    std::vector<int> m_order;
};

}  // namespace resnet::ui

#include "ui/widgets/Chips.h"

#include <QButtonGroup>
#include <QToolButton>

namespace resnet::ui {

QButtonGroup* chips(const QList<std::pair<QString, QString>>& textsAndTips, QObject* parent) {
    auto* group = new QButtonGroup(parent);
    for (const auto& [text, tip] : textsAndTips) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(text);
        button->setCheckable(true);
        button->setProperty("role", QStringLiteral("chip"));
        group->addButton(button, int(group->buttons().size()));
    }
    group->button(0)->setChecked(true);
    return group;
}

}  // namespace resnet::ui

#include "ui/widgets/MenuHeading.h"

#include <QLabel>
#include <QMenu>
#include <QWidgetAction>

namespace resnet::ui {

void addHeading(QMenu& menu, const QString& title) {
    if (!menu.isEmpty())
        menu.addSeparator();
    auto* label = new QLabel(title);
    label->setProperty("role", QStringLiteral("secondary"));
    label->setContentsMargins(18, 4, 18, 2);
    auto* heading = new QWidgetAction(&menu);
    heading->setDefaultWidget(label);
    heading->setEnabled(false);
    menu.addAction(heading);
}

}  // namespace resnet::ui

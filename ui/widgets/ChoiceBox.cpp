#include "ui/widgets/ChoiceBox.h"

#include <QAbstractItemView>
#include <QScrollBar>
#include <QStyle>

namespace resnet::ui {

void ChoiceBox::showPopup() {
    QAbstractItemView& list = *view();
    const bool scrolls = count() > maxVisibleItems();
    const int bar = scrolls ? list.verticalScrollBar()->sizeHint().width() : 0;
    const QMargins around = list.contentsMargins();
    list.setMinimumWidth(list.sizeHintForColumn(modelColumn()) + bar + around.left() + around.right());
    QComboBox::showPopup();
}

}  // namespace resnet::ui

#pragma once

#include <QComboBox>

namespace resnet::ui {

// A box of choices whose list opens below it, as wide as its longest choice: Qt gives the list the width of
// the box, and a choice that does not fit loses its middle.
class ChoiceBox : public QComboBox {
    Q_OBJECT
public:
    using QComboBox::QComboBox;

    void showPopup() override;
};

}  // namespace resnet::ui

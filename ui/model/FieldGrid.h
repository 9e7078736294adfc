#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

namespace resnet::ui {

// A row of a form: what it is, the control, and a remark beside it. Alt and the label's letter goes to the
// control.
inline QLabel* addField(QGridLayout* grid, int row, const QString& name, QWidget* control, QWidget* buddy) {
    auto* label = new QLabel(name);
    label->setBuddy(buddy);
    label->setProperty("role", QStringLiteral("secondaryBody"));
    auto* remark = new QLabel;
    remark->setProperty("role", QStringLiteral("secondary"));
    grid->addWidget(label, row, 0);
    grid->addWidget(control, row, 1);
    grid->addWidget(remark, row, 2);
    return remark;
}

inline QSpinBox* pixelsBox(int low, int high, const QString& accessibleName, const QString& toolTip) {
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setAccessibleName(accessibleName);
    box->setToolTip(toolTip);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return box;
}

}  // namespace resnet::ui

#include "ui/explain/EvidenceControls.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>

namespace resnet::ui {

EvidenceControls::EvidenceControls(QWidget* parent)
    : QWidget(parent),
      m_class(new QComboBox),
      m_compared(new QComboBox),
      m_parts(chips({{tr("Both"), tr("What speaks for the class and against it, added up")},
                     {tr("For"), tr("Only what speaks for the class")},
                     {tr("Against"), tr("Only what speaks against the class")}},
                    this)),
      m_methods(chips({{tr("Class activation"), tr("What each place of the last unit adds to the score")},
                       {tr("Occlusion"), tr("What the class loses when a patch hides part of the picture")}},
                      this)) {
    m_class->setAccessibleName(tr("Class"));
    m_compared->setAccessibleName(tr("Compared with"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * Theme::grid);
    for (QComboBox* box : {m_class, m_compared}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
        row->addWidget(box);
    }
    row->addStretch(1);
    for (QAbstractButton* button : m_parts->buttons())
        row->addWidget(button);
    row->addSpacing(3 * Theme::grid);
    for (QAbstractButton* button : m_methods->buttons())
        row->addWidget(button);

    connect(m_class, &QComboBox::activated, this, &EvidenceControls::classChosen);
    connect(m_compared, &QComboBox::activated, this, &EvidenceControls::changed);
    connect(m_parts, &QButtonGroup::idClicked, this, &EvidenceControls::changed);
    connect(m_methods, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT methodChosen(EvidenceMethod(id)); });
    setClassNames({});
    setMethod(EvidenceMethod::Activation);
}

void EvidenceControls::setClassNames(const QStringList& names) {
    m_class->clear();
    m_compared->clear();
    m_class->addItems(names);
    m_compared->addItem(tr("compare with …"));
    m_compared->addItems(names);
}

QString EvidenceControls::className(int index) const {
    return m_class->itemText(index);
}

void EvidenceControls::setClass(int index) {
    m_class->setCurrentIndex(index);
}

void EvidenceControls::setComparedClass(std::optional<int> index) {
    m_compared->setCurrentIndex(index ? *index + 1 : 0);
}

std::optional<int> EvidenceControls::comparedClass() const {
    const int index = m_compared->currentIndex() - 1;
    return m_method == EvidenceMethod::Activation && index >= 0 ? std::optional(index) : std::nullopt;
}

void EvidenceControls::setMethod(EvidenceMethod method) {
    m_method = method;
    const bool isActivation = method == EvidenceMethod::Activation;
    m_methods->button(int(method))->setChecked(true);
    m_compared->setEnabled(isActivation);
    m_compared->setToolTip(isActivation ? QString() : tr("Occlusion explains one class at a time"));
    for (QAbstractButton* button : m_parts->buttons())
        button->setVisible(isActivation);
}

void EvidenceControls::setPart(EvidencePart part) {
    m_parts->button(int(part))->setChecked(true);
}

EvidencePart EvidenceControls::part() const {
    return EvidencePart(m_parts->checkedId());
}

void EvidenceControls::setReady(bool ready) {
    m_class->setEnabled(ready);
}

}  // namespace resnet::ui

#include "ui/explain/EvidenceControls.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/ClassBox.h"
#include "ui/widgets/Labels.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>

namespace resnet::ui {

EvidenceControls::EvidenceControls(QWidget* parent)
    : QWidget(parent),
      m_class(new ClassBox({})),
      m_compared(new ClassBox(tr("compare with …"))),
      m_parts(chips({{tr("Both"), tr("What speaks for the class and against it, added up")},
                     {tr("For"), tr("Only what speaks for the class")},
                     {tr("Against"), tr("Only what speaks against the class")}},
                    this)),
      m_methods(chips({{tr("Class activation"), {}},
                       {tr("Occlusion"), tr("What the class loses when a patch hides part of the picture")}},
                      this)) {
    m_class->setAccessibleName(tr("Class"));
    m_compared->setAccessibleName(tr("Compared with"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * Theme::grid);
    for (ClassBox* box : {m_class, m_compared}) {
        box->setMinimumContentsLength(10);
        row->addWidget(box);
    }
    row->addStretch(1);
    for (QAbstractButton* button : m_parts->buttons())
        row->addWidget(button);
    row->addSpacing(3 * Theme::grid);
    for (QAbstractButton* button : m_methods->buttons())
        row->addWidget(button);

    connect(m_class, &ClassBox::classChosen, this,
            [this] { Q_EMIT classChosen(m_class->currentClass().value_or(0)); });
    connect(m_compared, &ClassBox::classChosen, this, &EvidenceControls::changed);
    connect(m_parts, &QButtonGroup::idClicked, this, &EvidenceControls::changed);
    connect(m_methods, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT methodChosen(EvidenceMethod(id)); });
    setClasses({}, {});
    setMethod(EvidenceMethod::Activation);
    setHasActivation(true);
}

void EvidenceControls::setClasses(const QStringList& names, const std::vector<float>& scores) {
    m_names = names;
    m_class->setClasses(names, scores);
    m_compared->setClasses(names, scores);
}

QString EvidenceControls::className(int index) const {
    return m_names.value(index);
}

void EvidenceControls::setClass(int index) {
    m_class->setCurrentClass(index);
}

void EvidenceControls::setComparedClass(std::optional<int> index) {
    m_compared->setCurrentClass(index);
}

std::optional<int> EvidenceControls::comparedClass() const {
    return method() == EvidenceMethod::Activation ? m_compared->currentClass() : std::nullopt;
}

void EvidenceControls::setHasActivation(bool has) {
    m_hasActivation = has;
    QAbstractButton* activation = m_methods->button(int(EvidenceMethod::Activation));
    activation->setEnabled(has);
    activation->setToolTip(
        has ? tr("What each place of the last unit adds to the score")
            : tr("The score of this network is no weighted mean of its last maps, so they do not add up to it"));
    setMethod(m_method);
}

void EvidenceControls::setMethod(EvidenceMethod chosen) {
    m_method = chosen;
    const bool isActivation = method() == EvidenceMethod::Activation;
    m_methods->button(int(method()))->setChecked(true);
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

#include "ui/model/SettingsForm.h"

#include "ui/model/ClassNamesField.h"
#include "ui/model/FamilyFields.h"
#include "ui/model/FieldGrid.h"
#include "ui/model/PreprocessingFields.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/words/SettingWords.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {
constexpr int remarkWidth = 72;  // "from the file"
}

SettingsForm::SettingsForm(QWidget* parent)
    : Card(tr("Settings"), parent),
      m_padding(new ChoiceBox),
      m_epsilon(new QLineEdit),
      m_height(pixelsBox(32, 1024, tr("Input height"), tr("Rows of pixels, 32 to 1024"))),
      m_width(pixelsBox(32, 1024, tr("Input width"), tr("Columns of pixels, 32 to 1024"))),
      m_classNames(new ClassNamesField) {
    m_padding->addItem(tr("same (Keras)"), int(Padding::Same));
    m_padding->addItem(tr("symmetric (PyTorch)"), int(Padding::Symmetric));
    m_padding->addItem(tr("same (Keras on PyTorch)"), int(Padding::SameTorch));
    m_padding->setToolTip(
        tr("Where the odd pixel of padding goes: to the bottom and right, or to every side"));
    m_epsilon->setToolTip(tr("Batch norm's epsilon: Keras takes 0.001, PyTorch 1e-5"));

    auto* size = new QWidget;
    auto* sides = new QHBoxLayout(size);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(Theme::grid);
    sides->addWidget(m_height, 1);
    sides->addWidget(new QLabel(QStringLiteral("×")));
    sides->addWidget(m_width, 1);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * Theme::grid);
    grid->setVerticalSpacing(2 * Theme::grid);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(2, remarkWidth);
    m_paddingSource = addField(grid, 0, tr("&Padding"), m_padding, m_padding);
    m_epsilonSource = addField(grid, 1, tr("&Epsilon"), m_epsilon, m_epsilon);
    m_sizeSource = addField(grid, 2, tr("&Input size"), size, m_height);
    m_preprocessing = new PreprocessingFields(grid, 3, this);
    m_classNamesSource = addField(grid, 9, tr("Class &names"), m_classNames, m_classNames);
    m_family = new FamilyFields(grid, 10, this);
    body()->addLayout(grid);
    body()->addStretch(1);

    connect(m_padding, &QComboBox::currentIndexChanged, this, &SettingsForm::changed);
    connect(m_epsilon, &QLineEdit::textChanged, this, &SettingsForm::changed);
    connect(m_height, &QSpinBox::valueChanged, this, &SettingsForm::changed);
    connect(m_width, &QSpinBox::valueChanged, this, &SettingsForm::changed);
    connect(m_preprocessing, &PreprocessingFields::changed, this, &SettingsForm::changed);
    connect(m_family, &FamilyFields::changed, this, &SettingsForm::changed);
    connect(m_classNames, &ClassNamesField::namesChanged, this, &SettingsForm::changed);
    connect(m_classNames, &ClassNamesField::failed, this, &SettingsForm::failed);
}

void SettingsForm::show(const Model& model) {
    {
        const QSignalBlocker quiet(this);  // told once, when all is put in
        const NetworkSpec& spec = model.network->spec();
        m_padding->setCurrentIndex(m_padding->findData(int(spec.padding)));
        m_epsilon->setText(numberText(spec.batchNormEpsilon));
        m_height->setValue(spec.inputHeight);
        m_width->setValue(spec.inputWidth);
        m_preprocessing->show(model.preprocessing);
        m_classNames->show(model.classNames);
        m_family->show(model);
    }
    Q_EMIT changed();
}

void SettingsForm::showSources(const SettingSources& sources) {
    m_paddingSource->setText(sourceText(sources.padding));
    m_epsilonSource->setText(sourceText(sources.batchNormEpsilon));
    m_sizeSource->setText(sourceText(sources.inputSize));
    m_preprocessing->remark()->setText(sourceText(sources.preprocessing));
    m_classNamesSource->setText(sourceText(sources.classNames));
    m_family->showSources(sources);
}

ModelRequest SettingsForm::settings() const {
    ModelRequest settings;
    settings.padding = Padding(m_padding->currentData().toInt());
    settings.batchNormEpsilon = numberIn(tr("epsilon"), m_epsilon->text());
    settings.inputHeight = m_height->value();
    settings.inputWidth = m_width->value();
    settings.preprocessing = m_preprocessing->value();
    settings.classNames = m_classNames->names();
    m_family->putInto(settings);
    return settings;
}

}  // namespace resnet::ui

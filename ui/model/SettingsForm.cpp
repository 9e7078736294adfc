#include "ui/model/SettingsForm.h"

#include "core/model/ModelSettings.h"
#include "ui/model/ClassNamesField.h"
#include "ui/model/FieldGrid.h"
#include "ui/model/PreprocessingFields.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/words/SettingWords.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

constexpr int remarkWidth = 72;  // "from the file"

// Choices that keep the parameters as they are.
void allow(QComboBox* box, bool canChange, int from, const QString& toolTip) {
    box->setEnabled(canChange);
    box->setToolTip(toolTip);
    auto* items = qobject_cast<QStandardItemModel*>(box->model());
    for (int i = 0; i < box->count(); ++i)
        items->item(i)->setEnabled(i >= from);
}

}  // namespace

// Four rows of a form: which residual network it is, as far as shapes do not tell it. What they tell stands
// there too, and cannot be changed.
class FamilyFields {
    Q_DECLARE_TR_FUNCTIONS(FamilyFields)
public:
    FamilyFields(QGridLayout* grid, int firstRow, SettingsForm* form);

    void show(const Model& model);
    void showSources(const SettingSources& sources);
    // The stride and the shortcuts, where they can be changed.
    void putInto(ModelRequest& settings) const;

private:
    struct Field {
        QComboBox* box;
        QLabel* source;
    };
    Field add(QGridLayout* grid, int row, const QString& name, const QStringList& choices);

    SettingsForm* m_form;
    Field m_unit;
    Field m_strideIn;
    Field m_shortcut;
    Field m_stem;
};

FamilyFields::FamilyFields(QGridLayout* grid, int firstRow, SettingsForm* form)
    : m_form(form),
      m_unit(add(grid, firstRow, tr("&Unit"), {tr("basic"), tr("bottleneck"), tr("pre-activation")})),
      m_strideIn(add(grid, firstRow + 1, tr("S&tride in"),
                     {tr("conv1 (1 × 1, of 2015)"), tr("conv2 (3 × 3, torchvision)")})),
      m_shortcut(
          add(grid, firstRow + 2, tr("S&hortcut"),
              {tr("projection where shapes differ"), tr("projection in every unit"),
               tr("padding (zeros before and after)"), tr("padding-after (zeros after)"), tr("none")})),
      m_stem(add(grid, firstRow + 3, tr("Ste&m"), {tr("7 × 7, stride 2, pooling"), tr("3 × 3")})) {}

FamilyFields::Field FamilyFields::add(QGridLayout* grid, int row, const QString& name,
                                      const QStringList& choices) {
    auto* box = new ChoiceBox;
    box->addItems(choices);
    box->setMinimumContentsLength(18);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    QObject::connect(box, &QComboBox::currentIndexChanged, m_form, &SettingsForm::changed);
    return {box, addField(grid, row, name, box, box)};
}

void FamilyFields::show(const Model& model) {
    const NetworkSpec& spec = model.network->spec();
    m_unit.box->setCurrentIndex(int(spec.unit));
    const bool isBottleneck = spec.unit == UnitKind::Bottleneck;
    m_strideIn.box->setPlaceholderText(tr("the first convolution"));
    m_strideIn.box->setCurrentIndex(isBottleneck ? int(spec.strideIn) : -1);
    m_shortcut.box->setCurrentIndex(int(spec.shortcut));
    m_stem.box->setCurrentIndex(int(spec.stem));
    const QString told = model.statesLayers ? tr("The file states each of its layers")
                                            : tr("The shapes of its parameters tell it");
    allow(m_unit.box, false, 0, told);
    allow(m_stem.box, false, 0, told);
    allow(m_strideIn.box, canChangeStride(model), 0,
          canChangeStride(model)
              ? tr("Which convolution of a bottleneck unit takes every second cell: shapes do not tell")
          : isBottleneck ? told
                         : tr("Only bottleneck units leave it open: here it is in the first convolution"));
    allow(m_shortcut.box, canChangeShortcut(model), int(ShortcutKind::Padding),
          canChangeShortcut(model)
              ? tr("What x becomes where the shape changes, without parameters: shapes do not tell")
              : told);
}

void FamilyFields::showSources(const SettingSources& sources) {
    m_unit.source->setText(sourceText(sources.unit));
    m_strideIn.source->setText(m_strideIn.box->isEnabled() ? sourceText(sources.strideIn) : QString());
    m_shortcut.source->setText(sourceText(sources.shortcut));
    m_stem.source->setText(sourceText(sources.stem));
}

void FamilyFields::putInto(ModelRequest& settings) const {
    if (m_strideIn.box->isEnabled())
        settings.strideIn = StrideIn(m_strideIn.box->currentIndex());
    if (m_shortcut.box->isEnabled())
        settings.shortcut = ShortcutKind(m_shortcut.box->currentIndex());
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
    m_family = std::make_unique<FamilyFields>(grid, 10, this);
    body()->addLayout(grid);
    body()->addStretch(1);

    connect(m_padding, &QComboBox::currentIndexChanged, this, &SettingsForm::changed);
    connect(m_epsilon, &QLineEdit::textChanged, this, &SettingsForm::changed);
    connect(m_height, &QSpinBox::valueChanged, this, &SettingsForm::changed);
    connect(m_width, &QSpinBox::valueChanged, this, &SettingsForm::changed);
    connect(m_preprocessing, &PreprocessingFields::changed, this, &SettingsForm::changed);
    connect(m_classNames, &ClassNamesField::namesChanged, this, &SettingsForm::changed);
    connect(m_classNames, &ClassNamesField::failed, this, &SettingsForm::failed);
}

SettingsForm::~SettingsForm() = default;

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

#include "ui/model/FamilyFields.h"

#include "core/model/ModelSettings.h"
#include "ui/model/FieldGrid.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/words/SettingWords.h"

#include <QStandardItemModel>

namespace resnet::ui {

namespace {

// Choices that keep the parameters as they are.
void allow(QComboBox* box, bool canChange, int from, const QString& toolTip) {
    box->setEnabled(canChange);
    box->setToolTip(toolTip);
    auto* items = qobject_cast<QStandardItemModel*>(box->model());
    for (int i = 0; i < box->count(); ++i)
        items->item(i)->setEnabled(i >= from);
}

}  // namespace

FamilyFields::FamilyFields(QGridLayout* grid, int firstRow, QObject* parent)
    : QObject(parent),
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
    connect(box, &QComboBox::currentIndexChanged, this, &FamilyFields::changed);
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
              ? tr("Which convolution of a bottleneck unit takes every second pixel: shapes do not tell")
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

}  // namespace resnet::ui

#include "ui/model/PreprocessingFields.h"

#include "core/image/PixelPreset.h"
#include "ui/model/FieldGrid.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/words/SettingWords.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace resnet::ui {

namespace {

constexpr int ownNumbers = -1;

std::array<QLineEdit*, 3> threeEdits() {
    return {new QLineEdit, new QLineEdit, new QLineEdit};
}

}  // namespace

PreprocessingFields::PreprocessingFields(QGridLayout* grid, int row, QObject* parent)
    : QObject(parent),
      m_preset(new ChoiceBox),
      m_order(new ChoiceBox),
      m_scale(new QLineEdit),
      m_mean(threeEdits()),
      m_deviation(threeEdits()),
      m_shorterSide(pixelsBox(
          0, 8192, tr("Shorter side"),
          tr("The picture is resized until its shorter side has so many pixels, and then cropped around the centre"))) {
    m_preset->addItem(tr("ImageNet's mean and standard deviation"), int(PixelPreset::ImageNet));
    m_preset->addItem(tr("0 to 1"), int(PixelPreset::ZeroToOne));
    m_preset->addItem(tr("−1 to 1"), int(PixelPreset::MinusOneToOne));
    m_preset->addItem(tr("0 to 255"), int(PixelPreset::Bytes));
    m_preset->addItem(tr("Numbers of your own"), ownNumbers);
    m_preset->setToolTip(tr("How 8-bit values become numbers: as in the network's training"));
    m_order->addItem(tr("RGB: red, green, blue"), int(ChannelOrder::RGB));
    m_order->addItem(tr("BGR: blue, green, red"), int(ChannelOrder::BGR));
    m_order->setToolTip(tr("Which colour comes first. OpenCV and old Keras networks take blue."));
    m_scale->setToolTip(tr("What a pixel's value (0 to 255) is multiplied with first"));
    m_shorterSide->setSpecialValueText(tr("as the input, then cropped"));
    m_shorterSide->setSuffix(tr(" pixels, then cropped"));

    m_remark = addField(grid, row, tr("Pi&xel values"), m_preset, m_preset);
    addField(grid, row + 1, tr("Sca&le"), m_scale, m_scale);
    addField(grid, row + 2, tr("&Mean"), rowOf(m_mean), m_mean[0]);
    addField(grid, row + 3, tr("Std. &deviation"), rowOf(m_deviation), m_deviation[0]);
    addField(grid, row + 4, tr("C&olours"), m_order, m_order);
    addField(grid, row + 5, tr("S&horter side"), m_shorterSide, m_shorterSide);

    connect(m_preset, &QComboBox::activated, this, &PreprocessingFields::takePreset);
    connect(m_order, &QComboBox::activated, this, [this] {
        nameChannels();
        takePreset();
    });
    connect(m_shorterSide, &QSpinBox::valueChanged, this, &PreprocessingFields::changed);
    for (QLineEdit* edit : numbers())
        connect(edit, &QLineEdit::textChanged, this, &PreprocessingFields::changed);
}

QList<QLineEdit*> PreprocessingFields::numbers() const {
    QList<QLineEdit*> edits{m_scale};
    for (const Triple& triple : {m_mean, m_deviation})
        for (QLineEdit* edit : triple)
            edits << edit;
    return edits;
}

QWidget* PreprocessingFields::rowOf(const Triple& edits) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::grid);
    for (QLineEdit* edit : edits)
        layout->addWidget(edit);
    return row;
}

void PreprocessingFields::show(const Preprocessing& preprocessing) {
    const QSignalBlocker quiet(this);
    const std::optional<PixelPreset> preset = presetOf(preprocessing);
    m_preset->setCurrentIndex(m_preset->findData(preset ? int(*preset) : ownNumbers));
    m_order->setCurrentIndex(m_order->findData(int(preprocessing.channelOrder)));
    m_shorterSide->setValue(preprocessing.shorterSide);
    showNumbers(preprocessing);
    nameChannels();
}

void PreprocessingFields::showNumbers(const Preprocessing& preprocessing) {
    m_scale->setText(numberText(preprocessing.scale));
    for (std::size_t c = 0; c < 3; ++c) {
        m_mean[c]->setText(numberText(preprocessing.mean[c]));
        m_deviation[c]->setText(numberText(preprocessing.deviation[c]));
    }
    enableNumbers();
}

void PreprocessingFields::enableNumbers() {
    for (QLineEdit* edit : numbers())
        edit->setEnabled(m_preset->currentData().toInt() == ownNumbers);
}

void PreprocessingFields::nameChannels() {
    const bool isReversed = m_order->currentData().toInt() == int(ChannelOrder::BGR);
    const QString colours[] = {tr("red"), tr("green"), tr("blue")};
    for (std::size_t c = 0; c < 3; ++c) {
        const QString colour = colours[isReversed ? 2 - c : c];
        m_mean[c]->setAccessibleName(tr("Mean of %1").arg(colour));
        m_deviation[c]->setAccessibleName(tr("Standard deviation of %1").arg(colour));
        m_mean[c]->setToolTip(tr("Subtracted from the scaled values of %1").arg(colour));
        m_deviation[c]->setToolTip(
            tr("The scaled values of %1, less the mean, are divided by it").arg(colour));
    }
}

void PreprocessingFields::takePreset() {
    const int preset = m_preset->currentData().toInt();
    if (preset == ownNumbers) {
        enableNumbers();
    } else {
        const QSignalBlocker quiet(this);  // told once, when all is put in
        showNumbers(preprocessingOf(PixelPreset(preset), ChannelOrder(m_order->currentData().toInt())));
    }
    Q_EMIT changed();
}

Preprocessing PreprocessingFields::value() const {
    Preprocessing result;
    result.scale = float(numberIn(tr("scale"), m_scale->text()));
    for (std::size_t c = 0; c < 3; ++c) {
        result.mean[c] = float(numberIn(tr("mean"), m_mean[c]->text()));
        result.deviation[c] = float(numberIn(tr("standard deviation"), m_deviation[c]->text()));
    }
    result.channelOrder = ChannelOrder(m_order->currentData().toInt());
    result.shorterSide = m_shorterSide->value();
    return result;
}

}  // namespace resnet::ui

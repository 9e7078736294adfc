#include "ui/window/NewNetworkDialog.h"

#include "core/Error.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/Numbers.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

const QString customArchitecture = QStringLiteral("custom");

QString listText(const std::vector<int>& numbers) {
    QStringList texts;
    for (const int number : numbers)
        texts << QString::number(number);
    return texts.join(QStringLiteral(", "));
}

std::vector<int> numbersIn(const QString& field, const QString& text) {
    std::vector<int> numbers;
    for (const QString& part : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        numbers.push_back(part.trimmed().toInt(&isNumber));
        if (!isNumber)
            throw Error(field.toStdString() + ": expected whole numbers with commas between, found '" +
                        text.toStdString() + "'");
    }
    return numbers;
}

QSpinBox* spinBox(int low, int high, int value, const QString& accessibleName, const QString& toolTip) {
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setAccessibleName(accessibleName);
    box->setToolTip(toolTip);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return box;
}

QComboBox* comboBox(const QString& accessibleName, const QString& toolTip) {
    auto* box = new ChoiceBox;
    box->setAccessibleName(accessibleName);
    box->setToolTip(toolTip);
    return box;
}

template <typename Value>
void choose(QComboBox* box, Value value) {
    box->setCurrentIndex(box->findData(int(value)));
}

template <typename Value>
Value chosenIn(const QComboBox* box) {
    return Value(box->currentData().toInt());
}

}  // namespace

NewNetworkDialog::NewNetworkDialog(QWidget* parent, std::optional<std::int64_t> available)
    : QDialog(parent),
      m_available(available),
      m_architecture(new ChoiceBox),
      m_unit(comboBox(tr("Kind of unit"), tr("What the main path of each residual unit is made of"))),
      m_strideIn(comboBox(tr("Stride in"), tr("Which convolution of a bottleneck unit halves the map"))),
      m_shortcut(comboBox(tr("Shortcuts"), tr("What stands beside the main path where the shape changes"))),
      m_stem(comboBox(tr("Stem"), tr("What stands before the units"))),
      m_inputChannels(comboBox(tr("Pictures"), tr("Channels of the pictures that the network takes"))),
      m_units(new QLineEdit),
      m_channels(new QLineEdit),
      m_classes(spinBox(1, 100'000, 10, tr("Classes"), tr("1 to 100,000"))),
      m_height(spinBox(16, 1024, 224, tr("Input height"), tr("Rows of pixels, up to 1024"))),
      m_width(spinBox(16, 1024, 224, tr("Input width"), tr("Columns of pixels, up to 1024"))),
      m_padding(new ChoiceBox),
      m_epsilon(new QLineEdit(QStringLiteral("0.001"))),
      m_seed(spinBox(0, 2'000'000'000, 0, tr("Seed"),
                     tr("The same seed gives the same weights on every machine"))),
      m_summary(new Paragraph),
      m_create(nullptr) {
    setWindowTitle(tr("New network"));
    m_architecture->addItem(QStringLiteral("ResNet-34"), QStringLiteral("resnet34"));
    for (const std::string& name : architectureNames())
        if (name != "resnet34")
            m_architecture->addItem(name == "plain34" ? tr("Plain-34 (no shortcuts)")
                                                      : QString::fromStdString(displayName(specNamed(name))),
                                    QString::fromStdString(name));
    m_architecture->addItem(tr("Custom"), customArchitecture);
    m_unit->addItem(tr("basic: 3 × 3, 3 × 3"), int(UnitKind::Basic));
    m_unit->addItem(tr("bottleneck: 1 × 1, 3 × 3, 1 × 1"), int(UnitKind::Bottleneck));
    m_unit->addItem(tr("pre-activation: batch norm and ReLU first"), int(UnitKind::PreActivation));
    m_strideIn->addItem(tr("the first 1 × 1 (2015, Keras)"), int(StrideIn::Conv1));
    m_strideIn->addItem(tr("the 3 × 3 (torchvision)"), int(StrideIn::Conv2));
    m_shortcut->addItem(tr("projections where the shape changes"), int(ShortcutKind::Projection));
    m_shortcut->addItem(tr("projections everywhere"), int(ShortcutKind::ProjectionAlways));
    m_shortcut->addItem(tr("no parameters: zeros before and after"), int(ShortcutKind::Padding));
    m_shortcut->addItem(tr("no parameters: zeros after"), int(ShortcutKind::PaddingAfter));
    m_shortcut->addItem(tr("none (a plain network)"), int(ShortcutKind::None));
    m_stem->addItem(tr("7 × 7 and pooling"), int(StemKind::Large));
    m_stem->addItem(tr("3 × 3, for small pictures"), int(StemKind::Small));
    m_inputChannels->addItem(tr("colour"), 3);
    m_inputChannels->addItem(tr("grey"), 1);
    m_inputChannels->addItem(tr("colour and opacity"), 4);
    m_padding->addItem(tr("same (Keras)"), int(Padding::Same));
    m_padding->addItem(tr("symmetric (PyTorch)"), int(Padding::Symmetric));
    m_architecture->setToolTip(tr("Which residual units the network has"));
    m_units->setToolTip(tr("Residual units of each stage, for example 3, 4, 6, 3"));
    m_channels->setToolTip(tr("Feature maps of each stage, for example 64, 128, 256, 512"));
    m_padding->setToolTip(tr("Where the odd pixel of padding goes"));
    m_epsilon->setToolTip(tr("Batch norm's epsilon: Keras takes 0.001, PyTorch 0.00001"));
    buildForm();

    connect(m_architecture, &QComboBox::currentIndexChanged, this, &NewNetworkDialog::onArchitectureChosen);
    for (QLineEdit* edit : {m_units, m_channels, m_epsilon})
        connect(edit, &QLineEdit::textChanged, this, &NewNetworkDialog::check);
    for (QSpinBox* box : {m_classes, m_height, m_width, m_seed})
        connect(box, &QSpinBox::valueChanged, this, &NewNetworkDialog::check);
    for (QComboBox* box : {m_padding, m_unit, m_strideIn, m_shortcut, m_stem, m_inputChannels})
        connect(box, &QComboBox::currentIndexChanged, this, &NewNetworkDialog::check);
    onArchitectureChosen();
}

void NewNetworkDialog::buildForm() {
    auto* size = new QHBoxLayout;
    size->addWidget(m_height);
    size->addWidget(new QLabel(QStringLiteral("×")));
    size->addWidget(m_width);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("&Architecture"), m_architecture);
    form->addRow(tr("&Units per stage"), m_units);
    form->addRow(tr("Feature &maps per stage"), m_channels);
    form->addRow(tr("&Kind of unit"), m_unit);
    form->addRow(tr("S&tride in"), m_strideIn);
    form->addRow(tr("S&hortcuts"), m_shortcut);
    form->addRow(tr("St&em"), m_stem);
    form->addRow(tr("Pictu&res"), m_inputChannels);
    form->addRow(tr("C&lasses"), m_classes);
    form->addRow(tr("&Input size"), size);
    form->addRow(tr("&Padding"), m_padding);
    form->addRow(tr("&Epsilon"), m_epsilon);
    form->addRow(tr("&Seed"), m_seed);
    static_cast<QLabel*>(form->labelForField(size))->setBuddy(m_height);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_create = buttons->addButton(tr("&Create"), QDialogButtonBox::AcceptRole);
    m_create->setDefault(true);
    m_create->setToolTip(tr("Make this network with random weights and run the picture through it (Enter)"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* explanation = new Paragraph(tr(
        "An untrained network: random weights (He initialisation, as in Keras). Its maps show what the architecture alone does to a picture."));
    explanation->setProperty("role", QStringLiteral("secondaryBody"));
    m_summary->setMinimumHeight(2 * fontMetrics().lineSpacing());

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(20, 20, 20, 20);
    rows->setSpacing(14);
    rows->addWidget(explanation);
    rows->addLayout(form);
    rows->addWidget(m_summary);
    rows->addWidget(buttons);
    keepLeastWidth(*this, 420);
}

void NewNetworkDialog::onArchitectureChosen() {
    const QString chosen = m_architecture->currentData().toString();
    const bool isCustom = chosen == customArchitecture;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_units, m_unit, m_shortcut, m_stem})
        widget->setEnabled(isCustom);
    if (!isCustom) {
        const NetworkSpec spec = specNamed(chosen.toStdString());
        m_units->setText(listText(spec.unitsPerStage));
        m_channels->setText(listText(spec.channelsPerStage));
        m_height->setValue(spec.inputHeight);
        m_width->setValue(spec.inputWidth);
        choose(m_unit, spec.unit);
        choose(m_strideIn, spec.strideIn);
        choose(m_shortcut, spec.shortcut);
        choose(m_stem, spec.stem);
    }
    check();
}

ModelRequest NewNetworkDialog::request() const {
    ModelRequest request;
    const QString architecture = m_architecture->currentData().toString();
    if (architecture != customArchitecture)
        request.architecture = architecture.toStdString();
    request.unitsPerStage = numbersIn(tr("units"), m_units->text());
    request.channelsPerStage = numbersIn(tr("feature maps"), m_channels->text());
    request.unit = chosenIn<UnitKind>(m_unit);
    request.strideIn = chosenIn<StrideIn>(m_strideIn);
    request.shortcut = chosenIn<ShortcutKind>(m_shortcut);
    request.stem = chosenIn<StemKind>(m_stem);
    request.inputChannels = m_inputChannels->currentData().toInt();
    request.classes = m_classes->value();
    request.inputHeight = m_height->value();
    request.inputWidth = m_width->value();
    request.padding = Padding(m_padding->currentData().toInt());
    bool isNumber = false;
    request.batchNormEpsilon = m_epsilon->text().trimmed().toDouble(&isNumber);
    if (!isNumber)
        throw Error("epsilon: expected a number, found '" + m_epsilon->text().toStdString() + "'");
    request.seed = std::uint64_t(m_seed->value());
    return request;
}

void NewNetworkDialog::check() {
    QString text;
    bool isValid = true;
    try {
        const Graph graph(specOf(request()));
        m_strideIn->setEnabled(chosenIn<UnitKind>(m_unit) == UnitKind::Bottleneck);
        const MemoryEstimate needed = memoryNeededBy(graph);
        requireMemory(needed, m_available);
        text = tr("%1 steps, %2 parameters, %3 multiply-adds, %4 of memory")
                   .arg(graph.stepCount())
                   .arg(largeCountText(graph.trainableParameters()), largeCountText(graph.multiplyAdds()),
                        QString::fromStdString(bytesText(needed.total())));
    } catch (const Error& error) {
        text = QString::fromUtf8(error.what());
        isValid = false;
    }
    m_summary->setText(text);
    m_summary->setProperty("role", isValid ? QStringLiteral("bold") : QStringLiteral("warning"));
    m_summary->style()->unpolish(m_summary);
    m_summary->style()->polish(m_summary);
    m_create->setEnabled(isValid);
}

}  // namespace resnet::ui

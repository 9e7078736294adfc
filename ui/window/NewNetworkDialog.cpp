#include "ui/window/NewNetworkDialog.h"

#include "core/Error.h"
#include "ui/widgets/Labels.h"
#include "ui/words/Numbers.h"

#include <QComboBox>
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

NetworkSpec specOf(const ModelRequest& request) {
    NetworkSpec spec = request.architecture ? specNamed(*request.architecture) : NetworkSpec{};
    spec.unitsPerStage = request.unitsPerStage.value_or(spec.unitsPerStage);
    spec.channelsPerStage = request.channelsPerStage.value_or(spec.channelsPerStage);
    spec.classes = *request.classes;
    spec.inputHeight = *request.inputHeight;
    spec.inputWidth = *request.inputWidth;
    spec.padding = *request.padding;
    spec.batchNormEpsilon = *request.batchNormEpsilon;
    return spec;
}

}  // namespace

NewNetworkDialog::NewNetworkDialog(QWidget* parent, std::optional<std::int64_t> available)
    : QDialog(parent),
      m_available(available),
      m_architecture(new QComboBox),
      m_units(new QLineEdit),
      m_channels(new QLineEdit),
      m_classes(spinBox(1, 100'000, 10, tr("Classes"), tr("1 to 100,000"))),
      m_height(spinBox(32, 1024, 224, tr("Input height"), tr("Rows of pixels, 32 to 1024"))),
      m_width(spinBox(32, 1024, 224, tr("Input width"), tr("Columns of pixels, 32 to 1024"))),
      m_padding(new QComboBox),
      m_epsilon(new QLineEdit(QStringLiteral("0.001"))),
      m_seed(spinBox(0, 2'000'000'000, 0, tr("Seed"),
                     tr("The same seed gives the same weights on every machine"))),
      m_summary(new Paragraph),
      m_create(nullptr) {
    setWindowTitle(tr("New network"));
    m_architecture->addItem(QStringLiteral("ResNet-34"), QStringLiteral("resnet34"));
    m_architecture->addItem(QStringLiteral("ResNet-18"), QStringLiteral("resnet18"));
    m_architecture->addItem(tr("Plain-34 (no shortcuts)"), QStringLiteral("plain34"));
    m_architecture->addItem(tr("Units of your own"), customArchitecture);
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
    connect(m_padding, &QComboBox::currentIndexChanged, this, &NewNetworkDialog::check);
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
        "A network without training: kernels drawn He-normal as Keras starts them. Its maps show what the architecture alone does to a picture."));
    explanation->setProperty("role", QStringLiteral("secondaryBody"));
    m_summary->setMinimumHeight(2 * fontMetrics().lineSpacing());

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(20, 20, 20, 20);
    rows->setSpacing(14);
    rows->addWidget(explanation);
    rows->addLayout(form);
    rows->addWidget(m_summary);
    rows->addWidget(buttons);
    setMinimumWidth(420);
}

void NewNetworkDialog::onArchitectureChosen() {
    const QString chosen = m_architecture->currentData().toString();
    const bool isCustom = chosen == customArchitecture;
    m_units->setEnabled(isCustom);
    if (!isCustom)
        m_units->setText(listText(specNamed(chosen.toStdString()).unitsPerStage));
    if (!isCustom || m_channels->text().isEmpty())
        m_channels->setText(listText(NetworkSpec{}.channelsPerStage));
    check();
}

ModelRequest NewNetworkDialog::request() const {
    ModelRequest request;
    const QString architecture = m_architecture->currentData().toString();
    if (architecture != customArchitecture)
        request.architecture = architecture.toStdString();
    request.unitsPerStage = numbersIn(tr("units"), m_units->text());
    request.channelsPerStage = numbersIn(tr("feature maps"), m_channels->text());
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

#include "ui/model/ModelPanel.h"

#include "core/model/ModelSettings.h"
#include "ui/model/InputRange.h"
#include "ui/model/SettingsForm.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/Numbers.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr int leftWidth = 372;
constexpr int rightWidth = 452;
constexpr int longestName = 34;

const ModelPtr& detectedOf(const ModelPtr& model) {
    return model->detected ? model->detected : model;
}

QString shortened(const QString& name) {
    constexpr int tail = 12;
    return name.size() <= longestName
               ? name
               : name.left(longestName - tail) + QStringLiteral("…") + name.right(tail);
}

FactList::Facts factsOf(const Model& model) {
    const Graph& graph = model.graph();
    FactList::Facts facts;
    if (model.isOfFile()) {
        facts.emplace_back(ModelPanel::tr("File"),
                           shortened(QFileInfo(QString::fromStdString(model.source)).fileName()));
        facts.emplace_back(ModelPanel::tr("Format"), QString::fromStdString(model.format));
    } else {
        facts.emplace_back(ModelPanel::tr("File"), ModelPanel::tr("none: random weights"));
    }
    facts.emplace_back(ModelPanel::tr("Architecture"), QString::fromStdString(displayName(graph.spec())));
    facts.emplace_back(ModelPanel::tr("Parameters"), countText(graph.trainableParameters()));
    facts.emplace_back(ModelPanel::tr("Classes"), countText(graph.spec().classes));
    return facts;
}

QString bestOf(const Model& model, const FeatureMaps& probabilities) {
    const float* begin = probabilities.data();
    const float* best = std::max_element(begin, begin + probabilities.size());
    return QStringLiteral("%1  %2").arg(
        shortened(QString::fromStdString(model.classNames.at(std::size_t(best - begin)))),
        percentText(*best));
}

}  // namespace

ModelPanel::ModelPanel(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_detected(new FactList),
      m_range(new InputRange),
      m_predictions(new FactList),
      m_form(new SettingsForm),
      m_status(new Paragraph) {
    setWindowTitle(tr("Model settings"));
    m_status->setAccessibleName(tr("State of the settings"));
    buildRows();

    connect(m_form, &SettingsForm::changed, this, &ModelPanel::check);
    connect(m_form, &SettingsForm::failed, this, [this](const QString& message) { say(message, true); });
    connect(&m_workspace, &Workspace::changed, this, &ModelPanel::follow);
    connect(&m_workspace, &Workspace::busyChanged, this, &ModelPanel::showDraft);
    m_range->showNext({}, {}, 3);  // room for it from the start
    resize(sizeHint().width(), layout()->totalHeightForWidth(sizeHint().width()));
    showPrediction();
    showModel();
    showInput();
}

void ModelPanel::follow(const Changes& changes) {
    if (changes.have(Changes::Model))
        showModel();
    if (changes.have(Changes::Model | Changes::Picture | Changes::OtherRun))
        showInput();
    const ModelPtr& model = m_workspace.model();
    if (model && (changes.have(Changes::Model) || changes.concernOutput(model->graph().softmaxStep())))
        showPrediction();
}

void ModelPanel::buildRows() {
    auto* explanation = new Paragraph(tr(
        "A weights file does not say how pictures were prepared or how edges were padded. What the file does not say is guessed. A wrong guess shows: the values are not those of the training, and the prediction suffers."));
    explanation->setProperty("role", QStringLiteral("secondaryBody"));

    auto* detected = new Card(tr("Detected"));
    detected->body()->addWidget(m_detected);
    auto* predictions = new Card(tr("Prediction"));
    predictions->body()->addWidget(m_predictions);
    auto* left = new QVBoxLayout;
    left->setSpacing(Theme::panelGap);
    left->addWidget(detected);
    left->addWidget(m_range);
    left->addWidget(predictions);
    left->addStretch(1);
    for (QWidget* card : std::initializer_list<QWidget*>{detected, m_range, predictions})
        keepWidth(*card, leftWidth);
    keepLeastWidth(*m_form, rightWidth);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(Theme::panelGap);
    columns->addLayout(left);
    columns->addWidget(m_form, 1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_apply = buttons->addButton(tr("&Apply"), QDialogButtonBox::ApplyRole);
    m_reset = buttons->addButton(tr("&Reset"), QDialogButtonBox::ResetRole);
    m_reset->setToolTip(tr("Back to what was detected"));
    connect(m_apply, &QPushButton::clicked, this, &ModelPanel::apply);
    connect(m_reset, &QPushButton::clicked, this, &ModelPanel::reset);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(Theme::panelGap);
    bottom->addWidget(m_status, 1);
    bottom->addWidget(buttons);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(20, 20, 20, 20);
    rows->setSpacing(Theme::panelGap);
    rows->addWidget(explanation);
    rows->addLayout(columns, 1);
    rows->addLayout(bottom);
    for (QPushButton* button : {buttons->button(QDialogButtonBox::Close), m_reset})
        button->setAutoDefault(false);  // Enter is for Apply only
    m_apply->setDefault(true);
}

void ModelPanel::showModel() {
    const ModelPtr& model = m_workspace.model();
    m_form->setEnabled(model != nullptr);
    if (!model)
        return check();
    const bool isOtherFile = !m_shown || detectedOf(m_shown) != detectedOf(model);
    m_before = isOtherFile ? QString() : m_now;
    m_shown = model;
    m_detected->setFacts(factsOf(*model));
    if (isOtherFile)
        m_form->show(*model);
    else
        check();
}

void ModelPanel::showInput() {
    if (std::exchange(m_picture, m_workspace.picture()) != m_workspace.picture())
        m_before.clear();
    const FeatureMapsPtr& input = m_workspace.activations().input();
    const ModelPtr& model = m_workspace.model();
    m_range->showCurrent(input ? channelStatistics(*input) : std::vector<Statistics>{},
                         model ? model->preprocessing : Preprocessing{},
                         model ? model->graph().spec().inputChannels : 3);
    showDraft();
}

void ModelPanel::showPrediction() {
    const ModelPtr& model = m_workspace.model();
    const bool isComputed = model && m_workspace.activations().has(model->graph().softmaxStep());
    m_now = isComputed ? bestOf(*model, *m_workspace.activations().output(model->graph().softmaxStep()))
                       : QString();
    FactList::Facts facts;
    if (!m_before.isEmpty())
        facts.emplace_back(tr("Before"), m_before);
    facts.emplace_back(tr("Now"), isComputed ? m_now : tr("not computed yet"));
    m_predictions->setFacts(facts);
}

void ModelPanel::check() {
    m_draft.reset();
    if (!m_workspace.model()) {
        disableApply(tr("There is no network yet"));
        m_reset->setEnabled(false);
        m_range->hideNext();
        return say(tr("There is no network yet."), false);
    }
    try {
        m_draft = withSettings(m_workspace.model(), m_form->settings());
        showDraft();
    } catch (const Error& error) {
        disableApply(tr("What is in the fields cannot be used"));
        m_reset->setEnabled(true);
        say(QString::fromUtf8(error.what()), true);
    }
}

void ModelPanel::showDraft() {
    const ModelPtr& model = m_workspace.model();
    if (!m_draft || !model)
        return;
    const bool isNew = !(changedSettings(*m_draft) == changedSettings(*model));
    m_form->showSources(m_draft->sources);
    if (isNew) {
        m_apply->setEnabled(true);
        m_apply->setToolTip(tr("Run the picture with these settings (Enter)"));
    } else {
        disableApply(tr("The settings are in use already"));
    }
    m_reset->setEnabled(m_draft->detected || model->detected);
    const Image& cropped = m_workspace.croppedImage();
    const Preprocessing& next = m_draft->preprocessing;
    const int channels = model->graph().spec().inputChannels;
    if (next == model->preprocessing)
        m_range->hideNext();
    else
        m_range->showNext(cropped.isEmpty() ? std::vector<Statistics>{}
                                            : channelStatistics(normalise(cropped, next, channels)),
                          next, channels);
    say(isNew               ? m_workspace.isBusy() ? tr("Computing…") : tr("Not applied yet.")
                      : !model->detected ? tr("As detected.")
        : model->isOfFile() ? tr("Your settings, remembered for this file.")
                            : tr("Your settings."),
        false);
}

void ModelPanel::disableApply(const QString& why) {
    m_apply->setEnabled(false);
    m_apply->setToolTip(why);
}

void ModelPanel::say(const QString& text, bool isProblem) {
    m_status->setText(text);
    const QString role = isProblem ? QStringLiteral("warning") : QStringLiteral("secondaryBody");
    if (m_status->property("role") == role)
        return;
    m_status->setProperty("role", role);
    m_status->style()->unpolish(m_status);
    m_status->style()->polish(m_status);
}

void ModelPanel::apply() {
    if (m_draft)
        m_workspace.setModelSettings(changedSettings(*m_draft));
}

void ModelPanel::reset() {
    const ModelPtr model = m_workspace.model();
    m_form->show(*detectedOf(model));
    if (model->detected)
        m_workspace.setModelSettings({});
}

void showModelSettings(Workspace& workspace, QWidget* parent) {
    auto* panel = parent ? parent->findChild<ModelPanel*>() : nullptr;
    if (!panel) {
        panel = new ModelPanel(workspace, parent);
        panel->setAttribute(Qt::WA_DeleteOnClose);
    }
    panel->show();
    panel->raise();
    panel->activateWindow();
}

}  // namespace resnet::ui

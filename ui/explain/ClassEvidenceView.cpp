#include "ui/explain/ClassEvidenceView.h"

#include "ui/explain/EvidenceMap.h"
#include "ui/explain/FeatureList.h"
#include "ui/explain/OcclusionControls.h"
#include "ui/images/QtImage.h"
#include "ui/painting/NumberText.h"
#include "ui/widgets/ElidedLabel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int featuresWidth = 240;

QToolButton* chip(const QString& text, const QString& tip, QButtonGroup* group) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setProperty("role", QStringLiteral("chip"));
    group->addButton(button);
    return button;
}

ValueRange signedScale(const FeatureMaps& map) {
    return scaleFor(ColorMap::Diverging, rangeOf(map));
}

FeatureMapsPtr shared(FeatureMaps map) {
    return std::make_shared<const FeatureMaps>(std::move(map));
}

}  // namespace

ClassEvidenceView::ClassEvidenceView(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_class(new QComboBox),
      m_compared(new QComboBox),
      m_controls(new OcclusionControls),
      m_sentence(new ElidedLabel),
      m_first(new EvidenceMap),
      m_second(new EvidenceMap),
      m_featuresTitle(new QLabel),
      m_features(new FeatureList) {
    setAccessibleName(tr("Why this class?"));
    build();
    connectWorkspace();
    refreshTheme();
    refill();
}

void ClassEvidenceView::build() {
    auto* methods = new QButtonGroup(this);
    m_activationChip =
        chip(tr("Class activation"), tr("What each place of the last unit adds to the score"), methods);
    m_occlusionChip =
        chip(tr("Occlusion"), tr("What the class loses when a patch hides part of the picture"), methods);
    m_activationChip->setChecked(true);
    m_class->setAccessibleName(tr("Class"));
    m_compared->setAccessibleName(tr("Compared with"));
    for (QComboBox* box : {m_class, m_compared}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(14);
    }
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_featuresTitle->setProperty("role", QStringLiteral("bold"));
    m_features->setMinimumWidth(featuresWidth);

    auto* top = new QHBoxLayout;
    top->setSpacing(2 * Theme::grid);
    top->addWidget(m_class);
    top->addWidget(m_compared);
    top->addStretch(1);
    top->addWidget(m_activationChip);
    top->addWidget(m_occlusionChip);
    auto* features = new QVBoxLayout;
    features->addWidget(m_featuresTitle);
    features->addWidget(m_features, 1);
    auto* maps = new QHBoxLayout;
    maps->setSpacing(Theme::panelGap);
    maps->addWidget(m_first, 1);
    maps->addWidget(m_second, 1);
    maps->addLayout(features, 1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, 10);
    rows->setSpacing(2 * Theme::grid);
    rows->addLayout(top);
    rows->addWidget(m_controls);
    rows->addWidget(m_sentence);
    rows->addLayout(maps, 1);

    connect(m_activationChip, &QToolButton::clicked, this, [this] { setMethod(Method::Activation); });
    connect(m_occlusionChip, &QToolButton::clicked, this, [this] { setMethod(Method::Occlusion); });
    connect(m_class, &QComboBox::activated, this, &ClassEvidenceView::chooseClass);
    connect(m_compared, &QComboBox::activated, this, [this] { compareWith(comparedClass()); });
    connect(m_features, &FeatureList::featureChosen, this, [this](int feature) {
        m_workspace.goToStep(lastMapStep(m_workspace.model()->graph()));
        m_workspace.selectChannel(feature);
    });
    connect(m_controls, &OcclusionControls::started, this, &ClassEvidenceView::startOcclusion);
    connect(m_controls, &OcclusionControls::cancelled, this, &ClassEvidenceView::cancelOcclusion);
    connect(&m_runner, &OcclusionRunner::progressed, this, &ClassEvidenceView::onProgress);
    connect(&m_runner, &OcclusionRunner::finished, this, [this] {
        m_controls->showIdle();
        refresh();
    });
    connect(&m_runner, &OcclusionRunner::failed, this, [this](const QString& message) {
        m_workspace.post({Notice::Kind::Error, message, {}});
        m_controls->showIdle();
    });
    m_controls->setVisible(false);
}

void ClassEvidenceView::connectWorkspace() {
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &ClassEvidenceView::refresh);
    connect(&m_workspace, &Workspace::modelChanged, this, &ClassEvidenceView::refill);
    connect(&m_workspace, &Workspace::activationsReset, this, [this] {
        m_chosenClass.reset();
        forgetOcclusion();
        refreshSoon();
    });
    connect(&m_workspace, &Workspace::stepComputed, this, [this](StepId step) {
        if (step == m_workspace.model()->graph().softmaxStep())
            refreshSoon();
    });
    connect(&m_workspace, &Workspace::themeChanged, this, &ClassEvidenceView::refreshTheme);
}

void ClassEvidenceView::refreshTheme() {
    m_first->setTheme(m_workspace.theme());
    m_second->setTheme(m_workspace.theme());
}

void ClassEvidenceView::refill() {
    m_class->clear();
    m_compared->clear();
    m_compared->addItem(tr("compare with …"));
    if (m_workspace.model())
        for (const std::string& name : m_workspace.model()->classNames) {
            m_class->addItem(QString::fromStdString(name));
            m_compared->addItem(QString::fromStdString(name));
        }
    m_chosenClass.reset();
    forgetOcclusion();
    refresh();
}

bool ClassEvidenceView::isComplete() const {
    return m_workspace.model() && m_workspace.activations().input() && m_workspace.activations().isComplete();
}

int ClassEvidenceView::shownClass() const {
    if (m_chosenClass)
        return *m_chosenClass;
    const FeatureMaps& logits = *m_workspace.activations().output(m_workspace.model()->graph().logitsStep());
    return int(std::max_element(logits.data(), logits.data() + logits.channels()) - logits.data());
}

std::optional<int> ClassEvidenceView::comparedClass() const {
    const int index = m_compared->currentIndex() - 1;
    return m_method == Method::Activation && index >= 0 ? std::optional(index) : std::nullopt;
}

QString ClassEvidenceView::className(int index) const {
    return m_class->itemText(index);
}

QString ClassEvidenceView::scoreText(int index) const {
    const Graph& graph = m_workspace.model()->graph();
    const Activations& activations = m_workspace.activations();
    return tr("score %1, probability %2")
        .arg(signedValueText(activations.output(graph.logitsStep())->at(index, 0, 0)),
             percentText(activations.output(graph.softmaxStep())->at(index, 0, 0)));
}

QImage ClassEvidenceView::picture() const {
    return toQImage(m_workspace.croppedImage());
}

void ClassEvidenceView::setMethod(Method method) {
    m_method = method;
    m_activationChip->setChecked(method == Method::Activation);
    m_occlusionChip->setChecked(method == Method::Occlusion);
    m_compared->setEnabled(method == Method::Activation);
    m_compared->setToolTip(method == Method::Activation ? QString()
                                                        : tr("Occlusion explains one class at a time"));
    m_controls->setVisible(method == Method::Occlusion);
    refresh();
}

void ClassEvidenceView::chooseClass(int classIndex) {
    if (m_chosenClass != classIndex)
        forgetOcclusion();
    m_chosenClass = classIndex;
    refresh();
}

void ClassEvidenceView::compareWith(std::optional<int> classIndex) {
    m_compared->setCurrentIndex(classIndex ? *classIndex + 1 : 0);
    refresh();
}

void ClassEvidenceView::refresh() {
    m_class->setEnabled(isComplete());
    m_features->setEnabled(isComplete());
    m_controls->setReady(isComplete(), tr("The picture has not gone through the whole network yet"));
    if (!isComplete())
        return showNothing(
            tr("Once the picture has gone through the whole network, this shows what speaks for a class."));
    m_class->setCurrentIndex(shownClass());
    m_controls->setInput(m_workspace.activations().input()->shape());
    showFeatures();
    if (m_method == Method::Activation)
        showActivation();
    else
        showOcclusion();
}

void ClassEvidenceView::showNothing(const QString& reason) {
    m_sentence->setText(reason);
    m_first->setContent(picture(), nullptr, {});
    m_first->setTexts({}, {});
    m_second->setVisible(false);
    m_featuresTitle->clear();
    m_features->setFeatures({});
}

void ClassEvidenceView::showActivation() {
    const Network& network = *m_workspace.model()->network;
    const Activations& activations = m_workspace.activations();
    const int shown = shownClass();
    const std::optional<int> compared = comparedClass();
    ClassActivation first = classActivation(network, activations, shown);
    ValueRange scale = signedScale(first.evidence);
    m_second->setVisible(compared.has_value());
    if (compared) {
        ClassActivation second = classActivation(network, activations, *compared);
        scale = united(scale, signedScale(second.evidence));
        m_second->setContent(picture(), shared(std::move(second.evidence)), scale);
        m_second->setTexts(className(*compared), scoreText(*compared));
        m_sentence->setText(tr("Green speaks for the class, purple against it; both maps are on one scale."));
    } else {
        m_sentence->setText(
            tr("Green places speak for %1, purple ones against it. All places and the bias %2 add up to the "
               "score %3.")
                .arg(className(shown), signedValueText(first.bias), signedValueText(first.logit)));
    }
    m_first->setContent(picture(), shared(std::move(first.evidence)), scale);
    m_first->setTexts(className(shown), scoreText(shown));
}

void ClassEvidenceView::showOcclusion() {
    m_second->setVisible(false);
    m_first->setTexts(className(shownClass()), scoreText(shownClass()));
    if (!m_drops) {
        m_first->setContent(picture(), nullptr, {});
        m_sentence->setText(tr("A patch of the mean colour hides one part of the picture after the other: "
                               "how far does the probability "
                               "of %1 fall?")
                                .arg(className(shownClass())));
        return;
    }
    m_first->setContent(picture(), m_drops, signedScale(*m_drops));
    const QString meaning = tr("Green: hiding this place takes probability from %1; purple: it gives some.")
                                .arg(className(shownClass()));
    const bool isStopped = !m_runner.isRunning() && m_progress.done < m_progress.total;
    m_sentence->setText(
        isStopped
            ? tr("Stopped after %1 of %2 patches. ").arg(m_progress.done).arg(m_progress.total) + meaning
            : meaning);
}

void ClassEvidenceView::showFeatures() {
    const std::optional<int> compared = comparedClass();
    m_featuresTitle->setText(
        compared ? tr("Features: %1 over %2").arg(className(shownClass()), className(*compared))
                 : tr("Features for %1").arg(className(shownClass())));
    m_features->setFeatures(featureContributions(*m_workspace.model()->network, m_workspace.activations(),
                                                 shownClass(), compared));
}

void ClassEvidenceView::forgetOcclusion() {
    m_runner.cancel();
    m_controls->showIdle();
    m_drops.reset();
}

void ClassEvidenceView::startOcclusion() {
    if (!isComplete())
        return;
    forgetOcclusion();
    m_request = m_controls->request();
    m_request.classIndex = shownClass();
    m_clock.start();
    m_controls->showRunning();
    m_runner.start(m_workspace.model()->network, m_workspace.activations(), m_request);
    refresh();
}

void ClassEvidenceView::cancelOcclusion() {
    m_runner.cancel();
    m_controls->showIdle();
    refresh();
}

void ClassEvidenceView::onProgress(const OcclusionProgress& progress) {
    if (!m_drops) {
        const FeatureShape shape = occlusionShape(m_workspace.activations().input()->shape(), m_request);
        m_drops = std::make_shared<FeatureMaps>(shape);
        std::fill_n(m_drops->data(), m_drops->size(), 0.0f);
        m_clock.restart();  // what came before was packing
    } else {
        m_controls->showProgress(progress, double(m_clock.elapsed()) / (progress.done - 1));
    }
    m_progress = progress;
    m_drops->at(0, progress.row, progress.column) = progress.probabilityDrop;
    // The map grows row by row.
    if (m_method == Method::Occlusion && (progress.column == 0 || progress.done == progress.total))
        showOcclusion();
}

}  // namespace resnet::ui

#include "ui/explain/ClassEvidenceView.h"

#include "core/explain/Difference.h"
#include "core/network/SeenPixels.h"
#include "ui/explain/EvidenceMap.h"
#include "ui/explain/FeatureList.h"
#include "ui/explain/OcclusionControls.h"
#include "ui/images/QtImage.h"
#include "ui/painting/RoundNumber.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/NumberText.h"
#include "ui/words/ViewWords.h"
#include "ui/workspace/ClassScores.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace resnet::ui {
namespace {

constexpr int featuresWidth = 292;

ValueRange signedScale(const FeatureMaps& map) {
    return scaleFor(ColorMap::Diverging, rangeOf(map));
}

// The same with round ends, so that colours seldom change while a map grows.
ValueRange roundScale(const FeatureMaps& map) {
    const auto extent = float(roundedUp(std::max(double(signedScale(map).high), 1e-6)));
    return {-extent, extent};
}

// Whether even the cells in the corners of the last maps have seen nine tenths of the picture.
bool placesHaveSeenMost(const Graph& graph) {
    const StepId last = lastMapStep(graph);
    const FeatureShape& maps = graph.outputShape(last);
    const auto seen = [&](int y, int x) {
        const SeenPixels pixels = seenBy(graph, last, y, x).longest;
        return double(pixels.imageRows.size()) * pixels.imageColumns.size();
    };
    const double least = std::min({seen(0, 0), seen(0, maps.width - 1), seen(maps.height - 1, 0),
                                   seen(maps.height - 1, maps.width - 1)});
    return least >= 0.9 * double(graph.outputShape(inputStep).pixels());
}

double totalOf(const FeatureMaps& map) {
    return std::accumulate(map.data(), map.data() + map.size(), 0.0);
}

}  // namespace

ClassEvidenceView::ClassEvidenceView(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("Why this class?"), parent),
      m_occlusion(workspace),
      m_controls(new EvidenceControls),
      m_occlusionControls(new OcclusionControls),
      m_sentence(new ElidedLabel),
      m_first(new EvidenceMap(workspace.pointedCell())),
      m_second(new EvidenceMap(workspace.pointedCell())),
      m_difference(new EvidenceMap(workspace.pointedCell())),
      m_featuresTitle(new QLabel),
      m_features(new FeatureList) {
    build();
    connectParts();
    setFollows(Follows::Run);
}

// What an untrained network predicts is chance, and so is what explains it.
void ClassEvidenceView::say(const QString& sentence) {
    const ModelPtr& model = workspace().model();
    m_sentence->setText(model && !model->isTrained()
                            ? tr("The network is untrained, so this explains chance. %1").arg(sentence)
                            : sentence);
}

void ClassEvidenceView::build() {
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_featuresTitle->setProperty("role", QStringLiteral("bold"));
    keepLeastWidth(*m_features, featuresWidth);
    auto* features = new QVBoxLayout;
    features->addWidget(m_featuresTitle);
    features->addWidget(m_features, 1);
    auto* maps = new QHBoxLayout;
    maps->setSpacing(Theme::panelGap);
    maps->addWidget(m_first, 1);
    maps->addWidget(m_second, 1);
    maps->addWidget(m_difference, 1);
    maps->addLayout(features, 1);
    setExplanation(classActivationWords());
    body()->addWidget(m_controls);
    body()->addWidget(m_occlusionControls);
    body()->addWidget(m_sentence);
    body()->addLayout(maps, 1);
    m_occlusionControls->setVisible(false);
    m_difference->setVisible(false);
}

void ClassEvidenceView::connectParts() {
    connect(m_controls, &EvidenceControls::methodChosen, this, &ClassEvidenceView::setMethod);
    connect(m_controls, &EvidenceControls::classChosen, this, &ClassEvidenceView::chooseClass);
    connect(m_controls, &EvidenceControls::changed, this, &ClassEvidenceView::showEvidence);
    connect(m_features, &FeatureList::featureChosen, this,
            [this](int feature) { workspace().goTo(lastMapStep(workspace().model()->graph()), feature); });
    connect(m_features, &FeatureList::patchChosen, this, [this](int cell) {
        const FeatureShape& shape = m_occlusion.drops()->shape();
        workspace().pointedCell().pointAt(Cell{cell / shape.width, cell % shape.width}, shape);
    });
    connect(m_occlusionControls, &OcclusionControls::started, this, &ClassEvidenceView::startOcclusion);
    connect(m_occlusionControls, &OcclusionControls::cancelled, this, &ClassEvidenceView::cancelOcclusion);
    connect(&m_occlusion, &OcclusionSession::progressed, this, &ClassEvidenceView::showProgress);
    connect(&m_occlusion, &OcclusionSession::ended, this, [this] {
        m_occlusionControls->showIdle();
        showEvidence();
    });
}

void ClassEvidenceView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_first->setTheme(workspace().theme());
        m_second->setTheme(workspace().theme());
        m_difference->setTheme(workspace().theme());
        m_features->setTheme(workspace().theme());
    }
    if (changes.have(Changes::Model) && workspace().model()) {
        m_controls->setHasActivation(isActivationExact(workspace().model()->graph()));
        followMethod();
    }
    // A class that is selected in the window is meant here, too.
    if (changes.have(Changes::OtherRun | Changes::Class)) {
        m_chosenClass.reset();
        m_occlusion.forget();
    }
    const bool isDone = isComplete() && changes.have(Changes::Outputs);
    if (isDone || changes.have(Changes::Model | Changes::OtherRun))
        m_controls->setClasses(classNames(workspace()), classScores(workspace()));
    if (isDone || changes.have(Changes::Model | Changes::OtherRun | Changes::Class | Changes::Theme))
        showEvidence();
}

bool ClassEvidenceView::isComplete() const {
    return workspace().session().isComputed();
}

int ClassEvidenceView::shownClass() const {
    return m_chosenClass ? *m_chosenClass : workspace().classInQuestion();
}

QString ClassEvidenceView::scoreText(int index) const {
    const Graph& graph = workspace().model()->graph();
    const Run& activations = workspace().shown().run();
    return tr("score %1, probability %2")
        .arg(signedValueText(activations.output(graph.logitsStep())->at(index, 0, 0)),
             percentText(probabilityOf(index)));
}

double ClassEvidenceView::probabilityOf(int index) const {
    const Graph& graph = workspace().model()->graph();
    return workspace().shown().run().output(graph.softmaxStep())->at(index, 0, 0);
}

QImage ClassEvidenceView::picture() const {
    return toQImage(workspace().croppedImage());
}

void ClassEvidenceView::setMethod(EvidenceMethod method) {
    m_controls->setMethod(method);
    followMethod();
    showEvidence();
}

void ClassEvidenceView::followMethod() {
    const bool isActivation = m_controls->method() == EvidenceMethod::Activation;
    setExplanation(isActivation ? classActivationWords() : occlusionWords());
    m_occlusionControls->setVisible(!isActivation);
}

void ClassEvidenceView::setPart(EvidencePart part) {
    m_controls->setPart(part);
    showEvidence();
}

void ClassEvidenceView::chooseClass(int classIndex) {
    if (m_chosenClass != classIndex)
        m_occlusion.forget();
    m_chosenClass = classIndex;
    showEvidence();
}

void ClassEvidenceView::compareWith(std::optional<int> classIndex) {
    m_controls->setComparedClass(classIndex);
    showEvidence();
}

void ClassEvidenceView::showEvidence() {
    m_controls->setReady(isComplete());
    m_features->setEnabled(isComplete());
    m_occlusionControls->setReady(isComplete(), tr("The picture has not gone through the whole network yet"));
    if (!isComplete())
        return showNothing(
            tr("Once the picture has gone through the whole network, this shows what speaks for a class."));
    m_controls->setClass(shownClass());
    m_occlusionControls->setInput(workspace().activations().input()->shape());
    if (m_controls->method() == EvidenceMethod::Activation) {
        showFeatures();
        showActivation();
    } else
        showOcclusion();
}

void ClassEvidenceView::showNothing(const QString& reason) {
    say(reason);
    m_first->setContent(picture(), nullptr, {});
    m_first->setTexts({}, {});
    m_second->setVisible(false);
    m_difference->setVisible(false);
    m_featuresTitle->clear();
    m_features->setFeatures({});
}

QString ClassEvidenceView::activationSentence(const ClassActivation& activation) const {
    const QString name = m_controls->className(shownClass());
    if (m_controls->comparedClass())
        return tr(
            "Green speaks for the class, purple against it; in the third map, for the first over the second. All three are on one scale.");
    if (m_controls->part() == EvidencePart::For)
        return tr("What the features that speak for %1 add up to at each place: %2 in all.")
            .arg(name, signedValueText(totalOf(activation.positive)));
    if (m_controls->part() == EvidencePart::Against)
        return tr("What the features that speak against %1 add up to at each place: %2 in all.")
            .arg(name, signedValueText(totalOf(activation.negative)));
    const QString adds = tr("Places and bias %1 add up to %2.")
                             .arg(signedValueText(activation.bias), signedValueText(activation.logit));
    if (placesHaveSeenMost(workspace().session().graph()))
        return tr("Green speaks for %1, purple against; each place has seen nearly all of the picture. %2")
            .arg(name, adds);
    return tr("Green places speak for %1, purple ones against it. %2").arg(name, adds);
}

void ClassEvidenceView::showActivation() {
    const Run& activations = workspace().shown().run();
    const auto partOf = [this](ClassActivation& activation) {
        FeatureMaps& part = m_controls->part() == EvidencePart::For       ? activation.positive
                            : m_controls->part() == EvidencePart::Against ? activation.negative
                                                                          : activation.evidence;
        return std::make_shared<const FeatureMaps>(std::move(part));
    };
    const std::optional<int> compared = m_controls->comparedClass();
    ClassActivation first = classActivation(activations, shownClass());
    say(activationSentence(first));
    const FeatureMapsPtr map = partOf(first);
    ValueRange scale = signedScale(*map);
    m_second->setVisible(compared.has_value());
    m_difference->setVisible(compared.has_value());
    if (compared) {
        ClassActivation second = classActivation(activations, *compared);
        const FeatureMapsPtr other = partOf(second);
        const auto over = std::make_shared<const FeatureMaps>(difference(*map, *other));
        scale = united(united(scale, signedScale(*other)), signedScale(*over));
        m_second->setContent(picture(), other, scale);
        m_second->setTexts(m_controls->className(*compared), scoreText(*compared));
        m_difference->setContent(picture(), over, scale);
        m_difference->setTexts(
            tr("%1 over %2").arg(m_controls->className(shownClass()), m_controls->className(*compared)),
            m_controls->part() == EvidencePart::Both
                ? tr("places and biases add up to %1").arg(signedValueText(first.logit - second.logit))
                : tr("the first map minus the second"));
    }
    m_first->setUnhidden(std::nullopt);
    m_first->setContent(picture(), map, scale);
    m_first->setTexts(m_controls->className(shownClass()), scoreText(shownClass()));
}

void ClassEvidenceView::showOcclusion() {
    m_second->setVisible(false);
    m_difference->setVisible(false);
    m_first->setTexts(m_controls->className(shownClass()), scoreText(shownClass()));
    const FeatureMapsPtr drops = m_occlusion.drops();
    m_first->setContent(picture(), drops, drops ? roundScale(*drops) : ValueRange());
    m_first->setKnownCells(m_occlusion.progress().done);
    const double probability = probabilityOf(shownClass());
    m_first->setUnhidden(probability);
    showPatches(probability);
    if (!drops) {
        say(tr("A patch of the mean colour hides one part of the picture after the other: how far does the probability of %1 fall?")
                .arg(m_controls->className(shownClass())));
        return;
    }
    const QString meaning = tr("Green: hiding this place lowers the probability of %1; purple: raises it.")
                                .arg(m_controls->className(shownClass()));
    const OcclusionProgress& progress = m_occlusion.progress();
    say(m_occlusion.isStopped()
            ? tr("Stopped after %1 of %2 patches. ").arg(progress.done).arg(progress.total) + meaning
            : meaning);
}

void ClassEvidenceView::showPatches(double probability) {
    const FeatureMapsPtr drops = m_occlusion.drops();
    m_featuresTitle->setText(tr("What %1 needs most").arg(m_controls->className(shownClass())));
    m_featuresTitle->setVisible(drops != nullptr);
    m_features->setVisible(drops != nullptr);
    if (!drops)
        m_features->setFeatures({});
    else
        m_features->setPatches(*drops, m_occlusion.progress().done, probability);
}

void ClassEvidenceView::showFeatures() {
    m_featuresTitle->show();
    m_features->show();
    const std::optional<int> compared = m_controls->comparedClass();
    m_featuresTitle->setText(
        compared ? tr("Features: %1 over %2")
                       .arg(m_controls->className(shownClass()), m_controls->className(*compared))
                 : tr("Features for %1").arg(m_controls->className(shownClass())));
    m_features->setFeatures(featureContributions(workspace().shown().run(), shownClass(), compared),
                            compared.has_value());
}

void ClassEvidenceView::startOcclusion() {
    if (!isComplete())
        return;
    OcclusionRequest request = m_occlusionControls->request();
    request.classIndex = shownClass();
    m_occlusion.start(request);
    m_occlusionControls->showRunning();
    showEvidence();
}

void ClassEvidenceView::cancelOcclusion() {
    m_occlusion.cancel();
}

void ClassEvidenceView::showProgress(const OcclusionProgress& progress) {
    if (progress.done > 1)
        m_occlusionControls->showProgress(progress, m_occlusion.millisecondsOfPatch());
    // The map grows row by row.
    if (m_controls->method() == EvidenceMethod::Occlusion &&
        (progress.column == 0 || progress.done == progress.total))
        showOcclusion();
}

}  // namespace resnet::ui

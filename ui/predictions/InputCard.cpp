#include "ui/predictions/InputCard.h"

#include "ui/images/QtImage.h"
#include "ui/predictions/CropStrip.h"
#include "ui/predictions/PictureView.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/widgets/HaloFrame.h"
#include "ui/widgets/Labels.h"
#include "ui/words/NumberText.h"
#include "ui/words/ViewWords.h"
#include "ui/workspace/Comparing.h"
#include "ui/workspace/Workspace.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resnet::ui {

namespace {

constexpr int shownPredictions = 5;

// One sigmoid output answers yes or no: beside the class stands what is left, and the likelier is on top.
void addNo(std::vector<ClassShare>& best, const Graph& graph) {
    if (best.size() != 1 || graph.step(graph.softmaxStep()).kind != StepKind::Activation ||
        !graph.hasProbabilities())
        return;
    const ClassShare yes = best.front();
    best.push_back({yes.index, InputCard::tr("no"), 1.0 - yes.probability,
                    yes.before ? std::optional(1.0 - *yes.before) : std::nullopt});
    if (best.back().probability > yes.probability)
        std::swap(best.front(), best.back());
}

// `before` is what they were without edits; null if there are none.
std::vector<ClassShare> bestPredictions(const Model& model, const FeatureMaps& probabilities,
                                        const FeatureMapsPtr& before) {
    std::vector<int> order(std::size_t(probabilities.channels()));
    std::iota(order.begin(), order.end(), 0);
    const auto probability = [&](int index) {
        const float share = probabilities.at(index, 0, 0);
        return std::isnan(share) ? -1.0f : share;  // NaN has no place in an order
    };
    std::ranges::stable_sort(order, std::greater<>(), probability);
    order.resize(std::min(order.size(), std::size_t(shownPredictions)));
    std::vector<ClassShare> best;
    for (const int index : order)
        best.push_back({index, QString::fromStdString(model.classNames.at(std::size_t(index))),
                        probabilities.at(index, 0, 0),
                        before ? std::optional<double>(before->at(index, 0, 0)) : std::nullopt});
    addNo(best, model.graph());
    return best;
}

// "church 78 %".
QString spokenPrediction(const ClassShare& prediction) {
    return QStringLiteral("%1 %2 %").arg(prediction.label).arg(std::lround(100.0 * prediction.probability));
}

// The pixels that a cell of the step's output sees over the longest path.
QRect fieldOf(const Step& step, Cell cell) {
    return {step.fieldX.start + cell.x * step.fieldX.stride, step.fieldY.start + cell.y * step.fieldY.stride,
            step.fieldX.size, step.fieldY.size};
}

}  // namespace

InputCard::InputCard(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("Input"), parent),
      m_view(new PictureView),
      m_crop(new CropStrip),
      m_fieldButton(new QToolButton),
      m_caption(new Paragraph),
      m_predictionTitle(new QLabel),
      m_why(new QPushButton(tr("Wh&y?"))),
      m_compute(new QPushButton(tr("Compute all"))),
      m_bars(new PredictionBars) {
    m_caption->setProperty("role", QStringLiteral("secondary"));
    m_predictionTitle->setProperty("role", QStringLiteral("title"));
    m_predictionTitle->setMinimumWidth(1);  // the card's width is the person's to choose
    m_fieldButton->setText(tr("&Seen"));
    m_fieldButton->setAccessibleName(tr("What the selected cell has seen"));
    m_fieldButton->setProperty("role", QStringLiteral("chip"));
    m_fieldButton->setCheckable(true);
    m_fieldButton->setChecked(true);
    m_fieldButton->setToolTip(tr(
        "Frame the pixels that the selected cell of the feature map has seen, its receptive field (Alt+S)"));
    connect(m_fieldButton, &QToolButton::toggled, this, &InputCard::showField);

    addControl(m_fieldButton);
    setExplanation(inputWords());
    m_why->setProperty("role", QStringLiteral("link"));
    m_why->setAccessibleName(tr("Why this class?"));
    m_why->setToolTip(tr("Which parts of the picture speak for this class (Ctrl+Y)"));
    connect(m_why, &QPushButton::clicked, this, &InputCard::whyRequested);
    m_compute->setProperty("role", QStringLiteral("link"));
    m_compute->setAccessibleName(m_compute->text());
    m_compute->setToolTip(tr("Compute all steps that are missing (Ctrl+Return)"));
    connect(m_compute, &QPushButton::clicked, &workspace, &Workspace::computeAll);

    body()->addWidget(m_view, 100);
    body()->addWidget(m_crop);
    body()->addWidget(m_caption);
    body()->addSpacing(Theme::grid);
    auto* predictionRow = new QHBoxLayout;
    predictionRow->addWidget(m_predictionTitle, 1);
    predictionRow->addWidget(m_why);
    body()->addLayout(predictionRow);
    body()->addWidget(m_compute, 0, Qt::AlignLeft);
    body()->addWidget(m_bars);
    body()->addStretch(1);

    connect(m_bars, &PredictionBars::classPicked, &workspace, &Workspace::selectClass);
    connect(m_bars, &PredictionBars::whyRequested, this, &InputCard::whyRequested);
    connect(m_view, &PictureView::pixelHovered, this, &InputCard::pointAt);
    connect(&workspace.pointedCell(), &PointedCell::changed, this, &InputCard::followPointedCell);
    m_pictureHalo = new HaloFrame(m_view);
    m_barsHalo = new HaloFrame(m_bars);
    connect(&workspace.highlight(), &Highlight::changed, this, &InputCard::followHighlight);
}

void InputCard::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_view->setTheme(workspace().theme());
        m_crop->setTheme(workspace().theme());
        m_bars->setTheme(workspace().theme());
        m_pictureHalo->setTheme(workspace().theme());
        m_barsHalo->setTheme(workspace().theme());
    }
    const ModelPtr& model = workspace().model();
    if (changes.have(Changes::Model | Changes::Picture))
        showPicture();
    if (changes.have(Changes::Model | Changes::Edits) ||
        changes.concernOutput(model ? model->graph().softmaxStep() : inputStep))
        showPrediction();
    if (changes.have(Changes::Model | Changes::Class | Changes::OtherRun))
        m_bars->setChosen(workspace().classInQuestion());
    if (changes.have(Changes::Model | Changes::Step | Changes::Cell))
        showField();
}

void InputCard::showPicture() {
    const Image& image = workspace().croppedImage();
    m_view->setImage(toQImage(image));
    setSubtitle(image.isEmpty() ? QString() : extentText(image.height, image.width));
    const PicturePtr& picture = workspace().picture();
    m_view->setToolTip(picture ? picture->name : QString());
    const bool isCropped = picture && workspace().model() && !image.isEmpty();
    m_crop->setPicture(
        isCropped ? picture->image : Image(),
        isCropped ? seenPart(picture->image, workspace().model()->preprocessing, image.height, image.width)
                  : SeenPart());
    showCaption();
    showField();
}

// What a sample's caption tells is only true of the network that says so.
void InputCard::showCaption() {
    const PicturePtr& picture = workspace().picture();
    const bool isTrue = picture && !m_best.isEmpty() && picture->caption.prediction == m_best;
    m_caption->setText(!picture ? QString() : isTrue ? picture->caption.text : picture->name);
}

void InputCard::showPrediction() {
    const ModelPtr& model = workspace().model();
    const FeatureMapsPtr shares =
        model ? workspace().session().output(model->graph().softmaxStep()) : nullptr;
    const bool isComputed = shares != nullptr;
    const Run other = workspace().compared();
    FeatureMapsPtr before =
        isComputed && other.network() ? other.output(other.graph().softmaxStep()) : nullptr;
    if (before && before->shape() != shares->shape())  // of other classes
        before = nullptr;
    const std::vector<ClassShare> best =
        isComputed ? bestPredictions(*model, *shares, before) : std::vector<ClassShare>{};
    m_best = best.empty() ? QString() : spokenPrediction(best.front());
    const bool isChance = isComputed && !model->isTrained();
    m_bars->setPredictions(best, isChance);
    showCaption();
    m_why->setVisible(isComputed);
    m_compute->setVisible(!isComputed && workspace().session().hasInput());
    const QString whichOnes = !before                                ? QString()
                              : workspace().comparedWith().isEmpty() ? tr("Prediction: now (before)")
                                                                     : tr("Prediction: A (B)");
    // Of one class the softmax makes 1, whatever the score.
    const bool isAlways = model && model->classNames.size() == 1 &&
                          model->graph().step(model->graph().softmaxStep()).kind == StepKind::Softmax;
    m_predictionTitle->setText(!isComputed           ? tr("Prediction: not computed yet")
                               : isAlways            ? tr("One class: always 100 %")
                               : isChance            ? tr("Untrained: chance")
                               : whichOnes.isEmpty() ? tr("Prediction")
                                                     : whichOnes);
    m_predictionTitle->setToolTip(
        isChance ? tr("The network is untrained: its weights are random, and so is what it predicts")
                 : QString());
}

void InputCard::showField() {
    const StepId step = workspace().currentStep();
    const bool canShow = workspace().model() && step != inputStep && !workspace().croppedImage().isEmpty();
    m_fieldButton->setEnabled(canShow);
    if (!canShow || !m_fieldButton->isChecked()) {
        m_view->setField(std::nullopt);
        return;
    }
    const Step& shown = workspace().model()->graph().step(step);
    const Cell middle{shown.output.height / 2, shown.output.width / 2};
    const std::optional<Cell> pointed = workspace().pointedCell().in(shown.output);
    m_view->setField(fieldOf(shown, pointed.value_or(workspace().cell().value_or(middle))));
}

void InputCard::pointAt(const std::optional<QPoint>& pixel) {
    if (!pixel || !workspace().model()) {
        workspace().pointedCell().leave();
        return;
    }
    workspace().pointedCell().pointAt({pixel->y(), pixel->x()},
                                      workspace().model()->network->spec().inputShape());
}

void InputCard::followHighlight() {
    const Highlight::Part part = workspace().highlight().part();
    m_pictureHalo->setShown(part == Highlight::Part::Picture);
    m_barsHalo->setShown(part == Highlight::Part::Prediction);
}

void InputCard::followPointedCell() {
    showField();
    const std::optional<Cell> pixel =
        workspace().model() ? workspace().pointedCell().in(workspace().model()->network->spec().inputShape())
                            : std::nullopt;
    m_view->setPointedPixel(pixel ? std::optional(QPoint(pixel->x, pixel->y)) : std::nullopt);
}

}  // namespace resnet::ui

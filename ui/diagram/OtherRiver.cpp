#include "ui/diagram/OtherRiver.h"

#include "core/experiments/Prediction.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/StepDescription.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/Labels.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/workspace/Comparing.h"

#include <QVBoxLayout>

namespace resnet::ui {

namespace {

constexpr int canvasHeight = 96;

}  // namespace

OtherRiver::OtherRiver(Workspace& workspace, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_caption(new ElidedLabel), m_canvas(new DiagramCanvas) {
    m_caption->setProperty("role", QStringLiteral("secondary"));
    m_canvas->setContent(&m_live.content());
    m_canvas->setLegendShown(false);
    m_canvas->setMinimapShown(false);
    m_canvas->setAccessibleName(tr("Diagram of what it is compared with"));
    m_canvas->setMinimumHeight(canvasHeight);
    m_canvas->setDescription([this](StepId step) {
        return m_run.network() ? descriptionOf(m_run.graph(), step, m_live.content()) : QString();
    });
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_caption);
    rows->addWidget(m_canvas, 1);
    connect(m_canvas, &DiagramCanvas::stepClicked, this, &OtherRiver::goTo);
    connect(m_canvas, &DiagramCanvas::drawingChanged, this, &OtherRiver::showContent);
    hide();
}

QString OtherRiver::caption() const {
    return m_caption->text();
}

void OtherRiver::setDetail(Detail detail) {
    m_canvas->setDetail(detail);
}

void OtherRiver::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_canvas->setTheme(m_workspace.theme());
        m_live.setOnDark(m_workspace.theme().isDark());
    }
    const Run run = m_workspace.comparedWith().isEmpty() ? Run() : m_workspace.compared();
    if (!areOfOne(run, m_run)) {
        m_canvas->setGraph(nullptr);
        m_run = run;
        takeRun();
    }
    setVisible(m_run.network() != nullptr);
    if (!m_run.network())
        return;
    const std::optional<StepId> step =
        m_workspace.currentStep() == inputStep
            ? std::optional(inputStep)
            : m_run.graph().find(m_workspace.session().graph().stepName(m_workspace.currentStep()));
    m_live.select(step);
    showContent();
}

void OtherRiver::takeRun() {
    const Graph* graph = m_run.network() ? &m_run.graph() : nullptr;
    m_live.setGraph(graph);
    if (graph) {
        m_live.take(m_run);
        m_live.setEdits(m_run.edits());
        m_live.setInput(toQImage(m_workspace.comparedImage()));
        m_caption->setText(captionText());
    }
    m_canvas->setGraph(graph);
}

// "B: plain34 on church.jpg: church, 61 %".
QString OtherRiver::captionText() const {
    const ComparedWith& with = m_workspace.comparedWith();
    const Prediction prediction = predictionOf(m_run);
    const ModelPtr& model = with.model ? with.model : m_workspace.model();
    const int top = prediction.top();
    return tr("B: %1: %2, %3")
        .arg(with.name, QString::fromStdString(model->classNames.at(std::size_t(top))),
             percentText(prediction.probabilities.at(std::size_t(top))));
}

void OtherRiver::showContent() {
    m_live.setSelected(selectedIn(m_workspace));
    if (m_run.network())
        m_live.makePictures(m_canvas->drawing(), [this](StepId step) {
            return StepMaps{m_run.output(step), nullptr};
        });
    m_canvas->contentChanged();
}

void OtherRiver::goTo(StepId step) {
    if (step == inputStep)
        m_workspace.goToStep(inputStep);
    else if (const auto same = m_workspace.session().graph().find(m_run.graph().stepName(step)))
        m_workspace.goToStep(*same);
    else
        m_workspace.post({Notice::Kind::Information,
                          tr("%1: the open network has no such step").arg(titleOf(m_run.graph(), step)),
                          {}});
}

}  // namespace resnet::ui

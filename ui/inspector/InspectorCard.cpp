#include "ui/inspector/InspectorCard.h"

#include "core/explain/BatchNormFolding.h"
#include "core/explain/UnitNorms.h"
#include "ui/inspector/ValuesSection.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/Labels.h"
#include "ui/words/EditWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/Numbers.h"
#include "ui/words/StepWords.h"
#include "ui/workspace/Workspace.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

QString parametersText(const Step& step) {
    if (step.totalParameters == 0)
        return InspectorCard::tr("none");
    return countText(step.trainableParameters);
}

// Beyond the picture there is padding only.
QString fieldText(const Step& step, const FeatureShape& picture) {
    const bool isWhole = step.fieldY.size >= picture.height && step.fieldX.size >= picture.width;
    return isWhole ? InspectorCard::tr("whole picture")
                   : InspectorCard::tr("%1 × %2 px").arg(step.fieldY.size).arg(step.fieldX.size);
}

std::map<QString, QString> meanings() {
    return {
        {InspectorCard::tr("Window"),
         InspectorCard::tr(
             "Cells of the input that one cell looks at, and how far it moves from cell to cell")},
        {InspectorCard::tr("Padding"),
         InspectorCard::tr("Rows and columns of zeros that are put around the input's maps")},
        {InspectorCard::tr("Parameters"), InspectorCard::tr("Numbers that training moves")},
        {InspectorCard::tr("Running statistics"),
         InspectorCard::tr("Means and variances kept from training, which the gradient does not move")},
        {InspectorCard::tr("Multiply-adds"),
         InspectorCard::tr("Products that are computed and added up for one picture")},
        {InspectorCard::tr("Time"),
         InspectorCard::tr(
             "Of this step in the run that is shown; steps that are computed in one go share it")},
        {InspectorCard::tr("Receptive field"),
         InspectorCard::tr(
             "Pixels of the picture that a cell in the middle depends on, through all convolutions")},
        {InspectorCard::tr("F(x) changes x by"),
         InspectorCard::tr(
             "By how much the unit changes x: the norm of F(x), in percent of that of x: ‖F(x)‖ / ‖x‖")},
        {InspectorCard::tr("F(x) changes P(x) by"),
         InspectorCard::tr(
             "By how much the unit changes what its shortcut brings: the norm of F(x), in percent of that of P(x): ‖F(x)‖ / ‖P(x)‖")}};
}

QString windowText(const Step& step) {
    const Window& w = step.window;
    return InspectorCard::tr("%1 × %1, stride %2").arg(w.kernel).arg(w.stride);
}

QString paddingText(const Window& w) {
    const bool sameOnBothAxes = w.padTop == w.padLeft && w.padBottom == w.padRight;
    if (!sameOnBothAxes)
        return InspectorCard::tr("rows %1 + %2, columns %3 + %4")
            .arg(w.padTop)
            .arg(w.padBottom)
            .arg(w.padLeft)
            .arg(w.padRight);
    if (w.padTop == w.padBottom)
        return QString::number(w.padTop);
    return InspectorCard::tr("%1 top/left, %2 bottom/right").arg(w.padTop).arg(w.padBottom);
}

// Steps computed in one go share its time, which the first of them carries.
QString timeText(const Graph& graph, const Run& activations, StepId id) {
    if (!activations.has(id))
        return InspectorCard::tr("not computed yet");
    StepId carrier = id;
    while (activations.milliseconds(carrier) == 0.0 && graph.step(carrier).inputs.front() != inputStep)
        carrier = graph.step(carrier).inputs.front();
    const QString time = millisecondsText(activations.milliseconds(carrier));
    if (carrier == id)
        return time;
    const QString name = QString::fromStdString(graph.stepName(carrier));
    return InspectorCard::tr("%1, with %2")
        .arg(time, name.section(QLatin1Char('.'), 2).isEmpty() ? name : name.section(QLatin1Char('.'), 2));
}

}  // namespace

InspectorCard::InspectorCard(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("Inspector"), parent),
      m_formula(new Paragraph),
      m_brief(new Paragraph),
      m_more(new QPushButton),
      m_fold(new QPushButton(tr("Fold into the convolution"))),
      m_costs(new FactList),
      m_values(new ValuesSection(workspace)) {
    m_formula->setProperty("role", QStringLiteral("formula"));
    m_formula->setAccessibleName(tr("Formula"));
    m_brief->setProperty("role", QStringLiteral("secondaryBody"));
    m_brief->setAccessibleName(tr("What this step does"));
    // One that can be selected is a document that is laid out anew at every size asked for.
    for (QLabel* each : {m_formula, m_brief})
        each->setTextInteractionFlags(Qt::NoTextInteraction);
    m_more->setText(tr("&Why is it here?"));
    m_more->setToolTip(tr("A longer explanation of this kind of step (Alt+W)"));
    m_fold->setToolTip(tr("Batch norm and convolution as one, with this channel's numbers (Ctrl+B)"));
    for (QPushButton* link : {m_more, m_fold}) {
        link->setProperty("role", QStringLiteral("link"));
        link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }
    connect(m_more, &QPushButton::clicked, this, &InspectorCard::showLonger);
    connect(m_fold, &QPushButton::clicked, this, &InspectorCard::foldingRequested);

    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 6, 0);
    rows->setSpacing(6);
    for (QWidget* each : std::initializer_list<QWidget*>{m_formula, m_brief, m_more, m_fold, m_costs})
        rows->addWidget(each);
    rows->addSpacing(6);
    rows->addWidget(m_values);
    rows->addStretch(1);
    m_costs->setMeanings(meanings());

    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    body()->addWidget(scroll);
}

void InspectorCard::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_values->setTheme(workspace().theme());
    if (changes.have(Changes::Model | Changes::Step | Changes::Edits) ||
        changes.concernOutput(workspace().currentStep()))
        showStep();
    else if (changes.have(Changes::Channel))
        m_values->followChannel();
}

void InspectorCard::showStep() {
    const bool isOpen = workspace().model() != nullptr;
    for (QWidget* each : std::initializer_list<QWidget*>{m_more, m_costs})
        each->setVisible(isOpen);
    m_values->refresh();
    if (!isOpen) {
        m_fold->setVisible(false);
        m_brief->setText(tr("Open weights or make a new network to look inside."));
        return;
    }
    const Graph& graph = workspace().model()->graph();
    const StepId id = workspace().currentStep();
    const StepWords words = wordsFor(graph, id);
    setTitle(titleOf(graph, id));
    setSubtitle(QString::fromStdString(graph.stepName(id)));
    m_fold->setVisible(foldableBatchNorm(graph, id).has_value());
    const ResidualUnit* unit = graph.unitOf(id);
    const UnitEdit edit = unit ? workspace().edits().of(idOf(*unit)) : UnitEdit{};
    const bool isChangedSum = unit && unit->add == id && edit != UnitEdit{};
    m_formula->setText(isChangedSum ? QStringLiteral("y = ") + sumFormula(edit, unit->shortcutForm)
                                    : words.formula);
    const bool isWeighed = isChangedSum && (edit.mainPathGain != 1.0f || edit.shortcutGain != 1.0f);
    m_brief->setText(isWeighed ? tr("Adds the two ways as they are weighed now: %1.").arg(editWords(edit))
                               : words.brief);
    showCosts();
}

void InspectorCard::showCosts() {
    const Graph& graph = workspace().model()->graph();
    const StepId id = workspace().currentStep();
    FactList::Facts facts{{tr("Output"), QString::fromStdString(shapeText(graph.outputShape(id)))}};
    if (id != inputStep) {
        const Step& step = graph.step(id);
        if (infoOf(step.kind).hasWindow()) {
            facts.emplace_back(tr("Window"), windowText(step));
            facts.emplace_back(tr("Padding"), paddingText(step.window));
        }
        facts.emplace_back(tr("Parameters"), parametersText(step));
        if (const std::int64_t kept = step.totalParameters - step.trainableParameters; kept > 0)
            facts.emplace_back(tr("Running statistics"), countText(kept));
        if (step.multiplyAdds > 0)
            facts.emplace_back(tr("Multiply-adds"), largeCountText(step.multiplyAdds));
        facts.emplace_back(tr("Time"), timeText(graph, workspace().activations(), id));
        facts.emplace_back(tr("Receptive field"), fieldText(step, graph.outputShape(inputStep)));
        if (const ResidualUnit* unit = graph.unitOf(id))
            if (const auto norms = unitNormsOf(*unit, workspace().activations(), workspace().engineOptions()))
                facts.emplace_back(unit->changesX() ? tr("F(x) changes P(x) by") : tr("F(x) changes x by"),
                                   percentText(norms->ratio()));
    }
    m_costs->setFacts(facts);
}

void InspectorCard::showLonger() {
    const Graph& graph = workspace().model()->graph();
    const StepId step = workspace().currentStep();
    const StepWords words = wordsFor(graph, step);
    const QString kind =
        step == inputStep ? tr("input tensor") : QString::fromUtf8(resnet::name(graph.step(step).kind));
    showExplanation(this, {QStringLiteral("%1, %2").arg(titleOf(graph, step), kind), words.formula,
                           QStringLiteral("<p>%1</p>%2").arg(words.brief, words.longer), words.papers});
}

}  // namespace resnet::ui

#include "ui/experiments/CompareView.h"

#include "core/experiments/DifferenceCauses.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/ExperimentWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/workspace/Comparing.h"
#include "ui/workspace/RunDifferences.h"
#include "ui/workspace/Workspace.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

// As the command `compare` has it: rounding in another order reaches about 1e-6.
constexpr double tolerance = 1e-4;

}  // namespace

CompareView::CompareView(Workspace& workspace)
    : View(workspace, tr("Compare")),
      m_chart(new ColumnChartView),
      m_sentence(new Paragraph),
      m_explain(new QPushButton(tr("What explains it?"))),
      m_explaining(tr("not enough memory to look for the cause")) {
    setExplanation(compareWords());
    m_chart->setAccessibleName(tr("Difference of every step"));
    addControl(m_explain);
    body()->addWidget(m_sentence);
    followTextSize(*m_sentence, [this] {  // two lines, however little room there is
        m_sentence->setMinimumHeight(2 * QFontMetrics(windowFont(TextRole::Body)).lineSpacing());
    });
    body()->addWidget(m_chart, 1);
    addFoot();
    connect(m_explain, &QPushButton::clicked, this, &CompareView::explain);
    connect(m_chart, &ColumnChartView::columnPicked, &workspace, &Workspace::goToStep);
    connect(m_chart, &ColumnChartView::columnHovered, this, [this](int column) { tell(figuresOf(column)); });
    connect(m_chart, &ColumnChartView::hoverLeft, this, [this] { tell({}); });
}

QString CompareView::sentence() const {
    return m_sentence->text();
}

void CompareView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_chart->setTheme(workspace().theme());
    if (changes.have(Changes::anySession | Changes::Edits | Changes::Shown | Changes::RunEnded |
                     Changes::Statistics)) {
        forgetCause();
        workspace().differences().want();
        showComparison();
    }
    m_chart->setCurrent(workspace().currentStep());
}

const RunComparison* CompareView::comparison() const {
    return workspace().differences().known();
}

// The cause that was found is of two networks, and goes with them.
void CompareView::forgetCause() {
    const auto pair = std::pair(workspace().model(), workspace().comparedWith().model);
    if (std::exchange(m_pair, pair) == pair && m_picture == workspace().picture())
        return;
    m_picture = workspace().picture();
    m_explaining.cancel();
    m_cause.clear();
}

QString CompareView::whyNotExplained() const {
    const ComparedWith& with = workspace().comparedWith();
    if (!with.model || with.picture)
        return tr("Only the difference of two networks on one picture has causes to try out");
    if (!comparison() || !comparison()->first(tolerance))
        return tr("There is no difference to explain");
    if (!workspace().edits().isEmpty() || (with.edits && !with.edits->isEmpty()))
        return tr("Parts of the network are changed: that is the cause");
    return m_explaining.isRunning() ? tr("Trying one thing after the other…") : QString();
}

QString CompareView::differences() const {
    const StepDifference* first = comparison()->first(tolerance);
    if (!first)
        return tr("All steps are equal within %1 of their size.").arg(valueText(tolerance));
    const Graph& graph = workspace().session().graph();
    const auto nameOf = [&](const StepDifference& each) {
        const std::optional<StepId> step = graph.find(each.step);
        return step ? titleOf(graph, *step) : QString::fromStdString(each.step);
    };
    const auto stepText = [](const StepDifference& each) {
        return each.haveEqualShapes ? tr("by %1 of its size").arg(percentText(each.relative))
                                    : tr("in its shape");
    };
    QString text = tr("The first step whose values differ is %1, %2.").arg(nameOf(*first), stepText(*first));
    if (first->haveEqualShapes) {
        const auto largest = std::ranges::max_element(comparison()->steps, {}, &StepDifference::relative);
        if (largest->step != first->step)
            text += tr(" The largest difference is at %1, %2.").arg(nameOf(*largest), stepText(*largest));
    }
    const auto alone = comparison()->onlyInA.size() + comparison()->onlyInB.size();
    if (alone == 1)
        text += tr(" One step has no partner in the other network.");
    else if (alone > 1)
        text += tr(" %1 steps have no partner in the other network.").arg(alone);
    return text;
}

void CompareView::showComparison() {
    const ComparedWith& with = workspace().comparedWith();
    setSubtitle(!workspace().compared().network() ? QString()
                : with.isEmpty()                  ? tr("the network now, and as it was opened")
                                                  : tr("A: what is open; B: %1").arg(with.name));
    const QString whyNot = whyNotExplained();
    m_explain->setEnabled(whyNot.isEmpty());
    m_explain->setToolTip(whyNot.isEmpty() ? tr("Gives B what A has, one thing at a time, until they agree")
                                           : whyNot);
    ColumnChart chart;
    if (!comparison()) {
        m_sentence->setText(
            workspace().differences().isRunning() ? tr("Comparing…")
            : !with.isEmpty()
                ? tr("%1 is being computed.").arg(with.name)
                : tr("There is nothing to compare with. Switch a part off, or choose another picture or network in Experiment > Compare with."));
        m_chart->setChart(chart);
        setHint({});
        return;
    }
    m_sentence->setText(m_cause.isEmpty() ? differences() : differences() + QLatin1Char(' ') + m_cause);
    const Graph& graph = workspace().session().graph();
    chart = chartOfSteps(graph);
    std::vector<std::optional<double>> values(std::size_t(graph.stepCount()));
    for (const StepDifference& each : comparison()->steps)
        if (const std::optional<StepId> step = graph.find(each.step); step && std::isfinite(each.relative))
            values[std::size_t(*step)] = each.relative;
    chart.rows = {{tr("‖A − B‖ / ‖A‖"), {{std::nullopt, values}}}};
    spreadOverDecades(chart.rows.front());  // from rounding to many times the values
    m_chart->setChart(std::move(chart));
    m_chart->setCurrent(workspace().currentStep());
    setHint(tr(
        "Point at a column to read it; click to go there. Ctrl+D shows the maps of the other, and the difference."));
}

QString CompareView::figuresOf(int column) const {
    if (!comparison())
        return {};
    const QString name = titleOf(workspace().session().graph(), column);
    const auto found = std::ranges::find(comparison()->steps, workspace().session().graph().stepName(column),
                                         &StepDifference::step);
    if (found == comparison()->steps.end())
        return tr("%1: the other network has no such step").arg(name);
    if (!found->haveEqualShapes)
        return tr("%1: of another shape in the other network").arg(name);
    return tr("%1: %2 of its size").arg(name, percentText(found->relative));
}

void CompareView::explain() {
    m_explaining.start(
        [a = workspace().model(), b = workspace().comparedWith().model, picture = workspace().picture(),
         options = workspace().engineOptions()](const BackgroundJob::Context& context) {
            return causeOfDifference(a, b, picture->image, tolerance, options, context.stop());
        },
        [this](const std::optional<std::string>& cause) {
            m_cause = cause ? tr("What explains it: %1.").arg(QString::fromStdString(*cause))
                            : tr("Nothing that was tried explains it: the weights differ.");
            showComparison();
        },
        [this](const Error& error) { workspace().post(error); });
    showComparison();
}

}  // namespace resnet::ui

#include "ui/attribution/GradientNormsView.h"

#include "ui/widgets/ColumnChartView.h"
#include "ui/widgets/Labels.h"
#include "ui/words/AttributionWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

ColumnChart::Tone toneOf(Way way) {
    return way == Way::MainPath   ? ColumnChart::Tone::MainPath
           : way == Way::Shortcut ? ColumnChart::Tone::Shortcut
                                  : ColumnChart::Tone::Neutral;
}

ColumnChart::Row row(const QString& title, std::vector<ColumnChart::Series> series) {
    ColumnChart::Row made;
    made.title = title;
    made.series = std::move(series);
    return made;
}

struct Norms {
    GradientNorms own;
    std::optional<GradientNorms> cut;
};

// The run's edits with every shortcut off: the plain network of the same weights.
Edits withoutShortcuts(const Run& run) {
    Edits cut = run.edits();
    for (const ResidualUnit& unit : run.graph().units())
        if (unit.hasAddition()) {
            UnitEdit edit = cut.of(idOf(unit));
            edit.shortcutGain = 0.0f;
            cut.set(idOf(unit), edit);
        }
    return cut;
}

}  // namespace

GradientNormsView::GradientNormsView(Workspace& workspace, QWidget* parent)
    : ComputedView(workspace, tr("How large is the gradient, and where?"), parent),
      m_chart(new ColumnChartView) {
    addAgainst();
    m_columns = chips({{tr("By unit"), tr("At every unit, and by which way it has come")},
                       {tr("By step"), tr("At every step's output, the input first")}},
                      this);
    for (QAbstractButton* button : m_columns->buttons())
        choices()->addWidget(button);
    choices()->addStretch(1);
    setExplanation(gradientNormsWords());
    m_chart->setMinimumSize(320, 120);
    m_chart->setAccessibleName(tr("Norms of the gradient"));
    body()->addWidget(m_chart, 1);
    addFoot();
    setHint(tr(
        "Point at a column to read its numbers; click to go there. Blue: through F(x); orange: through the shortcut."));
    connect(m_columns, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (!isOn)
            return;
        showResult();
        tellState();
    });
    connect(m_chart, &ColumnChartView::columnHovered, this, [this](int column) { tell(columnText(column)); });
    connect(m_chart, &ColumnChartView::hoverLeft, this, [this] { tell({}); });
    connect(m_chart, &ColumnChartView::columnPicked, this,
            [this](int column) { this->workspace().goToStep(stepOf(column)); });
}

bool GradientNormsView::isByUnit() const {
    return m_columns->checkedId() == 0;
}

StepId GradientNormsView::stepOf(int column) const {
    return isByUnit() ? graph().units()[std::size_t(column)].output : column - 1;
}

void GradientNormsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_chart->setTheme(workspace().theme());
    ComputedView::refresh(changes);
    if (changes.have(Changes::Step))
        showCurrent();
}

void GradientNormsView::start() {
    begin(
        [wanted = target()](AttributionEngine& engine, const Run& run,
                            const BackgroundJob::Context& context) {
            Norms made;
            if (const auto found = engine.backward.run(run, wanted, {}, context.stop()))
                made.own = gradientNorms(*found);
            const Edits cut = withoutShortcuts(run);
            if (cut == run.edits())
                return made;
            Run plain = engine.forward.start(run.input(), cut);
            if (engine.forward.run(plain, wanted.step, context.stop()) != RunOutcome::Finished ||
                !std::isfinite(valueOf(wanted, plain)))
                return made;
            if (const auto found = engine.backward.run(plain, wanted, {}, context.stop()))
                made.cut = gradientNorms(*found);
            return made;
        },
        [this](Norms norms) {
            m_norms = std::move(norms.own);
            m_cut = std::move(norms.cut);
        });
}

ColumnChart GradientNormsView::unitChart() const {
    ColumnChart chart;
    chart.columns = int(m_norms->units.size());
    chart.tones.assign(m_norms->units.size(), ColumnChart::Tone::Neutral);
    ColumnChart::Series input;
    ColumnChart::Series mainPath{ColumnChart::Tone::MainPath, {}};
    ColumnChart::Series shortcut{ColumnChart::Tone::Shortcut, {}};
    for (const UnitGradient& unit : m_norms->units) {
        input.values.emplace_back(unit.input);
        mainPath.values.push_back(unit.mainPath);
        shortcut.values.push_back(unit.shortcut);
    }
    chart.rows = {row(tr("At its input"), {input}), row(tr("By each way"), {mainPath, shortcut})};
    if (m_cut) {
        ColumnChart::Series cut;
        for (const UnitGradient& unit : m_cut->units)
            cut.values.emplace_back(unit.input);
        chart.rows.push_back(row(tr("All shortcuts cut"), {cut}));
    }
    for (std::size_t i = 0; i < graph().units().size(); ++i)
        if (const ResidualUnit& unit = graph().units()[i]; unit.unit == 0)
            chart.groups.push_back({tr("Stage %1").arg(unit.stage + 1), int(i)});
    return chart;
}

ColumnChart GradientNormsView::stepChart() const {
    ColumnChart chart;
    // What comes after the score has no gradient.
    chart.columns =
        int(std::ranges::count_if(m_norms->steps, [](const auto& norm) { return norm.has_value(); }));
    ColumnChart::Series series;
    series.values.assign(m_norms->steps.begin(), m_norms->steps.begin() + chart.columns);
    chart.rows = {row(tr("At the output"), {series})};
    chart.tones = {ColumnChart::Tone::Neutral};
    for (int column = 1; column < chart.columns; ++column) {
        const Step& step = graph().step(column - 1);
        chart.tones.push_back(toneOf(step.way));
        if (step.stage >= 0 && (column == 1 || graph().step(column - 2).stage != step.stage))
            chart.groups.push_back({tr("Stage %1").arg(step.stage + 1), column});
        else if (step.way == Way::Head && graph().step(column - 2).way != Way::Head)
            chart.groups.push_back({tr("Head"), column});
    }
    return chart;
}

void GradientNormsView::showResult() {
    m_chart->setChart(!hasResult() ? ColumnChart() : isByUnit() ? unitChart() : stepChart());
    showCurrent();
}

void GradientNormsView::showCurrent() {
    int current = -1;
    for (int column = 0; hasResult() && column < m_chart->chart().columns; ++column) {
        const bool isThere =
            isByUnit() ? graph().unitOf(workspace().currentStep()) == &graph().units()[std::size_t(column)]
                       : workspace().currentStep() == column - 1;
        if (isThere)
            current = column;
    }
    m_chart->setCurrent(current);
}

QString GradientNormsView::columnText(int column) const {
    if (!hasResult())
        return {};
    if (!isByUnit()) {
        const QString name = titleOf(graph(), column - 1);
        return tr("%1: norm %2").arg(name, valueText(*m_norms->steps[std::size_t(column)]));
    }
    const UnitGradient& unit = m_norms->units[std::size_t(column)];
    const QString both =
        tr("%1: norm %2 at its output, %3 at its input")
            .arg(placeOf(graph(), stepOf(column)), valueText(unit.output), valueText(unit.input)) +
        (m_cut ? tr(", %1 with all shortcuts cut").arg(valueText(m_cut->units[std::size_t(column)].input))
               : QString());
    return unit.mainPath ? tr("%1: %2 through F(x), %3 through the shortcut")
                               .arg(both, valueText(*unit.mainPath), valueText(*unit.shortcut))
                         : tr("%1; its shortcut changes x, so the two ways are not told apart").arg(both);
}

QString GradientNormsView::meaning() const {
    const auto& units = m_norms->units;
    const auto larger = std::ranges::count_if(
        units, [](const UnitGradient& unit) { return unit.mainPath && *unit.shortcut > *unit.mainPath; });
    const auto told =
        std::ranges::count_if(units, [](const UnitGradient& unit) { return unit.mainPath.has_value(); });
    const QString norms =
        tr("Euclidean norms of the score's gradient: %1 at the input of the last unit, %2 at that of the first.")
            .arg(valueText(units.back().input), valueText(units.front().input));
    return told == 0
               ? norms
               : norms +
                     tr(" In %1 of %2 units whose shortcut passes x on as it is, more comes through the shortcut than through F(x).")
                         .arg(larger)
                         .arg(told);
}

}  // namespace resnet::ui
